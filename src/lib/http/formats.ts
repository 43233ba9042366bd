/** The text forms behind `.md`, `.txt`, `.html` and `.json`, with the Content-Type each is served as. */
export const TEXT_FORMATS = {
  md: 'text/markdown; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  html: 'text/html; charset=utf-8',
  json: 'application/json; charset=utf-8',
} as const;

export type TextFormat = keyof typeof TEXT_FORMATS;

export function isTextFormat(text: string): text is TextFormat {
  return Object.hasOwn(TEXT_FORMATS, text);
}
