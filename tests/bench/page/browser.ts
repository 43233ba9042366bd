import { chromium } from '@playwright/test';
import type { Browser, BrowserContext, CDPSession, Page } from '@playwright/test';
import { CHROMIUM_ARGS, prepareChromium } from '../../support/chromium.ts';

/** A slow phone on conference Wi-Fi. */
const SLOW = { bitsDown: 1_600_000, bitsUp: 750_000, roundTripMs: 150, timesSlowerCpu: 4 };
const SIZE = { width: 1440, height: 900 };

/**
 * Frames come when there is something to show instead of sixty times a second: otherwise every figure of a key would hold the
 * wait for the screen's next turn, up to 17 ms of it, and say little of the page.
 */
const NO_FIXED_FRAMES = ['--disable-frame-rate-limit', '--disable-gpu-vsync'];

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await prepareChromium(), args: [...CHROMIUM_ARGS, ...NO_FIXED_FRAMES] });
}

/** A person's browser profile that knows nothing but its cookie: nothing in any cache. */
export interface Visitor {
  context: BrowserContext;
  page: Page;
  devtools: CDPSession;
}

/** @param known cookies of a profile that gave its name before; none for someone new */
export async function visitor(
  browser: Browser,
  origin: string,
  known: BrowserContext | null,
  slow: boolean,
): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: origin,
    viewport: SIZE,
    // What a worker fetches for the page is not slowed down.
    serviceWorkers: slow ? 'block' : 'allow',
    ...(known ? { storageState: { cookies: await known.cookies(), origins: [] } } : {}),
  });
  await context.addInitScript(watch);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: false });
  if (slow) await slowDown(devtools);
  return { context, page, devtools };
}

async function slowDown(devtools: CDPSession): Promise<void> {
  const { bitsDown, bitsUp, roundTripMs, timesSlowerCpu } = SLOW;
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: roundTripMs,
    downloadThroughput: bitsDown / 8,
    uploadThroughput: bitsUp / 8,
  });
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: timesSlowerCpu });
}

/** What the watching script in the page has seen; milliseconds since the page was asked for. */
export interface Seen {
  /** The first block of the note stood on the screen, as the server rendered it. */
  readable: number | null;
  /** The editor stood in its place and took keys. */
  writable: number | null;
  /** The first character typed stood on the screen. */
  typed: number | null;
  /** Sum of all layout shifts that no key or click explains. */
  shift: number;
  /** From each key to the frame that shows it. */
  keys: number[];
}

export function seen(page: Page): Promise<Seen> {
  return page.evaluate(() => Reflect.get(window, 'seen') as Seen);
}

/** Runs in the page before anything else of it. */
function watch(): void {
  const found: Seen = { readable: null, writable: null, typed: null, shift: 0, keys: [] };
  Reflect.set(window, 'seen', found);

  // The browser tells when an element with this attribute was painted first.
  const marking = new MutationObserver(() => {
    const block = document.querySelector('.note-text :is(h1, h2, h3, p):not(:empty)');
    if (block && found.readable === null) block.setAttribute('elementtiming', 'note');
    if (!found.writable && document.querySelector('.ProseMirror[contenteditable="true"]')) {
      found.writable = performance.now();
      document.querySelector<HTMLElement>('.ProseMirror')?.focus();
    }
  });
  marking.observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ['contenteditable'] });
  observe('element', (entry) => (found.readable ??= entry.startTime || (Reflect.get(entry, 'renderTime') as number)));
  observe('layout-shift', (entry) => {
    if (!Reflect.get(entry, 'hadRecentInput')) found.shift += Reflect.get(entry, 'value') as number;
  });

  const painted = (done: () => void): void => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = done;
      port2.postMessage(null);
    });
  };
  addEventListener('keydown', ({ timeStamp }) => painted(() => found.keys.push(performance.now() - timeStamp)), true);
  addEventListener('input', () => painted(() => (found.typed ??= performance.now())), true);

  function observe(type: string, each: (entry: PerformanceEntry) => void): void {
    new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true });
  }
}
