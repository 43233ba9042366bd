import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { undoInOrder } from './undo-in-order.ts';

test('ED7: words whose deletion was undone, and their block’s too, stand in every copy where they stand here', () => {
  const doc = new Y.Doc();
  const note = doc.getXmlFragment('note');
  const manager = new Y.UndoManager(note, { captureTimeout: 0 });
  undoInOrder(manager);
  const block = new Y.XmlElement('paragraph');
  note.insert(0, [block]);
  const text = new Y.XmlText();
  block.insert(0, [text]);
  text.insert(0, 'one');
  text.insert(3, ' two');
  text.delete(2, 5);
  manager.undo();
  text.insert(5, '!');
  note.delete(0);
  manager.undo();
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  expect(note.toString()).toBe('<paragraph>one t!wo</paragraph>');
  expect(copy.getXmlFragment('note').toString()).toBe('<paragraph>one t!wo</paragraph>');
});
