import type { TextFormat } from '#core/render/session.ts';

const FORMATS: readonly TextFormat[] = ['md', 'txt', 'html', 'json'];

/** True for what may stand after the last dot of a session's or event's address. */
export function isTextFormat(text: string): text is TextFormat {
  return FORMATS.some((format) => format === text);
}
