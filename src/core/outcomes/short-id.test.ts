import { describe, expect, test } from 'vitest';
import { isOutcomeId, kindLetter, outcomeAnchor, shortId } from './short-id.ts';

describe('OU6, OU7: short ids', () => {
  test.each([
    ['PCI23-A7', 'PCI23-A7'],
    ['pci23-a7', 'PCI23-A7'],
    ['E05-G123', 'E05-G123'],
    ['PCI23-A07', null],
    ['PCI23-X7', null],
    ['PCI-A7', null],
    ['PCI23-A7 ', null],
    [`PCI23-A${'7'.repeat(30)}`, null],
    ['', null],
    [7, null],
    [undefined, null],
  ])('OU7: %j is read as %j', (written, short) => {
    expect(shortId(written)).toBe(short);
    expect(outcomeAnchor(written)).toBe(short === null ? null : `o-${short}`);
  });

  test('OU6: the letter is that of the kind; what is no kind counts as a gap', () => {
    expect(['decision', 'action', 'question', 'gap', 'Gap', 'constructor', 7].map(kindLetter).join('')).toBe('DAQGGGG');
  });

  test('OU5: an id is 26 letters and digits', () => {
    expect(['a'.repeat(26), '0'.repeat(26), 'a'.repeat(25), 'A'.repeat(26), 7].map(isOutcomeId)).toEqual([
      ...[true, true, false, false, false],
    ]);
  });
});
