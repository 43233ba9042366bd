import * as encoding from 'lib0/encoding';
import * as decoding from 'lib0/decoding';
import { WebSocket } from 'ws';
import * as sync from 'y-protocols/sync';
import * as Y from 'yjs';
import { decodeMessage, encodeMessage } from '#core/wire/codec.ts';
import { SUBPROTOCOL } from '#core/wire/messages.ts';

const TOKENS_PER_PARAGRAPH = 40;
/** Frames on their way at most: a fast typist on a slow line. */
const UNACKED = 8;

/** A person who types as fast as acks allow, on a socket that may die at any moment, and remembers what was promised. */
export class Writer {
  readonly doc = new Y.Doc();
  readonly name: string;
  /** Every token ever typed, and those the server said are on disk. */
  readonly typed = new Set<string>();
  readonly acked = new Set<string>();
  refused: string | null = null;
  /** Why the server closed the last connection, as far as it said. */
  closedFor: string | null = null;
  readonly #noteId: string;
  #socket: WebSocket | null = null;
  /** Tokens promised by the ack of each frame of this connection. */
  #frames: string[][] = [];
  #ackedFrames = 0;
  #synced = false;
  #number = 0;
  #paragraph: Y.XmlText | null = null;
  #wake: (() => void)[] = [];

  constructor(name: string, noteId: string) {
    this.name = name;
    this.#noteId = noteId;
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === this || !this.#synced) return;
      this.#send(encodeMessage({ kind: 'update', update }), origin === null ? [] : [String(origin)]);
    });
  }

  /** Resolves when the socket is open or has failed. Typing starts by itself after the first sync when `type` is set. */
  connect(port: number, type: boolean): Promise<void> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/sync/${this.#noteId}`, SUBPROTOCOL);
    this.#socket = socket;
    this.#frames = [];
    this.#ackedFrames = 0;
    this.#synced = false;
    this.closedFor = null;
    socket.on('message', (data: Buffer) => {
      this.#receive(new Uint8Array(data));
      if (type) this.#typeMore();
      this.#wake.splice(0).forEach((wake) => wake());
    });
    socket.on('close', (code, reason) => {
      if (code >= 4400 && code < 4500) this.refused = reason.toString();
      if (this.#socket === socket) this.closedFor = reason.toString();
      if (this.#socket === socket) this.#synced = false;
      this.#wake.splice(0).forEach((wake) => wake());
    });
    return new Promise((resolve) => {
      socket.on('open', () => {
        socket.send(encodeMessage({ kind: 'sync-step-1', stateVector: Y.encodeStateVector(this.doc) }));
        resolve();
      });
      socket.on('error', () => resolve());
    });
  }

  disconnect(): void {
    this.#socket?.terminate();
    this.#synced = false;
  }

  get synced(): boolean {
    return this.#synced;
  }

  /** True when everything typed is acked. */
  get saved(): boolean {
    return this.#synced && this.typed.size === this.acked.size;
  }

  /** Resolves when `done` holds after a message or a close. Rejects when the server refused this writer for good. */
  async until(done: () => boolean): Promise<void> {
    while (!done()) {
      if (this.refused) throw new Error(`${this.name} was refused: ${this.refused}`);
      await new Promise<void>((wake) => this.#wake.push(wake));
    }
  }

  #receive(frame: Uint8Array): void {
    const message = decodeMessage(frame);
    switch (message.kind) {
      case 'sync-step-1':
        // Everything not acked yet goes out in this one answer; from now on single updates follow.
        this.#synced = true;
        return this.#send(
          encodeMessage({ kind: 'sync-step-2', update: Y.encodeStateAsUpdate(this.doc, message.stateVector) }),
          [...this.typed],
        );
      case 'sync-step-2':
      case 'update': {
        const decoder = decoding.createDecoder(frame);
        decoding.readVarUint(decoder);
        sync.readSyncMessage(decoder, encoding.createEncoder(), this.doc, this);
        return;
      }
      case 'ack':
        for (const tokens of this.#frames.slice(this.#ackedFrames, message.count))
          for (const token of tokens) this.acked.add(token);
        this.#ackedFrames = message.count;
        return;
      case 'awareness':
      case 'query-awareness':
      case 'facts-changed':
      case 'here':
        return;
    }
  }

  #send(frame: Uint8Array, tokens: string[]): void {
    this.#frames.push(tokens);
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(frame);
  }

  #typeMore(): void {
    while (this.#synced && this.#frames.length - this.#ackedFrames < UNACKED) this.#type();
  }

  #type(): void {
    const token = `⟨${this.name}.${this.#number++}⟩`;
    this.typed.add(token);
    this.doc.transact(() => {
      if (!this.#paragraph || this.#number % TOKENS_PER_PARAGRAPH === 0) {
        const element = new Y.XmlElement('paragraph');
        this.#paragraph = new Y.XmlText();
        element.insert(0, [this.#paragraph]);
        this.doc.getXmlFragment('note').push([element]);
      }
      this.#paragraph.insert(this.#paragraph.length, token);
    }, token);
  }
}

/** Tokens in a document, with how often each is there. */
export function countTokens(doc: Y.Doc): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [token] of doc
    .getXmlFragment('note')
    .toString()
    .matchAll(/⟨[^⟩]+⟩/g))
    counts.set(token, (counts.get(token) ?? 0) + 1);
  return counts;
}
