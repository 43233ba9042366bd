import { expect, test, vi } from 'vitest';
import type { Event } from '#core/event/model.ts';
import { eventPages } from './event-pages.ts';

const session = (slug: string, title = slug) => ({ slug, title, noteId: `note-${slug}` });
const event = (...sessions: object[]) => ({ slug: 'mc', title: 'MC', sessions }) as unknown as Event;

function server(seqs: Record<string, number | Error>) {
  const report = vi.fn();
  const read = async (noteId: string) => {
    const seq = seqs[noteId];
    if (seq instanceof Error) throw seq;
    return seq === undefined ? null : { seq, empty: false, note: { type: 'doc' as const, content: [] } };
  };
  return { services: { notes: { read, here: () => ({ count: 0, people: [] }) }, report }, report };
}

const versions = async (seqs: Record<string, number | Error>, of: Event) =>
  Object.fromEntries((await eventPages(server(seqs).services, of)).map(({ path, version }) => [path, version]));

test('CL10: the pages of an event are its agenda and its rooms', async () => {
  const found = await versions({ 'note-a': 1, 'note-b': 1 }, event(session('a'), session('b')));
  expect(Object.keys(found)).toEqual(['/mc', '/mc/a', '/mc/b']);
});

test('CL10: what was written or changed gives that room and the agenda another version, and no other room', async () => {
  const before = await versions({ 'note-a': 1, 'note-b': 1 }, event(session('a'), session('b')));
  expect(await versions({ 'note-a': 1, 'note-b': 1 }, event(session('a'), session('b')))).toEqual(before);
  const written = await versions({ 'note-a': 2, 'note-b': 1 }, event(session('a'), session('b')));
  const renamed = await versions({ 'note-a': 1, 'note-b': 1 }, event(session('a', 'Another'), session('b')));
  for (const after of [written, renamed]) {
    expect(after['/mc/b']).toBe(before['/mc/b']);
    for (const path of ['/mc', '/mc/a']) expect(after[path]).not.toBe(before[path]);
  }
});

test('CL10: a room whose note cannot be read just now is named without a version, and stays as it is kept', async () => {
  const found = await versions({ 'note-a': 1 }, event(session('a'), session('b')));
  expect(found).toEqual({ '/mc': expect.any(String) as string, '/mc/a': expect.any(String) as string, '/mc/b': null });
});
