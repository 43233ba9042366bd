import { rmSync, writeFileSync } from 'node:fs';

/**
 * Writes a small file of this run, such as its pid. On a full disk it is left out: what it is for does not work then, and notes can
 * be read all the same. Readable for its owner alone.
 */
export function writeIfRoom(file: string, text: string): void {
  rmSync(file, { force: true });
  try {
    writeFileSync(file, text, { mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    rmSync(file, { force: true });
  }
}
