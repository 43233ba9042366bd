import { expect, test } from 'vitest';
import { personPath, personSlug } from './person-slug.ts';
import { isSlug } from './slugs.ts';

test.each([
  ['Jörg Rödel', 'jorg-rodel'],
  ['jorg rodel', 'jorg-rodel'],
  ['Łukasz Wilczyński', 'lukasz-wilczynski'],
  ['Weiß', 'weiss'],
  ["Siobhán O'Brien-Moore", 'siobhan-o-brien-moore'],
  ['JW', 'jw'],
  ['?!', 'nobody'],
])('OU12: the page of %s is %s', (name, slug) => {
  expect(personSlug(name)).toBe(slug);
});

test('OU12: names in other scripts, and long ones, are told apart', () => {
  const names = ['王伟', '李娜', 'A 王伟', 'A 李娜', 'x'.repeat(60), `${'x'.repeat(60)}y`];
  const slugs = names.map(personSlug);
  expect(new Set(slugs).size).toBe(names.length);
  expect(slugs.filter((slug) => !isSlug(slug) || slug.length > 60)).toEqual([]);
  expect(personPath('mc', 'A B')).toBe('/mc/people/a-b');
});
