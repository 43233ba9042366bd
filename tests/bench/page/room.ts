import * as Y from 'yjs';
import type { NoteNode } from '../../../src/core/note/json.ts';
import { noteDoc } from '../../../src/core/note/write.ts';
import { Peer } from '../load/peer.ts';
import type { Target } from '../load/peer.ts';

const SENTENCE =
  'The driver asks for the fault queue before the domain is attached, and gives it back when the last user is gone. ';
const BLOCKS_AT_ONCE = 100;

/** One room of the measured event. */
export interface Room {
  /** Path of its page. */
  path: string;
  target: Target;
}

/** Appends `blocks` blocks to a note, through a connection of its own; resolves when the server has them on disk. */
export async function fill({ target }: Room, blocks: number): Promise<void> {
  const doc = new Y.Doc();
  let markSaved: () => void = () => undefined;
  const saved = new Promise<void>((resolve) => (markSaved = resolve));
  let sent = false;
  const peer: Peer = new Peer(
    { ...target, subprotocol: 'plumbline.v1' },
    {
      onUpdate: (update) => Y.applyUpdate(doc, update, 'server'),
      onAck: (count) => {
        if (sent && count >= peer.framesSent) markSaved();
      },
    },
  );
  await peer.synced;
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'server') peer.sendUpdate(update);
  });
  const note = doc.getXmlFragment('note');
  for (let from = 0; from < blocks; from += BLOCKS_AT_ONCE) {
    const part = noteDoc({ type: 'doc', content: blocksOf(from, Math.min(blocks, from + BLOCKS_AT_ONCE)) });
    const made = part.getXmlFragment('note').toArray() as Y.XmlElement[];
    doc.transact(() => note.push(made.map((element) => element.clone())));
    part.destroy();
  }
  sent = true;
  await saved;
  peer.socket.destroy();
}

/** Minutes of a long day: headings, paragraphs with bold words and links, lists, code. */
function blocksOf(from: number, to: number): NoteNode[] {
  return Array.from({ length: to - from }, (_, index) => block(from + index));
}

function block(number: number): NoteNode {
  if (number % 25 === 0) return { type: 'heading', attrs: { level: 2 }, content: [text(`Part ${number / 25 + 1}`)] };
  if (number % 8 === 0) return { type: 'bulletList', content: [item(number), item(number), item(number)] };
  if (number % 30 === 0)
    return { type: 'codeBlock', content: [text('static int probe(struct device *dev)\n{\n\treturn 0;\n}')] };
  return {
    type: 'paragraph',
    content: [text(`${number}. `), text('Decided: ', [{ type: 'bold' }]), text(SENTENCE.repeat((number % 3) + 1))],
  };
}

function item(number: number): NoteNode {
  return { type: 'listItem', content: [{ type: 'paragraph', content: [text(`${number}: ${SENTENCE}`)] }] };
}

function text(words: string, marks: NoteNode['marks'] = undefined): NoteNode {
  return { type: 'text', text: words, ...(marks ? { marks } : {}) };
}
