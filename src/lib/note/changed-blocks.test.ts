import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { parseMarkdown } from '#core/note/markdown.ts';
import { readNote } from '#core/note/read.ts';
import { noteDoc } from '#core/note/write.ts';
import { renderMarkdown } from '#core/render/markdown.ts';
import { ChangedBlocks } from './changed-blocks.ts';

function paragraph(text: string): Y.XmlElement {
  const element = new Y.XmlElement('paragraph');
  element.insert(0, [new Y.XmlText(text)]);
  return element;
}

function noteOf(...texts: string[]): { doc: Y.Doc; note: Y.XmlFragment; changed: ChangedBlocks } {
  const doc = new Y.Doc();
  const note = doc.getXmlFragment('note');
  note.insert(0, texts.map(paragraph));
  return { doc, note, changed: new ChangedBlocks(note) };
}

const textsOf = (changed: ChangedBlocks): (string | undefined)[] =>
  readNote(changed.extract()).content.map((block) => block.content?.[0]?.text);

test('CL6: the copy holds the blocks changed or added here, in their order', () => {
  const { note, changed } = noteOf('one', 'two', 'three');
  note.push([paragraph('four')]);
  ((note.get(1) as Y.XmlElement).get(0) as Y.XmlText).insert(3, ' and more');
  expect(textsOf(changed)).toEqual(['two and more', 'four']);
});

test('CL6: the copy has everything of a block: marks, links, kinds, images, outcomes, cells and ticks', () => {
  const rich = [
    '## A **bold** heading',
    'see [the list](https://lore.kernel.org/kvm/) and `iommu_map()`, _now_ and ~~then~~',
    '- one\n  - two **and** three',
    '- [x] ACTION @Alex: send it (due 2023-12-01)',
    '```c\nint a;\n\tb();\n```',
    '![a picture](/files/0123456789abcdefghijklmnop-640x480.png)',
    '| a | b |\n| --- | --- |\n| `c` | d |',
    '> [!NOTE]\n> careful **here**',
    '<details>\n<summary>log</summary>\n\nlines\n\n</details>',
  ].map((block) => `${block}\n`);
  const doc = noteDoc(parseMarkdown(rich.join('\n')));
  const before = renderMarkdown(readNote(doc));
  const changed = new ChangedBlocks(doc.getXmlFragment('note'));
  expect(renderMarkdown(readNote(changed.extract()))).toBe(before);
  for (const word of [
    '**bold**',
    '(https://lore.kernel.org/kvm/)',
    '`iommu_map()`',
    'picture](/files/',
    '(due 2023-12-01)',
  ])
    expect(before).toContain(word);
});

test('CL6: what others changed is not in it', () => {
  const { doc, note, changed } = noteOf('one', 'two');
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  other.getXmlFragment('note').push([paragraph('theirs')]);
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
  note.push([paragraph('mine')]);
  expect(textsOf(changed)).toEqual(['mine']);
});

test('CL6: nothing known as changed: the whole note', () => {
  const { note, changed } = noteOf('one', 'two');
  expect(textsOf(changed)).toEqual(['one', 'two']);
  note.push([paragraph('three')]);
  changed.clear();
  expect(textsOf(changed)).toEqual(['one', 'two', 'three']);
});

test('CL6: copying changes nothing of the note', () => {
  const { doc, note, changed } = noteOf('one');
  note.push([paragraph('two')]);
  const before = Y.encodeStateAsUpdate(doc);
  changed.extract();
  expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
});
