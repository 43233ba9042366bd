import { readFileSync } from 'node:fs';
import { fc } from '../../../../tests/support/properties.ts';
import { expect, test } from 'vitest';
import {
  noteStates,
  published,
  PUBLISHED_EVENT,
  PUBLISHED_NOTES,
  writtenNote,
} from '../../../../tests/support/published.ts';
import { csvFile } from '../csv.ts';
import { PUBLISH_FORMS, type PublishForm } from '../form-names.ts';
import { FORMS } from '../forms.ts';
import { mailText } from '../mail/mail-text.ts';
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

test('PU7 SE9: who signs in several ways, one of them a whole name, is left out in each', () => {
  const priya = hiddenNames([{ name: 'Priya Raman', initials: 'prn, Pia Raman' }]);
  expect(hide('prn: x\nPia Raman, @pia and Priya Raman', priya)).toBe(
    'A participant: x\nA participant, a participant and a participant',
  );
});

test('PU7: where either of two who are hidden could be meant, neither is named', () => {
  const both = hiddenNames([{ name: 'Ana Bo' }, { name: 'Ana Ci' }]);
  expect(hide('Ana: ask @ana, and Ana Ci', both)).toBe('A participant: ask a participant, and a participant');
});

test.each([
  ['as Tomas Okafor said, and Tomas', 'as a participant said, and a participant'],
  ["Tomas van der Berg's patch, Tomas K. O'Brien", "A participant's patch, a participant"],
  ['ask Tomas. Okay', 'ask a participant. Okay'],
  [
    'Tomas ARM needs, Tomas VFs, Tomas Foo_bar()',
    'A participant ARM needs, a participant VFs, a participant Foo_bar()',
  ],
  ['ask Tomas, Okafor stays', 'ask a participant, Okafor stays'],
  ['with Tomas Monday, Tomas\nThe rest', 'with a participant Monday, a participant\nThe rest'],
  ['Tomas Okafor: x', 'A participant: x'],
])('PU7: known by one word, and the rest of the name goes with it: %j', (text, said) => {
  expect(hide(text, hiddenNames([{ name: 'Tomas' }]))).toBe(said);
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

/** Of notes in an event that knows nobody. */
const unnamedNotes = (markdown: string) => {
  const event = { people: [], sessions: PUBLISHED_EVENT.sessions.map((session) => ({ ...session, people: [] })) };
  const notes = noteStates({ iommufd: writtenNote(markdown, []) });
  return mailText(published({ event, notes, unnamed: 'all' }), 100);
};

test('PU7: with no names at all the notes of an event without people name nobody', () => {
  const notes = readFileSync(new URL('../../../../tests/fixtures/notes/iommufd.md', import.meta.url), 'utf8');
  const text = unnamedNotes(notes.replace(/^<!--.*?-->\s*/s, ''));
  expect(text).not.toMatch(
    /mara|lindqvist|tomas|okafor|priya|raman|jonas|weber|aiko|tanabe|lu[ií]s|prado|s[øo]ren|dahl/i,
  );
  expect(text).toContain('Chair: a participant    Notes: a participant, everyone\n');
  expect(text).toContain('In the room: a participant, a participant, a participant, a participant, a participant\n');
  expect(text).toContain('Reported-by: a participant <address withheld>\n');
  expect(text).toMatch(/- A participant: ARM needs IOMMU_HWPT_ALLOC/);
  expect(text).toMatch(/Rejected: reusing[^]*Link: https:[^]*Follow-up: schedule/);
});

test.each([
  [
    'Scribe: Anna Borg and Cilla Doe (remote)\nLater Doe said, and Anna',
    'Scribe: a participant and a participant (remote)\nLater a participant said, and a participant',
  ],
  ['Acked-by: Anna Borg <anna@example.org>\nBorg did', 'Acked-by: a participant <address withheld>\nA participant did'],
  ['[12:16] Anna: x\nas Anna said', '[12:16] A participant: x\nas a participant said'],
  ['Anna Borg (Intel): x\nIntel and Borg', 'A participant (Intel): x\nIntel and a participant'],
  ['ACTION: Anna -- post it\n\nAnna Borg wants it. Borg too', 'A participant wants it. a participant too'],
  ['Notes: see the slides\nPresent: everyone, Intel', 'Notes: see the slides\nPresent: everyone, Intel'],
  [
    'Problem: too slow\nLocking: a lock, locking it\nPosted: yes',
    'Problem: too slow\nLocking: a lock, locking it\nPosted: yes',
  ],
  ['ARM: x\nIOMMU: y\nXeon: z', 'ARM: x\nIOMMU: y\nXeon: z'],
])('PU7: with no names at all, names are known by where they stand: %j', (markdown, said) => {
  expect(unnamedNotes(markdown)).toContain(`\n\n${said}\n`);
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
