import type { Browser, BrowserContext, Page } from '@playwright/test';
import { seen, visitor } from './browser.ts';
import type { Room } from './room.ts';
import { Typist } from './typist.ts';

const PATIENCE_MS = 120_000;
const SETTLE_MS = 1_500;
const KEYS = 150;
const KEYS_OF_WARMING_UP = 30;
const KEY_EVERY_MS = 90;
const OTHERS = 20;

/** A profile that has given its name, for its cookie. */
export async function named(browser: Browser, origin: string, room: Room): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: origin });
  const page = await context.newPage();
  await page.goto(room.path);
  await page.getByRole('textbox', { name: 'Your name', exact: true }).fill('Mara Lindqvist');
  await page.getByRole('button', { name: 'Start writing' }).click();
  await page.locator('.ProseMirror[contenteditable="true"]').waitFor({ timeout: PATIENCE_MS });
  await page.close();
  return context;
}

interface Script {
  /** Below `build/client`. */
  file: string;
  /** When its last byte had come. */
  at: number;
}

export interface Opened {
  readable: number;
  writable: number;
  typed: number;
  shift: number;
  /** Built scripts in the order they were there. */
  scripts: Script[];
}

/** Someone who gave a name before opens the room with an empty cache and types as soon as the page lets them. */
export async function open(
  browser: Browser,
  origin: string,
  room: Room,
  known: BrowserContext,
  slow: boolean,
): Promise<Opened> {
  const { context, page } = await visitor(browser, origin, known, slow);
  await page.goto(room.path, { waitUntil: 'commit', timeout: PATIENCE_MS });
  await page.waitForFunction(() => Reflect.get(window, 'seen')?.writable, undefined, {
    timeout: PATIENCE_MS,
    polling: 20,
  });
  await page.keyboard.press('x');
  await page.waitForFunction(() => Reflect.get(window, 'seen').typed, undefined, { timeout: PATIENCE_MS, polling: 20 });
  await page.waitForTimeout(SETTLE_MS);
  const { readable, writable, typed, shift } = await seen(page);
  const scripts = await scriptsOf(page);
  await context.close();
  if (readable === null || writable === null || typed === null) throw new Error('The room did not open.');
  return { readable, writable, typed, shift, scripts };
}

async function scriptsOf(page: Page): Promise<Script[]> {
  const loaded = await page.evaluate(() =>
    (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).map(({ name, responseEnd }) => ({
      file: new URL(name).pathname.slice(1),
      at: responseEnd,
    })),
  );
  return loaded.filter(({ file }) => file.startsWith('_app/') && file.endsWith('.js'));
}

/** Milliseconds from each key to the frame that shows it, while `others` people type in the same note. */
export async function keys(
  browser: Browser,
  origin: string,
  room: Room,
  known: BrowserContext,
  others: boolean,
): Promise<number[]> {
  const { context, page } = await visitor(browser, origin, known, false);
  await page.goto(room.path);
  await page.waitForFunction(() => Reflect.get(window, 'seen')?.writable, undefined, { timeout: PATIENCE_MS });
  const typists = others
    ? await Promise.all(Array.from({ length: OTHERS }, (_, index) => Typist.start(room.target, index / OTHERS)))
    : [];
  // In the middle of what stands on the screen, in a line that is not the others'.
  await page.locator('.ProseMirror > p').nth(5).click();
  await page.keyboard.press('End');
  const times = await typeAndTime(page);
  for (const typist of typists) typist.stop();
  await context.close();
  return times;
}

/** Types with pauses like a quick typist's; the first keys warm the page up. */
export async function typeAndTime(page: Page): Promise<number[]> {
  for (let key = 0; key < KEYS_OF_WARMING_UP + KEYS; key++) {
    await page.keyboard.press('etaoin shrdlu'.charAt(key % 13) === ' ' ? 'Space' : 'etaoin shrdlu'.charAt(key % 13));
    await page.waitForTimeout(KEY_EVERY_MS);
  }
  const { keys: times } = await seen(page);
  return times.slice(-KEYS);
}
