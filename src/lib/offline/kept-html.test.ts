import { expect, test } from 'vitest';
import { asKept, listed } from './kept-html.ts';

const page = (html: string, headers: Record<string, string> = {}): Response => new Response(html, { headers });

test('CL8: a kept page says when the server gave it, and keeps its policy', async () => {
  const kept = page('<!doctype html><html lang="en"><p>$&', {
    date: 'Tue, 14 Nov 2023 17:15:00 GMT',
    'content-security-policy': "script-src 'nonce-a'",
    'content-encoding': 'gzip',
  });
  const shown = await asKept(kept, true);
  expect(await shown.text()).toBe('<!doctype html><html data-kept-at="2023-11-14T17:15:00.000Z" lang="en"><p>$&');
  expect([...shown.headers.keys()]).toEqual(['content-security-policy', 'content-type', 'date']);
});

test('CL8: a kept page whose time nobody said is served as it is', async () => {
  expect(await (await asKept(page('<html lang="en">'), true)).text()).toBe('<html lang="en">');
});

test('CL10: a kept page that was not opened here says so', async () => {
  const shown = await asKept(page('<html lang="en">', { date: 'Tue, 14 Nov 2023 17:15:00 GMT' }), false);
  expect(await shown.text()).toBe(
    '<html data-kept-at="2023-11-14T17:15:00.000Z" data-never-opened="2023-11-14T17:15:00.000Z" lang="en">',
  );
});

test('CL8: what is on this device is listed under its own titles, and the page stands at any address', async () => {
  const notHere = page(
    '<link href="./_app/immutable/assets/a.css"><link href="./favicon.svg"><ul class="s" data-on-this-device=""></ul>',
  );
  const shown = await listed(notHere, [
    ['/mc/a&b', page('<title>Q&amp;A · MC · Plumbline</title>')],
    ['/mc', page('no title')],
  ]);
  expect(shown.status).toBe(503);
  expect(await shown.text()).toBe(
    '<link href="/_app/immutable/assets/a.css"><link href="/favicon.svg"><ul class="s" data-on-this-device="">' +
      '<li><a class="link" href="/mc/a&amp;b">Q&amp;A · MC</a></li><li><a class="link" href="/mc">/mc</a></li></ul>',
  );
});
