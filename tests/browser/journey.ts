import { test as base } from '@playwright/test';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from '@playwright/test';
import { FIREFOX } from '../support/firefox.ts';
import { startServer } from '../support/start-server.ts';
import type { RunningServer } from '../support/start-server.ts';

export { expect } from '@playwright/test';

/** What a browser complained about. Anything not allowed fails the journey at its end. */
export interface Problems {
  /** Names a complaint that belongs to this journey, for example a refused connection while the server is down. */
  allow(pattern: RegExp): void;
  /** All complaints so far: console errors, uncaught exceptions, reports of the Content-Security-Policy. */
  seen(): string[];
}

/** Opens `count` people, each in a browser profile of their own, on `/`-relative addresses of the server. */
export type People = <N extends number>(count: N, options?: BrowserContextOptions) => Promise<Pages<N>>;

/** `people(2)` gives exactly two pages, so that a journey may name them without doubt. */
type Pages<N extends number> = N extends 1
  ? [Page]
  : N extends 2
    ? [Page, Page]
    : N extends 3
      ? [Page, Page, Page]
      : Page[];

/** What a browser says of a server or a network that is not there. It belongs to journeys that take them away. */
export const NO_NETWORK =
  /ERR_(CONNECTION|INTERNET|NETWORK|SOCKET|EMPTY|FAILED|ABORTED)|Failed to fetch|WebSocket|NetworkError|connection to (the server|ws)|importing a module|imported module/;

/** For what only Chromium can do or show: there the journey goes on, in Firefox it is skipped with the reason. */
export const isFirefox = (page: Page): boolean => page.context().browser()?.browserType().name() === 'firefox';

interface Journey {
  /** The built application with the sample event, its own port and data. */
  server: RunningServer;
  people: People;
  problems: Problems;
}

export const test = base.extend<Journey & { recorded: Recorder }>({
  server: async ({}, use, info) => {
    const server = await startServer();
    await use(server);
    if (info.status !== info.expectedStatus) await info.attach('server output', { body: server.output() });
    await server.dispose();
  },
  recorded: async ({ browserName }, use) => {
    const recorder = new Recorder();
    if (browserName === 'firefox') for (const noise of NOISE_OF_FIREFOX) recorder.allow(noise);
    await use(recorder);
    const left = recorder.unexpected();
    if (left.length) throw new Error(`The browser complained:\n${left.join('\n')}`);
  },
  problems: ({ recorded }, use) => use(recorded),
  people: async ({ browser, browserName, server, recorded }, use, info) => {
    const open: BrowserContext[] = [];
    const more: Browser[] = [];
    const openPages = async (count: number, options: BrowserContextOptions = {}) => {
      for (const { asks, why } of browserName === 'chromium' ? [] : ONLY_IN_CHROMIUM) info.skip(asks(options), why);
      const pages: Page[] = [];
      for (let person = 1; person <= count; person += 1) {
        // Of the windows of one Firefox one alone has the keyboard, so each person has a Firefox.
        const own =
          browserName === 'firefox' && open.length > 0 ? await browser.browserType().launch(FIREFOX) : browser;
        if (own !== browser) more.push(own);
        const context = await profile(own, { baseURL: server.url, ...options }, recorded, `person ${open.length + 1}`);
        if (browserName === 'firefox') context.setOffline = () => Promise.resolve(info.skip(true, NO_OFFLINE));
        open.push(context);
        pages.push(await context.newPage());
      }
      return pages;
    };
    await use(openPages as People);
    for (const context of open) await context.close();
    for (const own of more) await own.close();
  },
});

/** There only the page is told; connections that are open stay open. */
const NO_OFFLINE = 'The network is taken away in Chromium alone.';

/** People whose browser Firefox cannot be, as it is driven here: their journey is skipped there. */
const ONLY_IN_CHROMIUM: { asks: (options: BrowserContextOptions) => boolean; why: string }[] = [
  { asks: ({ javaScriptEnabled }) => javaScriptEnabled === false, why: 'Scripts are switched off in Chromium alone.' },
  {
    asks: ({ colorScheme, reducedMotion, forcedColors }) =>
      colorScheme === 'dark' || reducedMotion !== undefined || forcedColors !== undefined,
    why: 'Dark, still and forced colours are asked for in Chromium alone.',
  },
  { asks: ({ isMobile }) => isMobile === true, why: 'Only Chromium plays a phone.' },
  { asks: ({ permissions }) => permissions !== undefined, why: 'The clipboard is given to pages in Chromium alone.' },
];

/** What driving Firefox puts into every page, and what it says twice: the report of the policy says it with the place. */
const NOISE_OF_FIREFOX = [
  // Its own pages for JSON and text ask for a sign that their policy does not let in.
  /CSP: img-src \S*\/favicon\.ico resource/,
  // The script by which the driver looks into a page; Firefox names sometimes it as the place, sometimes the page.
  /CSP: style-src-elem inline \S*:5:19$/,
  /uncaught: The page’s settings blocked /,
];

class Recorder implements Problems {
  readonly #seen: string[] = [];
  readonly #allowed: RegExp[] = [];

  add(problem: string): void {
    this.#seen.push(problem);
  }
  allow(pattern: RegExp): void {
    this.#allowed.push(pattern);
  }
  seen(): string[] {
    return [...this.#seen];
  }
  unexpected(): string[] {
    return this.#seen.filter((problem) => !this.#allowed.some((pattern) => pattern.test(problem)));
  }
}

async function profile(
  browser: Browser,
  options: BrowserContextOptions,
  recorder: Recorder,
  who: string,
): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  context.on('console', (line) => {
    if (line.type() === 'error') recorder.add(`${who}: console: ${line.text()} (${line.location().url})`);
  });
  context.on('weberror', (found) => recorder.add(`${who}: uncaught: ${found.error().message}`));
  await context.exposeBinding('reportPolicyViolation', (_source, text: string) => recorder.add(`${who}: CSP: ${text}`));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const report: unknown = Reflect.get(window, 'reportPolicyViolation');
      if (typeof report === 'function') {
        const { effectiveDirective, blockedURI, sourceFile, lineNumber, columnNumber } = event;
        report(`${effectiveDirective} ${blockedURI} ${sourceFile}:${lineNumber}:${columnNumber}`);
      }
    });
  });
  return context;
}
