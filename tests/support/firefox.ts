import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Where Firefox is: $FIREFOX, else where Debian's package firefox-esr puts it. */
export const FIREFOX_PATH = process.env['FIREFOX'] ?? '/usr/bin/firefox-esr';

/** How Playwright starts any Firefox, over WebDriver BiDi; its own protocol needs a Firefox of its own. */
export const FIREFOX = {
  channel: 'moz-firefox',
  executablePath: fileURLToPath(new URL('firefox-bidi.ts', import.meta.url)),
};

/** Throws when there is no Firefox that starts. */
export function prepareFirefox(): void {
  const tried = spawnSync(FIREFOX_PATH, ['--version'], { encoding: 'utf8' });
  if (tried.status !== 0)
    throw new Error(
      `Firefox at ${FIREFOX_PATH} does not start. Install firefox-esr, or set FIREFOX to one that does.\n${tried.error?.message ?? tried.stderr}`,
    );
}
