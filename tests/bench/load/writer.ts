import * as Y from 'yjs';
import { awarenessMessage } from './dialect.ts';
import { Peer } from './peer.ts';
import type { Target } from './peer.ts';
import type { Pulse } from './pulse.ts';

const LETTERS = 'the quick brown fox jumps over a lazy dog, then writes down what was decided. ';
const SERVER = 'server';

/**
 * One person typing into a paragraph of their own, on a real Y.Doc that also applies what the others type. Each key is one
 * update frame and one presence frame whose caret is the JSON y-tiptap writes, about 260 bytes on the wire.
 */
export class Writer {
  readonly doc = new Y.Doc();
  readonly peer: Peer;
  private readonly text = new Y.XmlText();
  private readonly pulse: Pulse;
  private readonly name: string;
  private awarenessClock = 0;
  private typed = 0;
  /** Frame number and time of each update that waits for its ack. */
  private readonly unacked: [frame: number, at: number][] = [];
  readonly ackTimes: number[] = [];

  constructor(target: Target, name: string, pulse: Pulse) {
    this.pulse = pulse;
    this.name = name;
    this.peer = new Peer(target, {
      onUpdate: (update, at) => {
        pulse.seen(this, update, at, this.doc.clientID);
        Y.applyUpdate(this.doc, update, SERVER);
      },
      onAck: (count, at) => this.acked(count, at),
      answer: (stateVector) => Y.encodeStateAsUpdate(this.doc, stateVector),
    });
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== SERVER) this.peer.sendUpdate(update);
    });
  }

  /** Makes the paragraph to type in; its frame is not a keystroke. */
  begin(): void {
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [this.text]);
    this.doc.getXmlFragment('note').push([paragraph]);
    this.pulse.add(this.doc.clientID, this.clock());
  }

  /** One key: an update, then the caret behind it. */
  type(): void {
    const at = performance.now();
    this.pulse.sent(this.doc.clientID, at);
    this.text.insert(this.text.length, LETTERS.charAt(this.typed++ % LETTERS.length));
    this.unacked.push([this.peer.framesSent, at]);
    this.peer.sendRaw((dialect) =>
      awarenessMessage(dialect, this.doc.clientID, ++this.awarenessClock, this.caretState()),
    );
  }

  private caretState(): string {
    const caret = Y.relativePositionToJSON(
      Y.createRelativePositionFromTypeIndex(this.text, this.text.length, -1),
    ) as unknown;
    return JSON.stringify({ user: { name: this.name, color: '#2b62ef' }, cursor: { anchor: caret, head: caret } });
  }

  private clock(): number {
    return Y.getState(this.doc.store, this.doc.clientID);
  }

  private acked(count: number, at: number): void {
    for (let first = this.unacked[0]; first && first[0] <= count; first = this.unacked[0]) {
      this.ackTimes.push(at - first[1]);
      this.unacked.shift();
    }
  }
}
