import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { saved } from './in-the-room.ts';

/** Until then a person must know what became of a key (CL2), by the page's own clock. */
const PROMISED_MS = 8_000;
const TOLD = ['not-saved', 'offline', 'refused'];

/** What happened in the page, in order: a key went down, or the bar said something else of saving. */
type Seen = { at: number; key: true } | { at: number; kind: string };

interface Watched {
  seen: Seen[];
  /** Of the page's clock, in which nobody sat before it. */
  asleep: number;
}

/** Begins to note down in the page, by its own clock, when keys are pressed and what its bar says of saving. */
export async function watchSaving(page: Page): Promise<void> {
  await saved(page).evaluate((bar) => {
    const watched: Watched = { seen: [], asleep: 0 };
    const now = (): number => performance.now() - watched.asleep;
    const look = (): void => void watched.seen.push({ at: now(), kind: bar.getAttribute('data-kind') ?? '' });
    addEventListener('keydown', () => watched.seen.push({ at: now(), key: true }), true);
    new MutationObserver(look).observe(bar, { attributeFilter: ['data-kind'] });
    look();
    Object.assign(window, { watched });
  });
}

/** The lid is closed: all clocks go on by so much at once, and what was due meanwhile comes after it. */
export async function sleepFor(page: Page, ms: number): Promise<void> {
  await page.evaluate((ms) => {
    (window as unknown as { watched: Watched }).watched.asleep += ms;
  }, ms);
  await page.clock.fastForward(ms);
}

/** Every key so far was saved, or said not to be, in time. Lets the page's clock go on until that must be so. */
export async function expectNoSilentKey(page: Page, situation: string): Promise<void> {
  await page.clock.runFor(PROMISED_MS);
  const { seen } = await page.evaluate(() => (window as unknown as { watched: Watched }).watched);
  const waits = seen.flatMap((one, i) => ('key' in one ? [waitOf(seen, i)] : []));
  expect(waits.length, situation).toBeGreaterThan(0);
  expect(Math.max(...waits), `${situation}: the longest silence after a key, in ms`).toBeLessThanOrEqual(PROMISED_MS);
}

/** How long nothing was said of a key: 0 when it was clear before that nothing is saved. */
function waitOf(seen: readonly Seen[], key: number): number {
  const kindsBefore = seen.slice(0, key).flatMap((one) => ('kind' in one ? [one.kind] : []));
  if (TOLD.includes(kindsBefore.at(-1) ?? '')) return 0;
  const word = seen.slice(key).find((one) => 'kind' in one && [...TOLD, 'saved'].includes(one.kind));
  return word ? word.at - (seen[key]?.at ?? 0) : Infinity;
}

/** Asks for a try whenever one waits for it, and lets the page's clock go on until all is saved. */
export async function untilSaved(page: Page): Promise<void> {
  await expect
    .poll(async () => {
      await page.evaluate(() => {
        for (const button of document.querySelectorAll('button'))
          if (button.textContent.trim() === 'Try now') button.click();
      });
      await page.clock.runFor(500);
      return saved(page).getAttribute('data-kind');
    })
    .toBe('saved');
}
