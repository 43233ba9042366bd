import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { NoteNode } from '../note/json.ts';
import { parseMarkdown } from '../note/markdown.ts';
import { plainText } from '../note/outline.ts';
import { knownOwners, whoIsMeant } from './names.ts';
import { ownersOf } from './facts.ts';
import { readOutcome } from './read.ts';

const PEOPLE = [
  'Mara Lindqvist',
  'Tomas Okafor',
  'Priya Raman',
  'Jonas Weber',
  'Aiko Tanabe',
  'Luís Prado',
  'Søren Dahl',
];

/** Kind, state, owners, due and text, then why. */
type Said = [kind: string, state: string, owners: string, due: string, text: string, more?: string];

const LINES: [string, Said][] = [
  ['ACTION @priya: post it (due 2023-12-01)', ['action', 'open', 'Priya Raman', '2023-12-01', 'post it']],
  ['- [ ] ACTION @priya: post it', ['action', 'open', 'Priya Raman', '', 'post it']],
  ['- [x] ACTION @tomas: send it', ['action', 'done', 'Tomas Okafor', '', 'send it']],
  ['[X] send it', ['action', 'done', '', '', 'send it']],
  ['- [ ] send it', ['action', 'open', '', '', 'send it']],
  ['[] send it', ['action', 'open', '', '', 'send it']],
  ['ACTION Jonas Weber: rebase -- by end of November', ['action', 'open', 'Jonas Weber', 'end of November', 'rebase']],
  ['ACTION: Søren + Aiko -- test it (due x)', ['action', 'open', 'Søren Dahl; Aiko Tanabe', 'x', 'test it']],
  ['ACTION: Rae Ito and Bo — test it', ['action', 'open', 'Rae Ito; Bo', '', 'test it']],
  ['ACTION: rework all of it -- soon', ['action', 'open', '', '', 'rework all of it -- soon']],
  ['ACTION @jw, @at; @Rae: x', ['action', 'open', 'jw, @at; Rae', '', 'x']],
  ['ACTION @jw, @at and @Rae: x', ['action', 'open', 'Jonas Weber; Aiko Tanabe; Rae', '', 'x']],
  ['ACTION soren: x', ['action', 'open', 'Søren Dahl', '', 'x']],
  ['ACTION - x', ['action', 'open', '', '', 'x']],
  ['ACTION @Priya Raman : x', ['action', 'open', 'Priya Raman', '', 'x']],
  ['ACTION (no owner): x', ['action', 'open', '', '', 'x']],
  ['AI: x', ['action', 'open', '', '', 'x']],
  ['AI @luis: x (by v6.20 merge window)', ['action', 'open', 'Luís Prado', 'v6.20 merge window', 'x']],
  ['TODO x: y', ['action', 'open', '', '', 'x: y']],
  ['TODO: x', ['action', 'open', '', '', 'x']],
  ['TODO (no owner): x', ['action', 'open', '', '', 'x']],
  ['* TODO x', ['action', 'open', '', '', 'x']],
  ['ACTION @priya: x (dropped: no use)', ['action', 'dropped', 'Priya Raman', '', 'x', 'no use']],
  [
    'ACTION: x (due: y) (moved to list: https://a.b/c) [PCI23-A7]',
    ['action', 'moved to list', '', 'y', 'x', 'https://a.b/c'],
  ],
  ['[x] x (open)', ['action', 'done', '', '', 'x (open)']],
  ['DECISION: x', ['decision', 'sense of the room', '', '', 'x']],
  ['DECISION @mara: x (posted)', ['decision', 'posted', 'Mara Lindqvist', '', 'x']],
  ['DECISION: x (no objection) (due y)', ['decision', 'no objection', '', 'y', 'x']],
  ['AGREED - x', ['decision', 'sense of the room', '', '', 'x']],
  ['AGREED no new uAPI', ['decision', 'sense of the room', '', '', 'no new uAPI']],
  ['RESOLVED: x', ['decision', 'sense of the room', '', '', 'x']],
  ['Q: x?', ['question', 'open', '', '', 'x?']],
  ['- Q: x? (answered)', ['question', 'answered', '', '', 'x?']],
  ['QUESTION: x', ['question', 'open', '', '', 'x']],
  ['OPEN: who: a or b?', ['question', 'open', '', '', 'who: a or b?']],
  ['??? what he said', ['gap', 'open', '', '', 'what he said']],
  ['???', ['gap', 'open', '', '', '']],
  ['GAP: x (filled)', ['gap', 'filled', '', '', 'x']],
  ['DECISION:', ['decision', 'sense of the room', '', '', '']],
  ['DECISION: (posted)', ['decision', 'posted', '', '', '']],
  ['Q: is f(x) (see y) right', ['question', 'open', '', '', 'is f(x) (see y) right']],
];

