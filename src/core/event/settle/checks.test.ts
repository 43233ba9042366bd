import { fc } from '../../../../tests/support/properties.ts';
import { describe, expect, test } from 'vitest';
import * as check from './checks.ts';

const value = (checked: { ok: boolean; value?: unknown }) => (checked.ok ? checked.value : 'refused');

describe('SE6: what is typed is checked', () => {
  test.each([
    ['20231102031828.GA951173@rocinante', '20231102031828.GA951173@rocinante'],
    [' <20231102031828.GA951173@rocinante> ', '20231102031828.GA951173@rocinante'],
    ['Message-ID: <a.b+c@d.example>', 'a.b+c@d.example'],
    ['https://lore.kernel.org/all/20231102031828.GA951173@rocinante/', '20231102031828.GA951173@rocinante'],
    ['https://lore.kernel.org/linux-pci/20231102031828.GA951173%40rocinante/T/#u', '20231102031828.GA951173@rocinante'],
    ['https://lore.kernel.org/r/a%2Fb@c.example', 'a/b@c.example'],
    ['', null],
    ['https://lore.kernel.org/linux-pci/', 'refused'],
    ['https://evil.example/?20231102031828.GA951173@rocinante', 'refused'],
    ['no id', 'refused'],
    ['a@b\r\nBcc: x@y', 'refused'],
    ['a@b>, <c@d', 'refused'],
    [`${'a'.repeat(250)}@b`, 'refused'],
  ])('SE6: the thread %s', (typed, expected) => {
    expect(value(check.checkThread(typed))).toEqual(expected);
  });

  test.each([
    ['linux-pci@vger.kernel.org, iommu@lists.linux.dev\nkvm@vger.kernel.org', 3],
    ['a@b.example a@b.example', 1],
    ['', 0],
    ['Linux PCI <linux-pci@vger.kernel.org>', 'refused'],
    ['linux-pci', 'refused'],
    ['a@b.example?bcc=x@y.example', 'refused'],
    [`${'a'.repeat(250)}@b.example`, 'refused'],
    [Array.from({ length: 21 }, (_, n) => `l${n}@b.example`).join('\n'), 'refused'],
  ])('SE6: the lists %#', (typed, expected) => {
    const checked = check.checkLists(typed);
    expect(checked.ok ? checked.value.length : 'refused').toBe(expected);
  });

  test.each([
    ['pci23', 'PCI23'],
    [' PCI23 ', 'PCI23'],
    ['PCI2023', 'refused'],
    ['23', 'refused'],
    ['PCI-23', 'refused'],
    ['ABCDEFGHIJK23', 'refused'],
    ['', 'refused'],
  ])('SE6: the prefix %s', (typed, expected) => expect(value(check.checkPrefix(typed))).toBe(expected));

  test('SE6: days, zones, lengths and starts are real ones', () => {
    expect(value(check.checkDay('2023-02-29'))).toBe('refused');
    expect(value(check.checkDay('2024-02-29'))).toBe('2024-02-29');
    for (const zone of ['', 'Mars/Base', '+01:00', 'GMT+', `Europe/${'x'.repeat(60)}`, '../etc'])
      expect(value(check.checkZone(zone))).toBe('refused');
    expect(value(check.checkZone(' Europe/Prague '))).toBe('Europe/Prague');
    expect(['', '20', '0', '-5', '1e3', '1441', '20 min'].map((text) => value(check.checkMinutes(text)))).toEqual([
      ...[null, 20, 'refused', 'refused', 'refused', 'refused', 'refused'],
    ]);
    expect(value(check.checkStart('2023-11-15T10:00', 'America/New_York'))).toBe('2023-11-15T15:00:00Z');
    expect(value(check.checkStart('2023-11-15 10:00', 'America/New_York'))).toBe('2023-11-15T15:00:00Z');
    expect(value(check.checkStart('2023-11-15', 'America/New_York'))).toBe('refused');
    expect(value(check.checkStart('', 'America/New_York'))).toBeNull();
  });

  test('SE6: people and words come one a line, each once', () => {
    expect(value(check.checkSpeakers('Ada Example (Example Org)\n\nJörg Rödel\nJoerg Roedel'))).toEqual([
      { name: 'Ada Example', affiliation: 'Example Org' },
      { name: 'Jörg Rödel', affiliation: null },
    ]);
    expect(value(check.checkWords('ATS, PASID\niommufd\n ATS '))).toEqual(['ATS', 'PASID', 'iommufd']);
    expect(value(check.checkWords(`ok\n${'x'.repeat(61)}`))).toBe('refused');
  });

  test('SE6: no line holds what could make it look like something else, and a refusal is a sentence', () => {
    for (const line of ['a\u202eb', 'a\u0000b', 'a\u200bb', '\u2800', 'x'.repeat(201)])
      expect(check.checkLine(line, null)).toMatchObject({ ok: false, message: expect.stringMatching(/^[A-Z].*\.$/) });
    expect(value(check.checkLine('  two\u00a0 words ', null))).toBe('two words');
  });

  test('SE6: whatever is typed, a check answers, and what it takes it takes again as the same', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...'a@.<>1-:/ \n%') }));
    fc.assert(
      fc.property(text, (typed) => {
        for (const one of [check.checkThread, check.checkPrefix, check.checkZone, check.checkDay]) {
          const checked = one(typed);
          if (checked.ok && checked.value !== null) expect(one(checked.value)).toEqual(checked);
        }
        const lists = check.checkLists(typed);
        if (lists.ok) expect(check.checkLists(lists.value.join('\n'))).toEqual(lists);
        const words = check.checkWords(typed);
        if (words.ok) expect(check.checkWords(words.value.join('\n'))).toEqual(words);
        const people = check.checkSpeakers(typed);
        if (people.ok) expect(check.checkSpeakers(check.speakersText(people.value))).toEqual(people);
      }),
      { numRuns: 300 },
    );
  });
});
