import type { NoteNode } from './json.ts';

/** An image uploaded here. The size in its name lets pages keep its place before it is loaded. */
export interface ImageFile {
  file: string;
  width: number;
  height: number;
}

const FILE = /^[0-9a-z]{26}-([1-9]\d{0,4})x([1-9]\d{0,4})\.(?:png|jpg|webp|gif)$/;

/** Where the files of notes are served. */
const FOLDER = '/files/';

/** null when that is no name of an image of ours. Attributes arrive by Yjs unchecked, so any type may come in. */
export function imageFile(name: unknown): ImageFile | null {
  const match = typeof name === 'string' ? FILE.exec(name) : null;
  return match && { file: match[0], width: Number(match[1]), height: Number(match[2]) };
}

/** `origin` makes it absolute, for forms that are read elsewhere. */
export function imageAddress({ file }: ImageFile, origin = ''): string {
  return `${origin}${FOLDER}${file}`;
}

/** The image an address leads to, when it is one of ours: written without an origin, or with the one given. */
export function imageAt(address: unknown, origin = ''): ImageFile | null {
  if (typeof address !== 'string') return null;
  const path = origin !== '' && address.startsWith(`${origin}/`) ? address.slice(origin.length) : address;
  return path.startsWith(FOLDER) ? imageFile(path.slice(FOLDER.length)) : null;
}

/** What stands for the image where it cannot be seen; empty when nobody said. */
export function imageAlt(node: NoteNode): string {
  const alt = node.attrs?.alt;
  return typeof alt === 'string' ? alt : '';
}
