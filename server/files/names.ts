const DIGITS = 'abcdefghijklmnopqrstuvwxyz234567';
const LENGTH = 26;

/** 130 random bits: nobody finds an image that they were not shown. */
export function fileId(random: (bytes: number) => Uint8Array): string {
  return Array.from(random(LENGTH), (byte) => DIGITS[byte % DIGITS.length]).join('');
}

/** The name says how large the picture is, so that pages keep its place before it is loaded; see core/note/images.ts. */
export function fileName(id: string, picture: { width: number; height: number; extension: string }): string {
  return `${id}-${picture.width}x${picture.height}.${picture.extension}`;
}

const TYPES: Record<string, string> = { png: 'image/png', jpg: 'image/jpeg', webp: 'image/webp' };

/** Content type by the name's ending. */
export function typeOf(file: string): string {
  return TYPES[file.slice(file.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
}
