import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseMarkdown } from '../note/markdown.ts';
import { arbitraryNote } from '../../../tests/support/arbitrary-note.ts';
import { renderMarkdown } from './markdown.ts';

test('TX2: note > Markdown > note is equal for every note of the schema', () => {
  fc.assert(
    fc.property(arbitraryNote(), (note) => {
      expect(parseMarkdown(renderMarkdown(note))).toEqual(note);
    }),
    { numRuns: Number(process.env.RUNS ?? 1000) },
  );
});
