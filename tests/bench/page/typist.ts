import * as Y from 'yjs';
import { awarenessMessage } from '../load/dialect.ts';
import { Peer } from '../load/peer.ts';
import type { Target } from '../load/peer.ts';

const LETTERS = 'the quick brown fox jumps over a lazy dog, then writes down what was decided. ';
const KEY_EVERY_MS = 200;

/** Someone else in the note: five keys a second, each an update and a caret, at the end of a block of their own. */
export class Typist {
  readonly #doc = new Y.Doc();
  readonly #peer: Peer;
  #text: Y.XmlText | null = null;
  #timer: ReturnType<typeof setInterval> | null = null;
  #typed = 0;
  #clock = 0;

  /** `share` says where: 0 types at the top of the note, 1 at its end. */
  static async start(target: Target, share: number): Promise<Typist> {
    const typist = new Typist(target);
    await typist.#peer.synced;
    typist.#text = typist.#paragraphAt(share);
    // Not all in one moment.
    await new Promise((resolve) => setTimeout(resolve, share * KEY_EVERY_MS));
    typist.#timer = setInterval(() => typist.#key(), KEY_EVERY_MS);
    return typist;
  }

  private constructor(target: Target) {
    this.#peer = new Peer(target, {
      onUpdate: (update) => Y.applyUpdate(this.#doc, update, 'server'),
      answer: (stateVector) => Y.encodeStateAsUpdate(this.#doc, stateVector),
    });
    this.#doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'server') this.#peer.sendUpdate(update);
    });
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#peer.socket.destroy();
    this.#doc.destroy();
  }

  #key(): void {
    const text = this.#text;
    if (!text) return;
    text.insert(text.length, LETTERS.charAt(this.#typed++ % LETTERS.length));
    const caret: unknown = Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, text.length, -1));
    const state = JSON.stringify({ cursor: { anchor: caret, head: caret } });
    this.#peer.sendRaw((dialect) => awarenessMessage(dialect, this.#doc.clientID, ++this.#clock, state));
  }

  #paragraphAt(share: number): Y.XmlText {
    const blocks = this.#doc.getXmlFragment('note').toArray();
    const from = Math.floor(share * (blocks.length - 1));
    for (const block of [...blocks.slice(from), ...blocks.slice(0, from).reverse()]) {
      const text = block instanceof Y.XmlElement && block.nodeName === 'paragraph' ? block.get(0) : null;
      if (text instanceof Y.XmlText) return text;
    }
    throw new Error('The note has no paragraph to type in.');
  }
}
