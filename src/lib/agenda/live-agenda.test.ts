// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest';
import type { AgendaNow } from './agenda-now.ts';
import { LiveAgenda } from './live-agenda.svelte.ts';

const known = (now: string): AgendaNow => ({ now, notes: {}, here: {} });
const answered = (now: string): Response => Response.json(known(now));

let stop: () => void;

afterEach(() => {
  stop();
  vi.unstubAllGlobals();
});

test('PG2: a question that fails after a later one was answered does not say that one is offline', async () => {
  const waiting: ((answer: Response | Promise<Response>) => void)[] = [];
  vi.stubGlobal('fetch', () => new Promise<Response>((resolve) => waiting.push(resolve)));
  const agenda = new LiveAgenda(known('first'));
  const heard = vi.spyOn(agenda, 'hear');
  stop = agenda.follow('mc');
  for (let i = 0; i < 2; i += 1) document.dispatchEvent(new Event('visibilitychange'));
  waiting[1]?.(answered('second'));
  await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(1));
  const cut = Promise.reject(new Error('cut'));
  waiting[0]?.(cut);
  await cut.catch(() => undefined);
  await new Promise((done) => setTimeout(done));
  expect(agenda.current).toBe(true);
});

test('PG2: an older answer does not take the place of a newer one', async () => {
  const waiting: ((answer: Response) => void)[] = [];
  vi.stubGlobal('fetch', () => new Promise<Response>((resolve) => waiting.push(resolve)));
  const agenda = new LiveAgenda(known('first'));
  const heard = vi.spyOn(agenda, 'hear');
  stop = agenda.follow('mc');
  for (let i = 0; i < 2; i += 1) document.dispatchEvent(new Event('visibilitychange'));
  waiting[1]?.(answered('newer'));
  await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(1));
  const older = answered('older');
  const read = vi.spyOn(older, 'json');
  waiting[0]?.(older);
  await vi.waitFor(() => expect(read).toHaveResolved());
  await new Promise((done) => setTimeout(done));
  expect(heard.mock.calls.map(([{ now }]) => now)).toEqual(['newer']);
});

test('CL8: an agenda that was kept goes by the clock of the device, and asks at once', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new Error('no network')));
  const agenda = new LiveAgenda(known('2023-11-14T17:15:00Z'));
  stop = agenda.follow('mc', { kept: true });
  expect(agenda.current).toBe(false);
  expect(Math.abs(Date.parse(agenda.now) - Date.now())).toBeLessThan(60_000);
  vi.stubGlobal('fetch', () => Promise.resolve(answered('2023-11-14T18:15:00Z')));
  window.dispatchEvent(new Event('online'));
  await vi.waitFor(() => expect(agenda.current).toBe(true));
  expect(agenda.now).toBe('2023-11-14T18:15:00Z');
});
