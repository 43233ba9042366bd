import { constants } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { copyDatabase } from '../store/sqlite/copy.ts';
import { DATABASE, flush, IMAGES, imagesIn } from './parts.ts';

/**
 * Copies database and images into an empty folder and flushes them. Images last: whatever the copied notes show was there before
 * them, and no image is ever changed or deleted. Resolves with the images' names.
 */
export async function copyFolder(from: string, to: string): Promise<string[]> {
  await copyDatabase(join(from, DATABASE), join(to, DATABASE));
  await flush(join(to, DATABASE));
  const images = await imagesIn(from);
  const folders = new Set<string>();
  for (const image of images) {
    const target = join(to, IMAGES, image);
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await copyFile(join(from, IMAGES, image), target, constants.COPYFILE_FICLONE);
    await flush(target);
    folders.add(dirname(target));
  }
  for (const folder of folders) await flush(folder);
  await flush(to);
  return images;
}
