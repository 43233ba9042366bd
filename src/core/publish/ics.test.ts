import { fc } from '../../../tests/support/properties.ts';
import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { noteStates, published, writtenNote } from '../../../tests/support/published.ts';
import { icsFile } from './ics.ts';

const NOW = '2023-11-16T09:05:07.000Z';
const tasks = (file: string) => new ICAL.Component(ICAL.parse(file) as unknown[]).getAllSubcomponents('vtodo');
const task = (line: string) => {
  const [first] = tasks(icsFile(published({ notes: noteStates({ iommufd: writtenNote(line) }) }), NOW));
  return (name: string): unknown => first?.getFirstPropertyValue(name);
};

test('PU5: a calendar parser reads the actions as tasks', () => {
  const all = tasks(icsFile(published(), NOW));
  expect(all).toHaveLength(6);
  const value = (name: string): unknown => all[0]?.getFirstPropertyValue(name);
  expect(value('uid')).toBe('PCI23-A7@notes.example.org');
  expect(value('summary')).toBe('post fault-queue RFC to iommu@lists.linux.dev, cc kvm@vger.kernel.org');
  expect(String(value('due'))).toBe('2023-12-01');
  expect(String(value('dtstamp'))).toBe('2023-11-16T09:05:07Z');
  expect(value('status')).toBe('NEEDS-ACTION');
  expect(value('url')).toBe('https://notes.example.org/o/PCI23-A7');
  expect(value('description')).toBe(
    'Owner: Priya Raman\nSession: iommufd: status and next steps\nhttps://notes.example.org/o/PCI23-A7',
  );
});

test.each([
  ['open', 'NEEDS-ACTION'],
  ['done', 'COMPLETED'],
  ['dropped', 'CANCELLED'],
  ['blocked', 'NEEDS-ACTION'],
  ['moved to list', 'IN-PROCESS'],
])('PU5: an action that is %s has the status %s', (state, status) => {
  expect(task(`ACTION: x (${state})`)('status')).toBe(status);
});

test('PU5: a due point in words is said and is no date', () => {
  const read = task('ACTION @Ana: x (due before v6.20 merge window) (blocked: by y)');
  expect(read('due')).toBeNull();
  expect(read('description')).toContain('Due: before v6.20 merge window\nState: blocked: by y\n');
  expect(task('ACTION: x (due 2023-02-31)')('due')).toBeNull();
});

const WORDS = fc.array(
  fc.oneof(
    fc.constantFrom('\\', ';', ',', ':', '"', 'ø', '😀', 'END:VTODO'),
    fc.string({ unit: 'grapheme', maxLength: 30 }),
  ),
  { maxLength: 20 },
);

test('PU5: any text is one task, in lines of at most 75 octets', () => {
  fc.assert(
    fc.property(WORDS, (parts) => {
      const text = parts
        .join('')
        .replace(/\p{Cc}/gu, ' ')
        .trim();
      const note = writtenNote('ACTION: x');
      const [node] = note.content;
      if (node) node.content = [{ type: 'text', text: `x${text}` }];
      const file = icsFile(published({ notes: noteStates({ iommufd: note }) }), NOW);
      for (const line of file.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
      const [only, ...others] = tasks(file);
      expect(others).toEqual([]);
      const summary = only?.getFirstPropertyValue('summary');
      expect(String(summary).replace(/\s+/g, ' ')).toBe(`x${text}`.toWellFormed().replace(/\s+/g, ' ').trim());
    }),
  );
});
