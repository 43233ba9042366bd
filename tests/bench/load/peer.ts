import * as decoding from 'lib0/decoding';
import { ACK, AUTH, dialectOf, STEP_1, STEP_2, SYNC, SYNC_REPLY, syncMessage, UPDATE } from './dialect.ts';
import type { Dialect, DialectName } from './dialect.ts';
import { BenchSocket } from './socket.ts';

/** Where a note is served. */
export interface Target {
  port: number;
  /** Path of the upgrade request. */
  path: string;
  /** Name of the document inside the messages; only the hocuspocus dialect writes it. */
  note: string;
  dialect: DialectName;
  subprotocol: string | null;
  /** Address of this machine to come from; the system's choice when unset. */
  from?: string;
}

export interface PeerHooks {
  /** An update or a sync-step-2 arrived. The bytes are a view: copy what must outlive the call. */
  onUpdate?: (update: Uint8Array, at: number) => void;
  /** `plumbline.v1`: the first `count` sync-step-2 and update frames of this connection are on disk. */
  onAck?: (count: number, at: number) => void;
  /** What to say to a server that asks what we have; an empty update when unset. */
  answer?: (stateVector: Uint8Array) => Uint8Array;
}

const NOTHING = new Uint8Array([0, 0]);
const EMPTY_STATE_VECTOR = new Uint8Array([0]);

/** One connection that behaves as the stock client does: says what it has, answers what it is asked, then listens. */
export class Peer {
  readonly socket: BenchSocket;
  readonly synced: Promise<void>;
  /** Sync-step-2 and update frames sent: what an ack counts. */
  framesSent = 0;
  private readonly dialect: Dialect;
  private readonly hooks: PeerHooks;
  private markSynced: () => void = () => undefined;

  constructor(target: Target, hooks: PeerHooks) {
    this.hooks = hooks;
    this.dialect = dialectOf(target.dialect, target.note);
    this.socket = new BenchSocket(target.port, target.path, target.subprotocol, target.from);
    this.synced = new Promise((resolve, reject) => {
      this.markSynced = resolve;
      this.socket.onClose = () => reject(this.closeError());
    });
    this.synced.catch(() => undefined);
    this.socket.onFrame = (frame, at) => this.receive(frame, at);
    this.socket.opened.then(
      () => (this.dialect.hello ? this.socket.send(this.dialect.hello) : this.askForEverything()),
      () => undefined,
    );
  }

  sendUpdate(update: Uint8Array): void {
    this.framesSent++;
    this.socket.send(syncMessage(this.dialect, UPDATE, update));
  }

  /** Sends a message made for this peer's dialect as it is. */
  sendRaw(make: (dialect: Dialect) => Uint8Array): void {
    this.socket.send(make(this.dialect));
  }

  /** From now on frames are counted, not read: a reader that costs the generator almost nothing. */
  stopReading(): void {
    this.socket.onFrame = null;
  }

  closeError(): Error {
    return new Error(`The server closed a connection: ${this.socket.closeCode} ${this.socket.closeReason}`);
  }

  private askForEverything(): void {
    this.socket.send(syncMessage(this.dialect, STEP_1, EMPTY_STATE_VECTOR));
  }

  private receive(frame: Uint8Array, at: number): void {
    const decoder = decoding.createDecoder(frame);
    decoder.pos = this.dialect.prefix.length;
    const type = decoding.readVarUint(decoder);
    if (type === AUTH && this.dialect.hello) return this.readAuth(decoder);
    if (type === ACK) return this.hooks.onAck?.(decoding.readVarUint(decoder), at);
    if (type !== SYNC && type !== SYNC_REPLY) return;
    const kind = decoding.readVarUint(decoder);
    const bytes = decoding.readVarUint8Array(decoder);
    if (kind === STEP_1) {
      this.framesSent++;
      this.socket.send(syncMessage(this.dialect, STEP_2, this.hooks.answer?.(bytes) ?? NOTHING));
      return;
    }
    if (kind === STEP_2) this.markSynced();
    this.hooks.onUpdate?.(bytes, at);
  }

  private readAuth(decoder: decoding.Decoder): void {
    const AUTHENTICATED = 2;
    const outcome = decoding.readVarUint(decoder);
    if (outcome !== AUTHENTICATED) throw new Error(`The server did not authenticate the bench: ${outcome}`);
    this.askForEverything();
  }
}
