import { beforeEach, expect, test } from 'vitest';
import type { LinkSocket } from './platform.ts';
import { HandClock } from './testing/hand-clock.ts';
import { type Way, ways } from './ways.ts';

class Fake implements LinkSocket {
  binaryType = '';
  onopen: LinkSocket['onopen'] = null;
  onmessage: LinkSocket['onmessage'] = null;
  onclose: LinkSocket['onclose'] = null;
  onerror: LinkSocket['onerror'] = null;
  readonly sent: Uint8Array[] = [];
  isClosed = false;
  send(frame: Uint8Array<ArrayBuffer>): void {
    this.sent.push(frame);
  }
  close(): void {
    this.isClosed = true;
  }
  opens(): void {
    this.onopen?.(undefined as never);
  }
  brings(data: string): void {
    this.onmessage?.({ data });
  }
  ends(code = 1006, reason = ''): void {
    this.onclose?.({ code, reason });
  }
}

/** Until what was asked for has come. */
async function settle(): Promise<void> {
  for (let i = 0; i < 5; i++) await Promise.resolve();
}

let clock: HandClock;
let sockets: Fake[];
let requests: Fake[];
let open: () => { link: LinkSocket & { way?: Way }; told: unknown[] };

beforeEach(() => {
  clock = new HandClock();
  sockets = [];
  requests = [];
  const add = (to: Fake[]): Fake => (to.push(new Fake()), to.at(-1) as Fake);
  const openSocket = ways({ clock, webSocket: () => add(sockets), httpSocket: () => Promise.resolve(add(requests)) });
  open = () => {
    const told: unknown[] = [];
    const link = openSocket('ws://host/sync/n.1', 'plumbline.v1');
    link.onopen = () => told.push('open');
    link.onmessage = ({ data }) => told.push(data);
    link.onclose = ({ code }) => told.push(code);
    return { link, told };
  };
});

test('HT1: a WebSocket that opens is the way, and nothing else is tried', () => {
  const { link, told } = open();
  sockets[0]?.opens();
  sockets[0]?.brings('a');
  clock.advance(60_000);
  link.send(new Uint8Array([1]));
  expect([told, link.way, requests.length, sockets[0]?.sent.length]).toEqual([['open', 'a'], 'socket', 0, 1]);
});

test('HT1: a WebSocket that hangs for 5 s is not waited for: requests are the way, and it is let go', async () => {
  const { link, told } = open();
  clock.advance(4_999);
  expect(requests).toHaveLength(0);
  clock.advance(1);
  await settle();
  requests[0]?.opens();
  requests[0]?.brings('a');
  clock.advance(1_999);
  expect(told).toEqual([]);
  clock.advance(1);
  link.send(new Uint8Array([1]));
  sockets[0]?.opens();
  expect([told, link.way, sockets[0]?.isClosed, requests[0]?.sent.length]).toEqual([
    ['open', 'a'],
    'requests',
    true,
    1,
  ]);
  requests[0]?.ends();
  expect(told).toEqual(['open', 'a', 1006]);
});

test('HT1: sockets that are refused at once are tried again for 5 s, then requests beside them', async () => {
  for (let tries = 0; tries < 5; tries++) {
    const { told } = open();
    sockets.at(-1)?.ends();
    expect([told, requests.length]).toEqual([[1006], 0]);
    clock.advance(1_000);
  }
  const { told } = open();
  expect(requests).toHaveLength(1);
  sockets.at(-1)?.ends();
  expect(told).toEqual([]);
  await settle();
  requests[0]?.opens();
  expect(told).toEqual(['open']);
});

test('HT1: a WebSocket that opens and brings nothing is not believed a second time', async () => {
  const first = open();
  sockets[0]?.opens();
  clock.advance(10_000);
  first.link.close();
  const { link, told } = open();
  sockets[1]?.opens();
  expect(told).toEqual([]);
  await settle();
  requests[0]?.opens();
  expect([told, link.way]).toEqual([['open'], 'requests']);
});

test('HT1 twin: a server that was away and takes both again is met by a WebSocket', async () => {
  for (let tries = 0; tries < 7; tries++) {
    open();
    await settle();
    sockets.at(-1)?.ends();
    requests.at(-1)?.ends();
    clock.advance(1_000);
  }
  const { link, told } = open();
  await settle();
  requests.at(-1)?.opens();
  sockets.at(-1)?.opens();
  expect([told, link.way, requests.at(-1)?.isClosed]).toEqual([['open'], 'socket', true]);
});

test('HT1: while requests are the way a WebSocket is tried again, and one that opens takes over', async () => {
  const { link, told } = open();
  clock.advance(5_000);
  await settle();
  sockets[0]?.ends();
  requests[0]?.opens();
  expect([told, link.way]).toEqual([['open'], 'requests']);
  clock.advance(10_000);
  sockets[1]?.ends();
  clock.advance(59_999);
  expect(sockets).toHaveLength(2);
  clock.advance(1);
  sockets[2]?.opens();
  expect([told, requests[0]?.isClosed, sockets[2]?.isClosed]).toEqual([['open', 1006], true, true]);
  const next = open();
  clock.advance(100);
  sockets[3]?.opens();
  expect([next.told, next.link.way, requests.length]).toEqual([['open'], 'socket', 1]);
});

test('HT1 twin: after a WebSocket has worked, its end is met with another one alone', () => {
  open();
  sockets[0]?.opens();
  sockets[0]?.brings('a');
  clock.advance(3_600_000);
  sockets[0]?.ends();
  open();
  clock.advance(4_999);
  expect(requests).toHaveLength(0);
});

test('HT1: what the server says ends the attempt, whoever brings it; when both broke, that is said once', async () => {
  const refused = open();
  clock.advance(5_000);
  await settle();
  requests[0]?.ends(4404, 'unknown-note');
  expect([refused.told, sockets[0]?.isClosed]).toEqual([[4404], true]);
  const broken = open();
  await settle();
  sockets[1]?.ends();
  requests[1]?.ends();
  expect(broken.told).toEqual([1006]);
});
