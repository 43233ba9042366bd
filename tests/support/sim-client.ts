import * as encoding from 'lib0/encoding';
import * as decoding from 'lib0/decoding';
import * as sync from 'y-protocols/sync';
import * as Y from 'yjs';
import { NOTE_FRAGMENT } from '#core/note/schema.ts';
import type { Close } from '#core/wire/closes.ts';
import { decodeMessage } from '#core/wire/codec.ts';
import type { AwarenessEntry, Here } from '#core/wire/messages.ts';
import { encodeMessage } from '#core/wire/codec.ts';
import type { Admission } from '#server/sync/admission-types.ts';
import type { Connection, Rooms } from '#server/sync/rooms.ts';
import type { Packet, PeerSocket } from '#server/sync/socket.ts';

export interface SimClientOptions {
  noteId: string;
  device?: string;
  name?: string;
  acks?: boolean;
  canWrite?: boolean;
  schema?: number | null;
  clientId?: number;
  /** Frames wait in `toServer` and `toClient` until the test delivers them; else they arrive at once. */
  cranked?: boolean;
}

/**
 * A peer in the same process: the message handling of a stock y-websocket provider (y-protocols' own `readSyncMessage`) on
 * a network the test cranks by hand.
 */
export class SimClient {
  readonly doc = new Y.Doc();
  readonly options: SimClientOptions;
  readonly toServer: Uint8Array[] = [];
  readonly toClient: Uint8Array[] = [];
  readonly received: Uint8Array[] = [];
  /** Presence by clientID as JSON, newest wins by clock. */
  readonly presence = new Map<number, AwarenessEntry>();
  closedBy: Close | null = null;
  acked = 0;
  /** Clocks reached by each sync-step-2 and update frame of this connection, in order: what an ack of k frames promises. */
  frames: Map<number, number>[] = [];
  here: Here | null = null;
  factsChanged = 0;
  /** As a socket's: pausing twice takes one resume. */
  paused = false;
  queuedBytes = 0;
  #connection: Connection | null = null;
  /** Which connection this is: a socket of an earlier one is dead. */
  #life = 0;

  constructor(options: SimClientOptions) {
    this.options = options;
    if (options.clientId !== undefined) this.doc.clientID = options.clientId;
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'remote' || !this.#connection) return;
      this.send(encodeMessage({ kind: 'update', update }));
    });
  }

  get connected(): boolean {
    return this.#connection !== null;
  }

  connect(rooms: Rooms): void {
    this.closedBy = null;
    this.acked = 0;
    this.frames = [];
    const life = ++this.#life;
    this.#connection = rooms.join(
      this.#socket(() => life === this.#life),
      this.#admission(),
    );
    this.send(encodeMessage({ kind: 'sync-step-1', stateVector: Y.encodeStateVector(this.doc) }));
  }

  /** The network drops: what is on the way is lost, the server hears of it. */
  cut(): void {
    const connection = this.#connection;
    this.#life++;
    this.#connection = null;
    this.toServer.length = 0;
    this.toClient.length = 0;
    connection?.closed();
  }

  /** The server is gone: nobody hears of anything. */
  serverDied(): void {
    this.#life++;
    this.#connection = null;
    this.toServer.length = 0;
    this.toClient.length = 0;
  }

  send(frame: Uint8Array): void {
    const counted = countedUpdate(frame);
    if (counted) this.frames.push(reached(counted));
    this.toServer.push(frame);
    if (!this.options.cranked) this.deliverToServer();
  }

  deliverToServer(): void {
    const frame = this.toServer.shift();
    if (frame) this.#connection?.receive(frame);
  }

  deliverToClient(): void {
    const frame = this.toClient.shift();
    if (frame) this.#handle(frame);
  }

  /** Types at the end of the first paragraph. */
  type(text: string): void {
    this.doc.transact(() => {
      const fragment = this.doc.getXmlFragment(NOTE_FRAGMENT);
      const last = fragment.length > 0 ? fragment.get(fragment.length - 1) : null;
      if (last instanceof Y.XmlElement && last.nodeName === 'paragraph') appendText(last, text);
      else {
        const paragraph = new Y.XmlElement('paragraph');
        fragment.push([paragraph]);
        appendText(paragraph, text);
      }
    });
  }

  get sent(): number {
    return this.frames.length;
  }

  get text(): string {
    return this.doc.getXmlFragment(NOTE_FRAGMENT).toJSON();
  }

  present(state: unknown, clock: number, clientId = this.doc.clientID): void {
    this.send(encodeMessage({ kind: 'awareness', entries: [{ clientId, clock, state: JSON.stringify(state) }] }));
  }

  #handle(frame: Uint8Array): void {
    this.received.push(frame);
    const message = decodeMessage(frame);
    switch (message.kind) {
      case 'sync-step-1':
      case 'sync-step-2':
      case 'update': {
        const decoder = decoding.createDecoder(frame);
        decoding.readVarUint(decoder);
        const reply = encoding.createEncoder();
        encoding.writeVarUint(reply, 0);
        sync.readSyncMessage(decoder, reply, this.doc, 'remote', (error) => {
          throw error;
        });
        if (encoding.length(reply) > 1) this.send(encoding.toUint8Array(reply));
        return;
      }
      case 'awareness':
        for (const entry of message.entries) {
          const known = this.presence.get(entry.clientId);
          if (!known || entry.clock > known.clock) this.presence.set(entry.clientId, entry);
        }
        return;
      case 'ack':
        if (!this.options.acks) throw new Error('a stock client got an ack');
        this.acked = message.count;
        return;
      case 'here':
        this.here = message.here;
        return;
      case 'facts-changed':
        this.factsChanged++;
        break;
      case 'query-awareness':
        break;
    }
  }

  #socket(alive: () => boolean): PeerSocket {
    const queued = (): number => this.queuedBytes;
    return {
      send: (packet: Packet, second?: Packet) => {
        if (!alive()) return;
        for (const message of [...packet.messages, ...(second?.messages ?? [])]) {
          this.toClient.push(message);
          if (!this.options.cranked) this.deliverToClient();
        }
      },
      close: (close) => {
        if (!alive()) return;
        this.closedBy = close;
        this.cut();
      },
      pause: () => {
        this.paused = true;
      },
      resume: () => {
        this.paused = false;
      },
      get queuedBytes() {
        return queued();
      },
    };
  }

  #admission(): Admission {
    const { noteId, device = 'device-a', name = 'Ada', acks = false, canWrite = true, schema = null } = this.options;
    const actor = { id: device, name, organizer: false, loopback: true };
    return { kind: 'admit', noteId, actor, shownName: name, canWrite, acks, schema };
  }
}

function appendText(paragraph: Y.XmlElement, text: string): void {
  const last = paragraph.length > 0 ? paragraph.get(paragraph.length - 1) : null;
  if (last instanceof Y.XmlText) last.insert(last.length, text);
  else paragraph.push([new Y.XmlText(text)]);
}

/** The update of a frame that acks count; null for other frames and for bytes that are no message. */
function countedUpdate(frame: Uint8Array): Uint8Array | null {
  try {
    const message = decodeMessage(frame);
    return message.kind === 'update' || message.kind === 'sync-step-2' ? message.update : null;
  } catch {
    return null;
  }
}

function reached(update: Uint8Array): Map<number, number> {
  try {
    return Y.parseUpdateMeta(update).to;
  } catch {
    return new Map();
  }
}
