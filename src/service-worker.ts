/// <reference types="@sveltejs/kit" />
import { version } from '$service-worker';
import { SCHEMA_VERSION } from '#core/note/schema-version.ts';
import type { KeepPage } from '#lib/offline/kept-page.ts';
import { asKept, listed, NOT_HERE } from '#lib/offline/kept-html.ts';
import { keepEvent, visitedCache } from '#lib/offline/visited.ts';

/**
 * Lets pages of an event that were open in this browser be opened again without a network: the page as it was last, and the
 * files it needs. The text of a room is in the note's own copy (CL5). The agenda and the other rooms of the event are kept beside
 * them to be read. Everything else, and everything while there is a network, comes from the server.
 */
const CACHE = `plumbline ${SCHEMA_VERSION} ${version}`;
const CACHES = /^(visited )?plumbline /;
/** Pages of a version before are served until this one has kept them, but only where both know the same notes. */
const SAME_NOTES = `plumbline ${SCHEMA_VERSION} `;
const VERSIONS_BEFORE = 2;
/** Pages that are kept; of more, those that were opened longest ago go. */
const PAGES = 60;
/** A network that does not answer a page for this long is treated as none, when the page is kept. */
const PATIENCE_MS = 4_000;
/** What a proxy says when there is no server behind it. */
const NO_SERVER = new Set([502, 503, 504]);
/** The page may not, or no longer, be read by this device. */
const GONE = new Set([401, 403, 404, 410]);
/** How the framework asks for what a page is made of, when one goes on to it from another. */
const DATA = '/__data.json';

// The parts of the worker's global scope in use; its own library clashes with the pages' one in a common type check.
interface WorkerEvent {
  waitUntil(work: Promise<unknown>): void;
}
interface AskedFor extends WorkerEvent {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface WorkerScope {
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  addEventListener(type: 'install' | 'activate', run: (event: WorkerEvent) => void): void;
  addEventListener(type: 'message', run: (event: WorkerEvent & { data: unknown }) => void): void;
  addEventListener(type: 'fetch', run: (event: AskedFor) => void): void;
}
const worker = globalThis as unknown as WorkerScope;

// A page that cannot be had now must not keep a new version away.
worker.addEventListener('install', (event) =>
  event.waitUntil(Promise.all([keepNotHere().catch(() => undefined), worker.skipWaiting()])),
);

worker.addEventListener('activate', (event) => event.waitUntil(dropOlder().then(() => worker.clients.claim())));

worker.addEventListener('message', (event) => {
  const { data } = event;
  // Without a network it stays as it is.
  if (!isKeepPage(data)) return;
  const kept = inTurn(() => keep(data).catch(() => undefined));
  event.waitUntil(kept.then(() => visit(data.page.split('/')[1] ?? '')).catch(() => undefined));
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== location.origin) return;
  if (request.mode === 'navigate') event.respondWith(page(event));
  else if (isBuilt(request.url)) event.respondWith(built(request));
  else if (pathOf(request).endsWith(DATA)) event.respondWith(data(request));
});

function isKeepPage(data: unknown): data is KeepPage {
  return typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'keep-page';
}

const pathOf = ({ url }: { url: string }): string => new URL(url).pathname;

/** Files whose name carries a hash of their content: what is kept can never be old. */
function isBuilt(url: string): boolean {
  return pathOf({ url }).startsWith('/_app/immutable/');
}

/** One after the other: a page that is renewed must not be overwritten by what was asked for before. */
let last: Promise<unknown> = Promise.resolve();

function inTurn(run: () => Promise<void>): Promise<void> {
  const turn = last.then(run, run);
  last = turn;
  return turn;
}

async function keep({ page, files, renew, version: of }: KeepPage): Promise<void> {
  if (of !== version) return;
  const cache = await caches.open(CACHE);
  const wanted = files.filter(isBuilt);
  const kept = await Promise.all([...wanted, page].map((url) => cache.match(url)));
  await cache.addAll([...wanted, page].filter((url, i) => !kept[i] || (renew && url === page)));
  for (const other of (await allNames()).filter((name) => name !== CACHE)) await forget(other, page);
  const pages = await pagesIn(cache);
  for (const old of pages.slice(0, Math.max(0, pages.length - PAGES))) await cache.delete(old);
}

/** What an agenda shows changes by the minute; its pages are asked for again after this. */
const VISIT_AGAIN_MS = 60_000;
const visits = new Map<string, number>();

