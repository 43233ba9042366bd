import { Node } from '@tiptap/pm/model';
import { expect, it } from 'vitest';
import { noteSchema } from '#core/note/schema.ts';
import { placeNear } from './image-place.ts';

const p = (text = '') => ({ type: 'paragraph', content: text === '' ? [] : [{ type: 'text', text }] });
const doc = (...content: object[]) => Node.fromJSON(noteSchema, { type: 'doc', content });
const list = { type: 'bulletList', content: [{ type: 'listItem', content: [p('one')] }] };
const cell = { type: 'tableCell', content: [{ type: 'text', text: 'x' }] };
const table = { type: 'table', content: [{ type: 'tableRow', content: [cell] }] };

/** Which block the image would stand in, and the text on either side of it. */
function place(note: Node, pos: number): string | null {
  const image = noteSchema.nodes['image'];
  const found = image && placeNear(note, pos, image);
  if (found == null) return null;
  const { parent, nodeBefore, nodeAfter } = note.resolve(found);
  return `${parent.type.name}: ${nodeBefore?.textContent ?? ''} # ${nodeAfter?.textContent ?? ''}`;
}

it.each([
  ['the start of a line: before it', doc(p('one'), p('two')), 6, 'doc: one # two'],
  ['within a line: behind it', doc(p('one'), p('two')), 2, 'doc: one # two'],
  ['the end of the note: behind it', doc(p('one')), 4, 'doc: one # '],
  ['an empty line: before it', doc(p('one'), p()), 6, 'doc: one # '],
  ['between two lines: there', doc(p('one'), p('two')), 5, 'doc: one # two'],
  ['a list item: in it', doc(list, p('two')), 5, 'listItem: one # '],
  ['a table: behind it', doc(table, p('two')), 4, 'doc: x # two'],
  ['far behind the end: at the end', doc(p('one')), 99, 'doc: one # '],
])('WR13: an image brought to %s', (_, note, pos, expected) => {
  expect(place(note, pos)).toBe(expected);
});
