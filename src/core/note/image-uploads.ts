/** Largest upload, bytes. A phone's photo has 3 to 8 MB, a screenshot of a large screen up to 10; more takes minutes on a hall's network. */
export const IMAGE_BYTES = 15_000_000;

/** Content types an image may come with. SVG is none of them: it is a page of its own. */
export const IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'] as const;

export type ImageType = (typeof IMAGE_TYPES)[number];

/** null for every other type. Parameters behind the type, such as a charset, do not count. */
export function imageType(contentType: string): ImageType | null {
  const type = contentType.split(';')[0]?.trim().toLowerCase();
  return IMAGE_TYPES.find((known) => known === type) ?? null;
}

export const WRONG_TYPE =
  'Only PNG, JPEG, WebP and GIF images can be put into a note. Save it as one of these, or link it.';

/** `length` in bytes, null when it is only known to be more than IMAGE_BYTES. */
export function tooLong(length: number | null): string {
  const what = length === null ? 'The image' : megabytes(length);
  return `${what} is over the limit of ${megabytes(IMAGE_BYTES)}. Make the image smaller, or link it instead.`;
}

/** `15 MB`, as people say it; rounded up, so that what is over a limit never looks as if it were not. */
function megabytes(bytes: number): string {
  const tenths = Math.ceil(bytes / 100_000) / 10;
  return `${tenths} MB`;
}
