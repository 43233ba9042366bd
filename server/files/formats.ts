/** What an image may come as. */
export type ImageFormat = 'png' | 'jpeg' | 'webp' | 'gif';

const TYPES: Record<string, ImageFormat> = {
  'image/png': 'png',
  'image/jpeg': 'jpeg',
  'image/webp': 'webp',
  'image/gif': 'gif',
};

/** The format of a content type; null for every other one, SVG and HTML among them. */
export function declaredFormat(contentType: string): ImageFormat | null {
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  return Object.hasOwn(TYPES, type) ? (TYPES[type] ?? null) : null;
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