test.each(LINES)('OU2: %j is read', (line, [kind, state, owners, due, text, more = '']) => {
  const read = readOutcome(line, PEOPLE);
  expect(read).toMatchObject({ facts: { kind, state, owners, due, more }, text });
});

test('OU1: the short id at the end is read back', () => {
  expect(readOutcome('DECISION: x [PCI23-D1]')).toMatchObject({ facts: { short: 'PCI23-D1' }, text: 'x' });
  expect(readOutcome('DECISION: x [1]')).toMatchObject({ facts: { short: '' }, text: 'x [1]' });
});

test.each([
  ...['', 'x', 'Rejected: x', 'Decision: x', 'Priya: x', 'AI is here', 'ACTION needed', 'ACTIONS: x', 'DECISIONS'],
  ...[
    'TODOS',
    'Q',
    'Q1: x',
    'Q:x',
    'OPEN(2)',
    'OPEN source',
    'what???',
    '???? x',
    '???x',
    '[y] x',
    '[x]: https://a.b/',
  ],
  ...['x DECISION: y', '> DECISION: x', '`TODO`', 'AGREED, x', '[1] x', '-[ ] x', 'Open: x', 'NOTE: x'],
])('OU2: %j is no outcome', (line) => {
  expect(readOutcome(line, PEOPLE)).toBeNull();
});

test.each([
  ['Priya Raman', 'Priya Raman'],
  ['@priya', 'Priya Raman'],
  ['raman', 'Priya Raman'],
  ['PR', 'Priya Raman'],
  ['pri', 'Priya Raman'],
  ['luis', 'Luís Prado'],
  ['Soren', 'Søren Dahl'],
  ['pr', 'Priya Raman'],
  ['p', null],
  ['an', null],
  ['Rae', null],
  ['', null],
])('OU4: %j is %j', (words, name) => {
  expect(whoIsMeant(words, PEOPLE)).toBe(name);
});

test('OU4: a name that two people have is left as it is written', () => {
  expect(knownOwners(['Ana', 'ana bo', 'AB'], ['Ana Bo', 'Ana Çelik'])).toEqual(['Ana', 'Ana Bo']);
});

test('OU4: names are kept once, without signs that cannot be seen', () => {
  expect(ownersOf(' Ana ;; Bo\u0007 C\n;Ana')).toEqual(['Ana', 'Bo C']);
});

/** Written by hand, from the file. */
const SAMPLE: Said[] = [
  ['decision', 'sense of the room', '', '', 'fault queue is a separate iommufd object with its own fd.'],
  ['decision', 'sense of the room', '', '', 'pending faults are answered with INVALID when the fd is closed.'],
  ['decision', 'sense of the room', '', '', 'no new uAPI for vfio type1; new features go to iommufd only.'],
  ['question', 'open', '', '', 'who owns the PASID number space when a VF is sub-assigned?'],
  [
    ...(['gap', 'open', '', ''] as const),
    'does write-combine on arm64 need a flag at IOAS map time (VFIO topic, see "Write-combine on non-x86 architectures")',
  ],
  ['question', 'open', '', '', 'can CONFIG_IOMMUFD_VFIO_CONTAINER=y become the default in v6.9-rc1?'],
  [
    ...(['action', 'open', 'Priya Raman', '2023-12-01'] as const),
    'post fault-queue RFC to iommu@lists.linux.dev, cc kvm@vger.kernel.org',
  ],
  ['action', 'open', 'Jonas Weber', 'end of November', 'rebase stage-1 series on v6.7-rc1'],
  [
    ...(['action', 'open', 'Søren Dahl; Aiko Tanabe', '2023-12-15'] as const),
    'selftest for queue overflow in tools/testing/selftests/iommu/',
  ],
  ['action', 'done', 'Tomas Okafor', '', 'send these notes to linux-pci@vger.kernel.org'],
  ['action', 'open', '', '', 'document limits in Documentation/userspace-api/iommufd.rst'],
  ['action', 'open', 'Luís Prado', '', 'check CVE-2023-00000-like reports? (placeholder, not a CVE)'],
];

test('OU2: the notes of a session hold exactly their outcomes', () => {
  const source = readFileSync(new URL('../../../tests/fixtures/notes/iommufd.md', import.meta.url), 'utf8');
  const found: Said[] = [];
  const visit = (node: NoteNode): void => {
    const { kind, state, owners, due } = (node.attrs ?? {}) as Record<string, string>;
    if (node.type === 'outcome')
      found.push([
        kind ?? '',
        state ?? '',
        knownOwners(ownersOf(owners), PEOPLE).join('; '),
        due ?? '',
        plainText(node),
      ]);
    node.content?.forEach(visit);
  };
  parseMarkdown(source).content.forEach(visit);
  expect(found).toEqual(SAMPLE);
});
