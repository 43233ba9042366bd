import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { readNote } from './read.ts';
import { isTemplate, templateNote, templateUpdate } from './template.ts';

function opened(): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, templateUpdate());
  return doc;
}

test('LO3: the template is always the same bytes, so applied twice it stands there once', () => {
  expect(templateUpdate()).toEqual(templateUpdate());
  const doc = opened();
  Y.applyUpdate(doc, templateUpdate());
  expect(readNote(doc)).toEqual(templateNote());
});

test('TX6: a note as it was made equals its template', () => {
  expect(isTemplate(readNote(opened()), templateNote())).toBe(true);
});

test('TX6: one letter, one empty line or one other heading makes it a note', () => {
  const { content } = templateNote();
  const heading = (text: string) => ({ type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text }] });
  const notes = [
    [content[0]!, { type: 'paragraph', content: [{ type: 'text', text: 'x' }] }],
    [...content, { type: 'paragraph' }],
    [heading('Discussions'), content[1]!],
    [],
  ];
  for (const changed of notes) expect(isTemplate({ type: 'doc', content: changed }, templateNote())).toBe(false);
});

test('TX6: text taken back leaves the template', () => {
  const doc = opened();
  const paragraph = doc.getXmlFragment('note').get(1) as Y.XmlElement;
  paragraph.insert(0, [new Y.XmlText('gone again')]);
  expect(isTemplate(readNote(doc), templateNote())).toBe(false);
  paragraph.delete(0, 1);
  expect(isTemplate(readNote(doc), templateNote())).toBe(true);
});
