import { parse } from 'csv-parse/sync';
import { fc } from '../../../tests/support/properties.ts';
import { expect, test } from 'vitest';
import { published, PUBLISHED_EVENT } from '../../../tests/support/published.ts';
import { choiceOf } from './choice.ts';
import { csvCell, csvFile } from './csv.ts';

const rows = (file: string) => parse(file, { columns: true }) as Record<string, string>[];

test('PU5: the actions as a table that a parser reads', () => {
  const actions = rows(csvFile(published()));
  expect(actions).toHaveLength(6);
  expect(actions[0]).toEqual({
    ...{ id: 'PCI23-A7', kind: 'action', owners: 'Priya Raman', due: '2023-12-01', state: 'open', more: '' },
    what: 'post fault-queue RFC to iommu@lists.linux.dev, cc kvm@vger.kernel.org',
    ...{ session: 'iommufd: status and next steps', topics: 'IOMMU > /dev/iommufd development' },
    link: 'https://notes.example.org/o/PCI23-A7',
  });
  expect(actions.map(({ owners }) => owners)[2]).toBe('Søren Dahl; Aiko Tanabe');
});

test('PU5: other kinds are in it when they are asked for', () => {
  const { choice } = choiceOf(new URLSearchParams('kind=decision&kind=gap'), PUBLISHED_EVENT);
  expect(rows(csvFile(published({ choice }))).map(({ kind }) => kind)).toEqual([
    'decision',
    'decision',
    'decision',
    'gap',
  ]);
});

const CELL = fc
  .array(
    fc.oneof(
      fc.constantFrom('=', '+', '-', '@', "'", '"', ',', '\r', '\n', '\t', ' ', ';', '＝'),
      fc.string({ maxLength: 4 }),
    ),
  )
  .map((parts) => parts.join(''));

test('PU5: any cell comes back by a parser, less the apostrophe before what could be a formula', () => {
  fc.assert(
    fc.property(fc.array(CELL, { minLength: 2, maxLength: 5 }), (cells) => {
      const [read = []] = parse(`${cells.map(csvCell).join(',')}\r\n`, { record_delimiter: '\r\n' }) as string[][];
      expect(read.map((cell) => cell.replace(/^'(?='*(?:[\s\p{Cc}]*[=+\-@＝＋－＠]|[\t\r\n]))/u, ''))).toEqual(
        cells.map((cell) => cell.toWellFormed()),
      );
      for (const cell of read) expect(cell).not.toMatch(/^[\s\p{Cc}]*[=+\-@＝＋－＠]|^[\t\r\n]/u);
    }),
  );
  expect(csvCell('a - b = c')).toBe('a - b = c');
  expect(csvCell('=HYPERLINK("x")')).toBe(`"'=HYPERLINK(""x"")"`);
});
