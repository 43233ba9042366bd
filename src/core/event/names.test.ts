import { fc } from '../../../tests/support/properties.ts';
import { describe, expect, test } from 'vitest';
import { normaliseName, shownName, spellingsOf } from './names.ts';

const people = ['Jörg Rödel', 'Krzysztof Wilczyński', 'Pali Rohár', 'Bjorn Helgaas'].map((name) => ({
  name,
  affiliation: null,
}));

/** Any UTF-16 unit, halves of pairs too. */
const anyUnit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));

describe('ID2: names', () => {
  test('ID2: a name is composed and its spaces collapsed', () => {
    expect(normaliseName('  Jo\u0308rg \t\n Ro\u0308del ')).toEqual({ ok: true, value: 'Jörg Rödel' });
  });

  test.each([
    ['', 'empty'],
    [' \t\n\u3000', 'only spaces'],
    ['x'.repeat(61), 'too long'],
    ['Ann\u0000', 'control'],
    ['Ann\u202eeel', 'bidi override'],
    ['Ann\u2066', 'bidi isolate'],
    ['Ann\u200f', 'right-to-left mark'],
    ['Ann\u200b', 'zero-width space'],
    ['\u3164\u3164', 'Hangul fillers'],
    ['\u2800', 'empty Braille'],
    ['\u200d', 'a lone joiner'],
    ['Ann\ud83d', 'half a surrogate pair'],
  ])('ID2: %j is refused (%s)', (text) => {
    expect(normaliseName(text)).toMatchObject({ ok: false, field: 'name' });
  });

  test.each(['x', '李', 'Ann-Marie O’Neil', 'می‌خواهم', '👩‍💻 dev', 'x'.repeat(60), '👩'.repeat(60)])(
    'ID2: %j is accepted',
    (text) => {
      expect(normaliseName(text)).toEqual({ ok: true, value: text.normalize('NFC') });
    },
  );

  test('ID2: an accepted name is accepted unchanged the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyUnit, maxLength: 70 }), (text) => {
        const first = normaliseName(text);
        if (first.ok) expect(normaliseName(first.value)).toEqual(first);
      }),
    );
  });
});

describe('ID3: the name of a listed person', () => {
  test.each([
    'Jörg Rödel',
    'jorg rodel',
    'Joerg Roedel',
    'JÖRG  RÖDEL',
    'Krzysztof Wilczynski',
    'Pali Rohar',
    'Вjorn Неlgааs',
  ])('ID3: %s given by a guest is shown as a guest’s', (name) => {
    expect(shownName(name, people)).toBe(`${name} (guest)`);
  });

  test.each(['Jörg', 'Björn Helgaasen', 'Ann Lee'])('ID3: %s is nobody’s and stays as it is', (name) => {
    expect(shownName(name, people)).toBe(name);
  });

  test('ID3: an umlaut and its two letters are one name, and two names are not', () => {
    expect(spellingsOf('Müller')).toEqual(['muller', 'mueller']);
    expect(spellingsOf('Mueller')).toEqual(['mueller']);
    expect(spellingsOf('Miller')).toEqual(['miller']);
  });
});
