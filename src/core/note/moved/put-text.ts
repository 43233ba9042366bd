import type * as Y from 'yjs';
import type { Character } from './characters.ts';

type Marks = Character['marks'];

/** Writes the characters into the text at this index, with their own marks and none of what stands around them. */
export function putText(text: Y.XmlText, index: number, characters: readonly Character[]): void {
  const around = marksBefore(text, index);
  text.insert(index, characters.map(({ sign }) => sign).join(''));
  let at = index;
  for (const { marks, length } of stretches(characters)) {
    const change = { ...none(around), ...marks };
    if (!same(around, marks)) text.format(at, length, change);
    at += length;
  }
}

function stretches(characters: readonly Character[]): { marks: Marks; length: number }[] {
  const found: { marks: Marks; length: number }[] = [];
  for (const { marks, sign } of characters) {
    const last = found.at(-1);
    if (last && same(last.marks, marks)) last.length += sign.length;
    else found.push({ marks, length: sign.length });
  }
  return found;
}

/** What is inserted at this index takes on. */
function marksBefore(text: Y.XmlText, index: number): Marks {
  let at = 0;
  for (const { insert, attributes } of text.toDelta() as { insert: unknown; attributes?: Marks }[]) {
    at += typeof insert === 'string' ? insert.length : 1;
    if (at >= index) return index === 0 ? {} : (attributes ?? {});
  }
  return {};
}

const none = (marks: Marks): Marks => Object.fromEntries(Object.keys(marks).map((name) => [name, null]));

const same = (one: Marks, other: Marks): boolean =>
  JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());
