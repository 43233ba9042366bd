import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** What a data folder holds that must not be lost, and a backup of it: the database, and the images of notes by event. */
export const DATABASE = 'plumbline.db';
export const IMAGES = 'files';

/** Files of images as `<event>/<file>`, in order; none when there is no folder of images. */
export async function imagesIn(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const event of await namesIn(join(folder, IMAGES)))
    // What begins with a dot is still being made.
    if (!event.startsWith('.'))
      for (const file of await namesIn(join(folder, IMAGES, event))) found.push(`${event}/${file}`);
  return found.toSorted();
}

/** Flushes a file or folder: only then is what was written there on disk. */
export async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Empty when there is no such folder. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
