import { expect, test } from 'vitest';
import { formState } from './form-state.ts';
import { backWith, readForm } from './read-form.ts';

function sent(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

test('SE7: a form says what it showed and what was typed; a box that is not ticked is empty', () => {
  const read = readForm(sent({ 'was.title': 'A', title: 'B', 'was.gone': 'yes', other: 'x', 'was.__proto__': 'y' }));
  expect(read.seen).toEqual(
    Object.fromEntries([
      ['title', 'A'],
      ['gone', 'yes'],
      ['__proto__', 'y'],
    ]),
  );
  expect(read.typed).toEqual(
    Object.fromEntries([
      ['title', 'B'],
      ['gone', ''],
      ['__proto__', ''],
    ]),
  );
});

test('SE6, SE7: a form that comes back keeps what was typed, and shows what others made of fields that were not touched', () => {
  const read = {
    typed: { title: 'Mine', zone: 'UTC', lists: 'a\r\nb' },
    seen: { title: 'A', zone: 'UTC', lists: 'a\nb' },
  };
  const back = backWith('event', null, read, [{ field: 'title', message: 'It became “B”.', now: 'B' }]);
  const now = { title: 'B', zone: 'Europe/Prague', lists: 'c' };
  const form = formState(now, back, 'event');
  expect(['title', 'zone', 'lists'].map((name) => form.value(name))).toEqual(['Mine', 'Europe/Prague', 'c']);
  // Sent again, it is compared with what is said beside it.
  expect([form.was('title'), form.error('title'), form.refused]).toEqual(['B', 'It became “B”.', true]);
  const other = formState(now, back, 'publishing');
  expect([other.value('title'), other.refused]).toEqual(['B', false]);
});
