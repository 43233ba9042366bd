import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, readdir, readFile, rename, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';

/** Where images are kept: `<folder>/<event>/<file>`, and what is still being made under `incoming`, which no event is called. */
export interface ImageFolder {
  /** Bytes free on its disk. */
  free(): Promise<number>;
  /** A path for a file that is being made; `drop` it afterwards, whatever became of it. */
  incoming(name: string): Promise<string>;
  drop(path: string): Promise<void>;
  /** Puts a finished file into its place, on disk before this resolves. */
  keep(path: string, event: string, file: string): Promise<void>;
  /** The slug of the event a file belongs to; null when there is no such file. */
  eventOf(file: string): Promise<string | null>;
  /** null when there is no such file. */
  read(event: string, file: string): Promise<Uint8Array<ArrayBuffer> | null>;
}

const INCOMING = '.incoming';
const SLUG = /^[a-z0-9-]+$/;

/** Nothing is read or made before the first call. Names given to it must be checked: they become paths. */
export function openImageFolder(folder: string): ImageFolder {
  let opened: Promise<Map<string, string>> | null = null;
  const known = (): Promise<Map<string, string>> => (opened ??= scan(folder));
  return {
    async free() {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize;
    },
    async incoming(name) {
      await known();
      await mkdir(join(folder, INCOMING), { recursive: true, mode: 0o700 });
      return join(folder, INCOMING, name);
    },
    drop: (path) => rm(path, { force: true }),
    async keep(path, event, file) {
      const events = await known();
      const place = join(folder, event);
      await mkdir(place, { recursive: true, mode: 0o700 });
      await onDisk(path);
      await rename(path, join(place, file));
      for (const changed of [place, folder]) await onDisk(changed);
      events.set(file, event);
    },
    eventOf: async (file) => (await known()).get(file) ?? null,
    async read(event, file) {
      try {
        return new Uint8Array(await readFile(join(folder, event, file)));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw error;
      }
    },
  };
}

/** Which file belongs to which event. What was being made when the server ended is dropped. */
async function scan(folder: string): Promise<Map<string, string>> {
  await rm(join(folder, INCOMING), { recursive: true, force: true });
  const found = new Map<string, string>();
  for (const event of await namesIn(folder))
    if (SLUG.test(event)) for (const file of await namesIn(join(folder, event))) found.set(file, event);
  return found;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

async function onDisk(path: string): Promise<void> {
  let handle: FileHandle | null = null;
  try {
    handle = await open(path, 'r');
    await handle.sync();
  } finally {
    await handle?.close();
  }
}
