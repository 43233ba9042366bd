/// <reference types="@sveltejs/kit" />
import { version } from '$service-worker';
import type { KeepPage } from '#lib/note/kept-page.ts';

/**
 * Lets a room that was open in this browser be opened again without a network: the page as it was last, and the files it
 * needs. The text itself is in the note's own copy (CL5). Everything else, and everything while there is a network, comes
 * from the server; nothing of another version is ever served.
 */
const CACHE = `plumbline ${version}`;
const CACHES = /^plumbline /;
/** A network that does not answer a page for this long is treated as none, when the page is kept. */
const PATIENCE_MS = 4_000;

// The parts of the worker's global scope in use; its own library clashes with the pages' one in a common type check.
interface WorkerEvent {
  waitUntil(work: Promise<unknown>): void;
}
interface WorkerScope {
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  addEventListener(type: 'install' | 'activate', run: (event: WorkerEvent) => void): void;
  addEventListener(type: 'message', run: (event: WorkerEvent & { data: unknown }) => void): void;
  addEventListener(
    type: 'fetch',
    run: (event: { request: Request; respondWith(answer: Promise<Response>): void }) => void,
  ): void;
}
const worker = globalThis as unknown as WorkerScope;

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()));

worker.addEventListener('activate', (event) => event.waitUntil(dropOlder().then(() => worker.clients.claim())));

worker.addEventListener('message', (event) => {
  const { data } = event;
  if (isKeepPage(data)) event.waitUntil(inTurn(() => keep(data)));
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== location.origin) return;
  if (request.mode === 'navigate') event.respondWith(page(request));
  else if (isBuilt(request.url)) event.respondWith(built(request));
});

function isKeepPage(data: unknown): data is KeepPage {
  return typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'keep-page';
}

/** Files whose name carries a hash of their content: what is kept can never be old. */
function isBuilt(url: string): boolean {
  return new URL(url).pathname.startsWith('/_app/immutable/');
}

/** One after the other: a page that is renewed must not be overwritten by what was asked for before. */
let last: Promise<unknown> = Promise.resolve();

function inTurn(run: () => Promise<void>): Promise<void> {
  const turn = last.then(run, run);
  last = turn;
  return turn;
}

async function keep({ page, files, renew }: KeepPage): Promise<void> {
  const cache = await caches.open(CACHE);
  if (renew) return cache.add(page);
  const missing = [...files.filter(isBuilt), page];
  const kept = await Promise.all(missing.map((url) => cache.match(url)));
  await cache.addAll(missing.filter((_, i) => !kept[i]));
}

async function dropOlder(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => CACHES.test(name) && name !== CACHE).map((name) => caches.delete(name)));
}

async function built(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

/** From the server; from what was kept when it cannot be reached. A kept page is renewed each time the server gives it. */
async function page(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const key = new URL(request.url).pathname;
  const kept = await cache.match(key);
  if (!kept) return fetch(request);
  const fresh = fetch(request).then(async (response) => {
    if (response.ok && !response.redirected) await cache.put(key, response.clone());
    return response;
  });
  return Promise.race([fresh.catch(() => kept), after(PATIENCE_MS).then(() => kept)]);
}

function after(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
