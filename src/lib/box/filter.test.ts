import { expect, test } from 'vitest';
import { score } from './filter.ts';

test.each([
  ['iommufd', ['/dev/iommufd development']],
  ['iommu over', ['IOMMU overhead']],
  ['pgtab', ['Generic page table']],
  ['over iommu', ['IOMMU overhead']],
  ['zzz', []],
  ['', ['/dev/iommufd development', 'IOMMU overhead', 'Generic page table']],
])('WR6: “%s” finds %j', (typed, found) => {
  const all = ['/dev/iommufd development', 'IOMMU overhead', 'Generic page table'];
  expect(all.filter((words) => score(typed, words) > 0)).toEqual(found);
});

test('WR6: the beginning of the words is better than of a word, that better than its middle, that better than single letters', () => {
  const scores = ['Table', 'Page table', 'Stable', 'to a bold line'].map((words) => score('table', words));
  expect(scores).toEqual([...scores].sort((one, other) => other - one));
  expect(new Set(scores.slice(0, 3)).size).toBe(3);
});
