import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { gzipBytes, roomScripts } from '../support/client-scripts.ts';
import { startServer } from '../support/start-server.ts';

/** Svelte and SvelteKit are 36 of it. None of it is needed to read: "The page" in tests/bench/README.md. */
const PAGE = 65_500;
const NOTE = 195_000;

/** Stand in the built files of what belongs to writing. */
const OF_WRITING = ['Yjs was already imported', 'ProseMirror'];

const ROOM = '/vfio-iommu-pci-mc-2023/dev-iommufd-development';
const { page, note } = roomScripts();
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

test('LK5: the scripts of a room’s page stay small and hold nothing of the note', () => {
  expect(gzipBytes(page)).toBeLessThanOrEqual(PAGE);
  const built = page.map(textOf).join('\n');
  for (const word of OF_WRITING) expect(built.includes(word), word).toBe(false);
});

test('LK5: what writing needs beside the page is at most 195 kB, in files of its own', () => {
  expect(gzipBytes(note)).toBeLessThanOrEqual(NOTE);
  const built = note.map(textOf).join('\n');
  for (const word of OF_WRITING) expect(built.includes(word), word).toBe(true);
});

test('LK1: nothing of the gallery is built', () => {
  const built = globSync('build/{client,server}/**/*.js', { cwd: ROOT });
  expect(built.length).toBeGreaterThan(20);
  const gallery = built.filter((file) => readFileSync(ROOT + file, 'utf8').includes('Every control in every state'));
  expect(gallery).toEqual([]);
});

test('LK5: a room’s text waits for no script, and its files come compressed, once for all', async () => {
  const server = await startServer();
  try {
    const room = await fetch(server.url + ROOM, { headers: { 'accept-encoding': 'gzip' } });
    const html = await room.text();
    expect(room.headers.get('content-encoding')).toBe('gzip');
    expect(html).toContain('<div class="note-text');
    expect(html).not.toMatch(/<script[^>]+src=/);
    expect(html.indexOf('<script')).toBeGreaterThan(html.indexOf('<div class="note-text'));
    // Named so that none is found late, and behind everything the first paint needs.
    const hints = html.match(/<link rel="modulepreload"[^>]*>/g) ?? [];
    expect(hints.length).toBeGreaterThan(3);
    for (const hint of hints) expect(hint).toContain('fetchpriority="low"');
    expect(room.headers.get('link')).toMatch(/rel="preload"; as="style"/);
    expect(room.headers.get('link')).not.toContain('modulepreload');
    for (const file of [...page, ...note]) {
      const answer = await fetch(`${server.url}/${file}`, { headers: { 'accept-encoding': 'gzip' } });
      await answer.arrayBuffer();
      expect(answer.headers.get('content-encoding'), file).toBe('gzip');
      expect(answer.headers.get('cache-control'), file).toMatch(/immutable/);
    }
  } finally {
    await server.dispose();
  }
}, 60_000);

function textOf(file: string): string {
  return readFileSync(fileURLToPath(new URL(`../../build/client/${file}`, import.meta.url)), 'utf8');
}
