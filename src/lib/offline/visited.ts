import type { EventPage } from './kept-page.ts';

/** Of a page in the cache of what was visited: its version when it was fetched. */
const VERSION = 'x-plumbline-version';
/** Of more pages in the cache, those that were fetched longest ago go. */
const MOST_PAGES = 400;
const GIVE_UP_MS = 20_000;
/** Between two pages: a room full of people that opens an agenda must not ask for all of it at one moment. */
const PAUSE_MS = { least: 200, most: 800 };
/** The event is not there any more, or not for this device. */
const GONE = new Set([401, 403, 404, 410]);

export interface Visit {
  /** Cache of the pages. */
  into: string;
  /** Whether a page was opened in this browser: that is kept in its own way, with the note to write in. */
  opened(path: string): Promise<boolean>;
  /** Runs what changes caches, one after the other. */
  inTurn(run: () => Promise<void>): Promise<void>;
}

/** Where pages are that nobody opened here, beside the cache of those that were. */
export function visitedCache(opened: string): string {
  return `visited ${opened}`;
}

/**
 * Keeps the agenda and the rooms of an event so that they can be read without a network, also those that were not opened. Asks
 * for what is new only, unhurried. Rejects when the network or the server goes away; what was kept by then stays.
 */
export async function keepEvent(slug: string, { into, opened, inTurn }: Visit): Promise<void> {
  const asked = await fetch(`/api/events/${encodeURIComponent(slug)}/pages`, patience());
  const cache = await caches.open(into);
  if (GONE.has(asked.status)) return inTurn(() => dropOthers(cache, slug, []));
  if (!asked.ok) return;
  const { pages } = (await asked.json()) as { pages: EventPage[] };
  await inTurn(() => dropOthers(cache, slug, pages));
  for (const page of pages) {
    const kept = await cache.match(page.path);
    if (page.version === null || kept?.headers.get(VERSION) === page.version || (await opened(page.path))) continue;
    const { path, version } = page;
    await inTurn(() => keepVisited(cache, path, version));
    await pause();
  }
}

/** The page as the server gives it, whole or not at all, with the files that it names. */
async function keepVisited(cache: Cache, path: string, version: string): Promise<void> {
  const answer = await fetch(path, patience());
  if (!answer.ok || answer.redirected) return;
  const html = await answer.text();
  const named = `${html} ${answer.headers.get('link') ?? ''}`.matchAll(/["<]([^"<>]*\/_app\/immutable\/[^"<>]*)[">]/g);
  for (const file of new Set([...named].map(([, file = '']) => new URL(file, answer.url).href)))
    if (!(await caches.match(file))) await cache.add(file);
  const headers = new Headers(answer.headers);
  headers.set(VERSION, version);
  await cache.put(path, new Response(html, { headers }));
  const all = await visitedPages(cache);
  for (const old of all.slice(0, Math.max(0, all.length - MOST_PAGES))) await cache.delete(old);
}

/** Pages of the event that it does not have any more. */
async function dropOthers(cache: Cache, slug: string, pages: readonly EventPage[]): Promise<void> {
  const stay = new Set(pages.map(({ path }) => path));
  for (const request of await visitedPages(cache)) {
    const path = new URL(request.url).pathname;
    if (path.split('/')[1] === slug && !stay.has(path)) await cache.delete(request);
  }
}

async function visitedPages(cache: Cache): Promise<Request[]> {
  return (await cache.keys()).filter(({ url }) => !new URL(url).pathname.startsWith('/_app/'));
}

function patience(): RequestInit {
  return { signal: AbortSignal.timeout(GIVE_UP_MS) };
}

function pause(): Promise<void> {
  const ms = PAUSE_MS.least + Math.random() * (PAUSE_MS.most - PAUSE_MS.least);
  return new Promise((done) => setTimeout(done, ms));
}
