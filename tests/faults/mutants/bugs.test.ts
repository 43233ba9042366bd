import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { BUGS, planted } from './bugs.ts';

test('QA2: there are twelve bugs to plant, each with a name of its own', () => {
  expect(new Set(BUGS.map(({ name }) => name)).size).toBe(12);
});

test.each(BUGS.map((bug) => [bug.name, bug] as const))(
  'QA2: "%s" can still be planted, and its test is there',
  (_name, bug) => {
    for (const edit of bug.edits) {
      const source = readFileSync(edit.file, 'utf8');
      expect(planted(bug, edit, source)).not.toBe(source);
      expect(() => planted(bug, edit, source.replace(edit.text, ''))).toThrow('holds 0 times');
    }
    const { file, title, stands = file } = bug.test;
    // The seeds in a title of the simulation are filled in.
    const written = title.replace(/^seeds 0 to 24 /, '');
    expect(readFileSync(stands, 'utf8')).toContain(written);
  },
);
