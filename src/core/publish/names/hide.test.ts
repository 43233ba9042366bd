import fc from 'fast-check';
import { expect, test } from 'vitest';
import { published, PUBLISHED_EVENT, PUBLISHED_NOTES } from '../../../../tests/support/published.ts';
import { csvFile } from '../csv.ts';
import { PUBLISH_FORMS, type PublishForm } from '../form-names.ts';
import { FORMS } from '../forms.ts';
import { resultsText } from '../results.ts';
import { hiddenNames } from './hidden.ts';
import { hide, hideName } from './hide.ts';
import { withoutNames } from './hide-event.ts';

const PRIYA = hiddenNames([{ name: 'Priya Raman', initials: 'prn' }]);
const LUIS = hiddenNames([{ name: 'Luís Prado' }, { name: 'Will Deacon' }, { name: '王小明' }]);

test.each([
  ['Priya Raman said so', 'A participant said so'],
  ['as PRIYA RAMAN and priya  raman said', 'as a participant and a participant said'],
  ["Priya's patch, (Raman) too", "A participant's patch, (a participant) too"],
  ['Priyanka and Ramanujan stay', 'Priyanka and Ramanujan stay'],
  ['the raman effect stays', 'the raman effect stays'],
  ['priya: x', 'A participant: x'],
  ['[12:16] PR: x\nprn: y\nPRO: z', '[12:16] A participant: x\nA participant: y\nPRO: z'],
  ['ask @priya, @pr and @Raman', 'ask a participant, a participant and a participant'],
  ['mail <priya.raman@nvidia.com>', 'mail <address withheld>'],
  ['Reported-by: Priya Raman <x@example.org>', 'Reported-by: a participant <address withheld>'],
  ['https://example.org/~priya/Priya-Raman', 'https://example.org/~priya/Priya-Raman'],
  ['<20231108.Priya.Raman-v7@example.org>', '<20231108.Priya.Raman-v7@example.org>'],
  ['to priya@vger.kernel.org', 'to priya@vger.kernel.org'],
  ['a PR: b, two PRs', 'a PR: b, two PRs'],
])('PU7: %j', (text, said) => {
  expect(hide(text, PRIYA)).toBe(said);
});

test.each([
  ['Luis Prado, Luís PRADO, Lui\u0301s', 'A participant, a participant, a participant'],
  ['Luísa stays', 'Luísa stays'],
  ['Will this land? Will Deacon asked; Will: yes', 'Will this land? a participant asked; Will: yes'],
  ['Will: yes, @will', 'A participant: yes, a participant'],
  ['由王小明提出', '由a participant提出'],
])('PU7: with accents, and names that are words: %j', (text, said) => {
  expect(hide(text, LUIS)).toBe(said);
});

test('PU7: where either of two who are hidden could be meant, neither is named', () => {
  const both = hiddenNames([{ name: 'Ana Bo' }, { name: 'Ana Ci' }]);
  expect(hide('Ana: ask @ana, and Ana Ci', both)).toBe('A participant: ask a participant, and a participant');
});

test('PU7: an owner goes by first name, initials and beginning', () => {
  expect(['Priya', 'PR', 'prn', 'Pri', 'Priya Raman', 'Ana'].map((name) => hideName(name, PRIYA))).toEqual([
    ...['a participant', 'a participant', 'a participant', 'a participant', 'a participant', 'Ana'],
  ]);
});

const made = (form: PublishForm, unnamed: 'asked' | 'all', people = PUBLISHED_EVENT.settings.people) => {
  const publication = published({ event: { settings: { ...PUBLISHED_EVENT.settings, people } }, unnamed });
  const body = FORMS[form].body(publication, { columns: 72, date: '2023-11-16T00:00:00Z', messageId: 'a@b' });
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  // What is folded is one line, and so is what is wrapped.
  return text.replaceAll('\r\n ', '').replace(/\s+/g, ' ');
};
const ALL = PUBLISH_FORMS;

test.each(ALL)('PU7: who asked not to be named is in no part of .%s, the others are', (form) => {
  const people = [{ name: 'Priya Raman', initials: null, affiliation: null, unnamed: true }];
  expect(made(form, 'asked')).toContain('Priya');
  expect(made(form, 'asked', people)).not.toMatch(/priya|raman/i);
  expect(made(form, 'asked', people)).toContain('Jonas Weber');
});

test.each(ALL)('PU7: with no names at all nobody who is known is in .%s', (form) => {
  expect(made(form, 'all')).not.toMatch(
    /mara|lindqvist|tomas|okafor|priya|raman|jonas|weber|aiko|tanabe|lu[ií]s|prado|s[øo]ren|dahl/i,
  );
  expect(made(form, 'all')).toMatch(/a participant/i);
});

test('PU7: a filter by a person still finds the outcomes, and does not say the name', () => {
  const publication = published({
    unnamed: 'all',
    choice: {
      outcome: ({ owners }) => owners.includes('Priya Raman'),
      chosen: [{ field: 'owner', words: 'PR' }],
      narrowed: true,
    },
  });
  expect(publication.chosen).toEqual(['owner: a participant']);
  expect(csvFile(publication)).toContain('PCI23-A7');
  expect(resultsText(publication)).not.toContain('Priya');
});

test('PU7: nothing changes while nobody asked', () => {
  const named = { event: PUBLISHED_EVENT, notes: PUBLISHED_NOTES };
  expect(withoutNames(named, 'asked')).toMatchObject(named);
});

test('PU7: any text with a name in it, whatever stands beside it, has it no more', () => {
  const beside = fc.constantFrom(' ', '\n', ', ', '. ', ' (', ') ', '"', ' <', '> ', ': ', '; ', '-', '’s ', '/', '*');
  const words = fc.stringMatching(/^[a-z ]{0,12}$/);
  fc.assert(
    fc.property(
      words,
      beside,
      beside,
      words,
      fc.constantFrom('Priya Raman', 'Priya', 'Raman', 'PRIYA RAMAN'),
      (a, b, c, d, name) => {
        expect(hide(`${a}${b}${name}${c}${d}`, PRIYA)).not.toMatch(/priya|raman/i);
      },
    ),
  );
});
