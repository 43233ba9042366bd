import { fc } from '../../../tests/support/properties.ts';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { noteDoc } from '#core/note/write.ts';
import { touches } from './touches.ts';

const paragraph = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] });

test('TO5: an update is known to change a text before it is applied, and only such a one', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(2), fc.nat(9), fc.boolean()), { minLength: 1, maxLength: 6 }),
      fc.boolean(),
      (acts, takenOut) => {
        const here = noteDoc({ type: 'doc', content: ['first', 'second', 'third'].map(paragraph) }, 1);
        const there = new Y.Doc();
        Y.applyUpdate(there, Y.encodeStateAsUpdate(here));
        const textOf = (doc: Y.Doc, block: number) =>
          (doc.getXmlFragment('note').get(block) as Y.XmlElement).get(0) as Y.XmlText;
        there.transact(() => {
          for (const [block, at, put] of acts) {
            const text = textOf(there, block);
            if (put) text.insert(Math.min(at, text.length), 'new');
            else if (text.length > 0) text.delete(Math.min(at, text.length - 1), 1);
          }
          if (takenOut) there.getXmlFragment('note').delete(0, 1);
        });
        const update = Y.encodeStateAsUpdate(there, Y.encodeStateVector(here));
        const texts = [0, 1, 2].map((block) => textOf(here, block));
        const said = texts.map((text) => touches(update, text as Y.AbstractType<unknown>));
        const changed = new Set<unknown>();
        here.on('afterTransaction', (transaction: Y.Transaction) => {
          for (const type of transaction.changed.keys()) changed.add(type);
        });
        Y.applyUpdate(here, update);
        // Text put in and deleted again in one update is told of, though nobody sees it.
        texts.forEach((text, i) => changed.has(text) && expect(said[i]).toBe(true));
        said.forEach((did, i) => {
          const meant = acts.some(([block]) => block === i) || (takenOut && i === 0);
          if (!meant) expect(did).toBe(false);
        });
      },
    ),
  );
});
