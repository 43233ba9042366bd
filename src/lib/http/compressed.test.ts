import { expect, test } from 'vitest';
import { compressed } from './compressed.ts';

const LONG = 'Faults are given back to the guest. '.repeat(60);

function answer(headers: Record<string, string>, body: string = LONG): Response {
  return new Response(body, { headers: { 'content-length': String(body.length), etag: '"abc"', ...headers } });
}

function asked(accept: string): Request {
  return new Request('http://localhost/', { headers: { 'accept-encoding': accept } });
}

test('LK5: pages and text go out compressed, and read back the same', async () => {
  for (const type of ['text/html', 'text/markdown; charset=utf-8', 'application/json', 'application/problem+json']) {
    const packed = compressed(asked('br, gzip, deflate'), answer({ 'content-type': type }));
    expect(packed.headers.get('content-encoding'), type).toBe('gzip');
    expect(packed.headers.get('content-length')).toBeNull();
    expect(packed.headers.get('etag')).toBe('W/"abc"');
    expect(packed.headers.get('vary')).toBe('Accept-Encoding');
    const bytes = new Response(packed.body?.pipeThrough(new DecompressionStream('gzip')));
    expect(await bytes.text()).toBe(LONG);
  }
});

test('LK5: what is small, compressed already, or asked for without gzip goes out as it is', async () => {
  for (const [accept, headers, body] of [
    ['gzip', { 'content-type': 'text/plain' }, 'short'],
    ['gzip', { 'content-type': 'image/png' }, LONG],
    ['gzip', { 'content-type': 'text/html', 'content-encoding': 'br' }, LONG],
    ['', { 'content-type': 'text/html' }, LONG],
    ['br, gzip;q=0', { 'content-type': 'text/html' }, LONG],
    ['gzip;q=0.000', { 'content-type': 'text/html' }, LONG],
  ] as const) {
    const same = compressed(asked(accept), answer(headers, body));
    expect(same.headers.get('content-encoding') === 'gzip', `${accept} ${headers['content-type']}`).toBe(false);
    expect(same.headers.get('etag')).toBe('"abc"');
    expect(await same.text()).toBe(body);
  }
});
