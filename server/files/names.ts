/** The name says how large the picture is, so that pages keep its place before it is loaded; see core/note/images.ts. */
export function fileName(id: string, picture: { width: number; height: number; extension: string }): string {
  return `${id}-${picture.width}x${picture.height}.${picture.extension}`;
}

const TYPES: Record<string, string> = { png: 'image/png', jpg: 'image/jpeg', webp: 'image/webp' };

/** Content type by the name's ending. */
export function typeOf(file: string): string {
  return TYPES[file.slice(file.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
}
