import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import packed from '@sparticuz/chromium';

/** Own arguments, not those of @sparticuz/chromium: its defaults switch web security off. */
export const CHROMIUM_ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const SYSTEM = '/usr/bin/chromium';
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/plumbline-chromium/', import.meta.url));
const UNPACKED = join(CACHE, 'unpacked');

/** Where Chromium is: $CHROME, else the system's, else the one from npm, which `prepareChromium` unpacks. */
export function chromiumPath(): string {
  if (process.env['CHROME']) return process.env['CHROME'];
  return existsSync(SYSTEM) ? SYSTEM : join(UNPACKED, 'chromium');
}

/** Unpacks Chromium from npm when neither $CHROME nor the system has one. Throws when the browser then does not start. */
export async function prepareChromium(): Promise<string> {
  const path = chromiumPath();
  if (path.startsWith(UNPACKED) && !existsSync(path)) await unpack();
  const tried = spawnSync(path, ['--version', '--no-sandbox'], { encoding: 'utf8' });
  if (tried.status !== 0)
    throw new Error(
      `Chromium at ${path} does not start. Set CHROME to one that does.\n${tried.error?.message ?? tried.stderr}`,
    );
  return path;
}

/** Into a folder of its own, then into place in one step: two runs at once never see half a browser. */
async function unpack(): Promise<void> {
  mkdirSync(CACHE, { recursive: true });
  const fresh = mkdtempSync(join(CACHE, 'unpacking-'));
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = fresh; // the package unpacks into os.tmpdir() and nowhere else
  try {
    await packed.executablePath();
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
  try {
    renameSync(fresh, UNPACKED);
  } catch (error) {
    if (!existsSync(UNPACKED)) throw error;
    rmSync(fresh, { recursive: true }); // another run was faster
  }
}
