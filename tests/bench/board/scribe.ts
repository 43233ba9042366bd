import * as Y from 'yjs';
import type { NoteNode } from '../../../src/core/note/json.ts';
import { noteDoc } from '../../../src/core/note/write.ts';
import { outcomeElements } from '../../../src/core/outcomes/elements.ts';
import { Peer, type Target } from '../load/peer.ts';

const KINDS = ['action', 'decision', 'question', 'action', 'gap'];
const PEOPLE = ['Mara Lindqvist', 'Jonas Weber', 'Priya Raman', 'Tomas Okafor', ''];

/** Somebody in a note, by a connection of their own. */
export class Scribe {
  readonly #doc = new Y.Doc();
  readonly #peer: Peer;
  #acked = 0;
  #wake: () => void = () => undefined;

  static async in(target: Target): Promise<Scribe> {
    const scribe = new Scribe(target);
    await scribe.#peer.synced;
    return scribe;
  }

  private constructor(target: Target) {
    this.#peer = new Peer(
      { ...target, subprotocol: 'plumbline.v1' },
      {
        onUpdate: (update) => {
          Y.applyUpdate(this.#doc, update, 'server');
          this.#wake();
        },
        onAck: (count) => {
          this.#acked = count;
          this.#wake();
        },
      },
    );
    this.#doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'server') this.#peer.sendUpdate(update);
    });
  }

  /** Marks so many outcomes; resolves when the server has them on disk. */
  async mark(count: number, from: number): Promise<void> {
    const content = Array.from({ length: count }, (_, index) => outcome(from + index));
    const made = noteDoc({ type: 'doc', content }).getXmlFragment('note').toArray() as Y.XmlElement[];
    this.#doc.transact(() => this.#doc.getXmlFragment('note').push(made.map((element) => element.clone())));
    await this.#until(() => this.#acked >= this.#peer.framesSent);
  }

  /** Says of the first outcome when it is due. */
  sayDue(words: string): void {
    this.#first()?.setAttribute('due', words);
  }

  /** Until the first outcome says so here. */
  hearDue(words: string): Promise<void> {
    return this.#until(() => this.#first()?.getAttribute('due') === words);
  }

  leave(): void {
    this.#peer.socket.destroy();
    this.#doc.destroy();
  }

  #first(): Y.XmlElement | undefined {
    return outcomeElements(this.#doc.getXmlFragment('note'))[0];
  }

  async #until(done: () => boolean): Promise<void> {
    while (!done()) await new Promise<void>((wake) => (this.#wake = wake));
  }
}

function outcome(number: number): NoteNode {
  const kind = KINDS[number % KINDS.length] ?? 'action';
  const attrs = {
    id: `bench${String(number).padStart(21, '0')}`,
    ...{ short: '', kind, state: number % 7 === 0 && kind === 'action' ? 'done' : '', more: '' },
    owners: PEOPLE[number % PEOPLE.length] ?? '',
    due: number % 3 === 0 ? 'before the v6.20 merge window' : '',
  };
  const words = `Outcome ${number}: give the fault queue back when the last user of /dev/iommu is gone`;
  return { type: 'outcome', attrs, content: [{ type: 'text', text: words }] };
}
