import { imageType } from '#core/note/image-uploads.ts';

/** What an image may come as. */
export type ImageFormat = 'png' | 'jpeg' | 'webp' | 'gif';

/** The format of a content type; null for every other one, SVG and HTML among them. */
export function declaredFormat(contentType: string): ImageFormat | null {
  const type = imageType(contentType);
  return type && (type.slice('image/'.length) as ImageFormat);
}

/** How many bytes `foundFormat` looks at. */
export const MAGIC_BYTES = 12;

/** The format that the first bytes of a file say it has; null for every other one. */
export function foundFormat(start: Uint8Array): ImageFormat | null {
  const text = String.fromCharCode(...start.subarray(0, MAGIC_BYTES));
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (text.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (text.startsWith('RIFF') && text.slice(8) === 'WEBP') return 'webp';
  return /^GIF8[79]a/.test(text) ? 'gif' : null;
}
