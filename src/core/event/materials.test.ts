import { describe, expect, test } from 'vitest';
import { checkMaterial, insertItem, moveItem } from './materials.ts';

const good = { kind: 'slides', title: 'Slides', url: 'https://lpc.events/a.pdf' };

describe('MA2: what may be linked', () => {
  test.each([
    ['kind', { ...good, kind: 'virus' }],
    ['title', { ...good, title: ' ' }],
    ['title', { ...good, title: 'x'.repeat(201) }],
    ['title', { ...good, title: 'a\u0007b' }],
    ['title', { ...good, title: 'a\u202egpj.exe' }],
    ['url', { ...good, url: 'http://lpc.events/' }],
    ['url', { ...good, url: 'javascript:alert(1)' }],
    ['url', { ...good, url: ' java\tscript:alert(1)' }],
    ['url', { ...good, url: 'data:text/html,x' }],
    ['url', { ...good, url: '//lpc.events/' }],
    ['url', { ...good, url: 'lpc.events/a.pdf' }],
    ['url', { ...good, url: 'https://' }],
    ['url', { ...good, url: 'https://me:secret@lpc.events/' }],
    ['url', { ...good, url: 'https://lpc.events@evil.example/' }],
    ['url', { ...good, url: `https://lpc.events/${'x'.repeat(1990)}` }],
    ['url', { ...good, url: `https://lpc.events/${'ü'.repeat(700)}` }],
    ['url', { ...good, url: '' }],
  ])('MA2: a refusal names the field %s: %j', (field, input) => {
    expect(checkMaterial(input)).toMatchObject({ ok: false, field });
  });

  test('MA2: a good one comes back with its address as the parser writes it', () => {
    expect(checkMaterial({ kind: 'patches', title: '  v3\n series ', url: ' HTTPS://lore.kernel.org/r/a b ' })).toEqual(
      {
        ok: true,
        value: { kind: 'patches', title: 'v3 series', url: 'https://lore.kernel.org/r/a%20b' },
      },
    );
    expect(checkMaterial({ ...good, title: '漢'.repeat(200), url: `https://lpc.events/${'x'.repeat(1981)}` }).ok).toBe(
      true,
    );
  });
});

describe('MA3: order', () => {
  const list = ['a', 'b', 'c'].map((id) => ({ id }));
  const ids = (items: { id: string }[]) => items.map((item) => item.id).join('');

  test('MA3: an item moves to a place within the list, the others keep their order', () => {
    expect(ids(moveItem(list, 'a', 2))).toBe('bca');
    expect(ids(moveItem(list, 'c', 0))).toBe('cab');
    expect(ids(moveItem(list, 'b', 99))).toBe('acb');
    expect(ids(moveItem(list, 'b', -1))).toBe('bac');
    expect(ids(moveItem(list, 'x', 0))).toBe('abc');
  });

  test('MA3: an item comes back to its place', () => {
    expect(ids(insertItem(list, { id: 'x' }, 1))).toBe('axbc');
    expect(ids(insertItem(list, { id: 'x' }, 9))).toBe('abcx');
  });
});