/** Who pays for every byte has asked that nothing is fetched before it is wanted. */
const savesData = (): boolean => (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;

async function visit(slug: string): Promise<void> {
  const now = performance.now();
  if (savesData() || now - (visits.get(slug) ?? -Infinity) < VISIT_AGAIN_MS) return;
  visits.set(slug, now);
  const opened = async (path: string): Promise<boolean> => Boolean(await caches.match(path, { cacheName: CACHE }));
  await keepEvent(slug, { into: visitedCache(CACHE), opened, inTurn });
}

/** Pages in the order in which they were kept or renewed. */
async function pagesIn(cache: Cache): Promise<Request[]> {
  return (await cache.keys()).filter(({ url }) => !isBuilt(url) && pathOf({ url }) !== NOT_HERE);
}

/** What is said of a page that is not kept, with the styles it needs. */
async function keepNotHere(): Promise<void> {
  const cache = await caches.open(CACHE);
  const html = await (await fetch(NOT_HERE)).text();
  const files = [...html.matchAll(/(?:href|src)="([^"]*\/_app\/immutable\/[^"]*)"/g)].map(([, file = '']) => file);
  await cache.addAll([NOT_HERE, ...files.map((file) => new URL(file, new URL(NOT_HERE, location.origin)).href)]);
}

/** Caches of pages that were opened, the best first. */
async function keptNames(): Promise<string[]> {
  const older = (await caches.keys()).filter((name) => name.startsWith(SAME_NOTES) && name !== CACHE);
  return [CACHE, ...older.reverse()];
}

/** All that may be served from, the best first: what was opened here comes before what was not. */
async function allNames(): Promise<string[]> {
  const opened = await keptNames();
  return [...opened, ...opened.map(visitedCache)];
}

async function dropOlder(): Promise<void> {
  const stay = (await keptNames()).slice(0, 1 + VERSIONS_BEFORE).flatMap((name) => [name, visitedCache(name)]);
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => CACHES.test(name) && !stay.includes(name)).map((name) => caches.delete(name)),
  );
}

async function forget(name: string, path: string): Promise<void> {
  if (await caches.has(name)) await (await caches.open(name)).delete(path);
}

async function keptOf(path: string): Promise<{ page: Response; opened: boolean } | null> {
  const opened = await keptNames();
  for (const name of await allNames()) {
    const page = await caches.match(path, { cacheName: name });
    if (page) return { page, opened: opened.includes(name) };
  }
  return null;
}

async function built(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

/** From the server; from what was kept when it cannot be reached. A kept page is renewed each time the server gives it. */
async function page(event: AskedFor): Promise<Response> {
  const { request } = event;
  const path = pathOf(request);
  const kept = await keptOf(path);
  const fresh = fetch(request).then((answer) => {
    const copy = answer.clone();
    event.waitUntil(inTurn(() => learn(path, copy)));
    return answer;
  });
  event.waitUntil(fresh.catch(() => undefined));
  if (!kept) return fresh.catch(() => notHere());
  return (await inTime(fresh)) ?? asKept(kept.page, kept.opened);
}

/** What the server gave now stands for what it gave before, in both ways. */
async function learn(path: string, answer: Response): Promise<void> {
  const cache = await caches.open(CACHE);
  // A page of a version before has files of its own: it stays whole until this version has kept its own with all it needs.
  if (answer.ok && !answer.redirected && (await cache.match(path))) await cache.put(path, answer);
  if (GONE.has(answer.status)) for (const name of await allNames()) await forget(name, path);
}

/** A page that is kept is better than one that does not come: its reader is told, and loads it by the way of `page`. */
async function data(request: Request): Promise<Response> {
  const kept = await keptOf(pathOf(request).slice(0, -DATA.length) || '/');
  if (!kept) return fetch(request);
  return (await inTime(fetch(request))) ?? Response.error();
}

/** null when there is no server behind the network, or it does not answer for too long. */
async function inTime(answer: Promise<Response>): Promise<Response | null> {
  const first = await Promise.race([answer.catch(() => null), after(PATIENCE_MS)]);
  return first && !NO_SERVER.has(first.status) ? first : null;
}

function after(ms: number): Promise<null> {
  return new Promise((done) => setTimeout(() => done(null), ms));
}

async function notHere(): Promise<Response> {
  const cache = await caches.open(CACHE);
  const page = await cache.match(NOT_HERE);
  if (!page) return Response.error();
  const kept: [string, Response][] = [];
  for (const name of await allNames()) {
    if (!(await caches.has(name))) continue;
    const from = await caches.open(name);
    for (const request of (await pagesIn(from)).reverse()) {
      const found = await from.match(request);
      if (found) kept.push([pathOf(request), found]);
    }
  }
  return listed(page, kept);
}
