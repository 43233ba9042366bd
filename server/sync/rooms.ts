import { uint32 } from 'lib0/random';
import type * as Y from 'yjs';
import { OUTCOME } from '#core/outcomes/elements.ts';
import { personId as personIdOf } from '#core/identity/person-id.ts';
import { SCHEMA_VERSION } from '#core/note/schema.ts';
import { type Close, CLOSES } from '#core/wire/closes.ts';
import type { Here } from '#core/wire/messages.ts';
import type { Clock } from '../clock.ts';
import { type LoadedNote, StoreError, type UpdateLog } from '../store/log.ts';
import type { Admission } from './admission-types.ts';
import { type Counters, newCounters } from './counters.ts';
import { type Limits, TIMES } from './limits.ts';
import { Load } from './load.ts';
import type { NoteState } from './note-state.ts';
import { Peer } from './peer.ts';
import { Room } from './room.ts';
import type { PeerSocket } from './socket.ts';

export interface RoomsParts {
  log: UpdateLog;
  clock: Clock;
  limits: Limits;
  /** Told of a bug of ours that cost a peer or a room its connection. */
  report?: (error: unknown) => void;
  /** Told after a commit that may have made outcomes or changed what they are, and when a note that may have some is loaded. */
  onOutcomes?: (noteId: string) => void;
  /** Told after every commit, after `onOutcomes`. */
  onCommit?: (noteId: string) => void;
  /** A random number for a clientID of the server's own edits. */
  newClientId?: () => number;
  /** Told when the server comes under load, and when the load has gone. */
  onLoad?: (busy: boolean) => void;
}

/** What the transport holds of a peer. */
export interface Connection {
  receive(frame: Uint8Array): void;
  /** The socket has ended, for whatever reason. Call it once. */
  closed(): void;
}

export interface RoomsStats extends Counters {
  rooms: number;
  peers: number;
  /** Of the peers in rooms, those who may write. */
  writers: number;
}

const NOBODY: Here = { count: 0, people: [] };
const OUTCOME_BYTES = Buffer.from(OUTCOME);

/** Names of nodes stand in updates as they are: a note without this one has no outcome. */
function namesOutcomes(update: Uint8Array | null): boolean {
  return update !== null && Buffer.from(update.buffer, update.byteOffset, update.length).includes(OUTCOME_BYTES);
}

/** All open notes. Loads each once however many come at the same time; a failed load leaves nothing behind. */
export class Rooms {
  readonly #parts: RoomsParts;
  readonly #counters = newCounters();
  readonly #load: Load;
  readonly #open = new Map<string, Room>();
  readonly #opening = new Map<string, Promise<Room | Close>>();
  /** Head of each note seen since start, also of notes that are closed again: nobody else writes. */
  readonly #seqs = new Map<string, number>();
  #unnamed = 0;
  #peers = 0;
  #cancelSweep: (() => void) | null = null;
  #draining = false;
  #closed = false;

  constructor(parts: RoomsParts) {
    this.#parts = parts;
    this.#load = new Load(parts.clock, parts.onLoad);
    this.#sweepLater();
  }

  /** Takes a peer in. Frames may come before the room is loaded. */
  join(socket: PeerSocket, admission: Admission): Connection {
    const { clock, limits } = this.#parts;
    const { actor } = admission;
    const personId = actor.id === 'unnamed' ? `unnamed-${++this.#unnamed}` : personIdOf(actor.id);
    const peer = new Peer(socket, admission, personId, clock, limits, this.#counters.closes);
    const entry = new Entry(peer, this.#left);
    this.#peers++;
    this.#enter(entry).catch((error: unknown) => {
      this.#report(error);
      peer.close(CLOSES.cannotStore);
    });
    return entry;
  }

  readonly #left = (): void => {
    this.#peers--;
  };

  readonly #report = (error: unknown): void => this.#parts.report?.(error);

  async #enter(entry: Entry): Promise<void> {
    const { peer } = entry;
    const { noteId, schema } = peer.admission;
    const found = this.#draining ? CLOSES.restart : (this.#open.get(noteId) ?? (await this.#room(noteId)));
    if (peer.closed) return;
    // Asked again after the load: a drain that began meanwhile has closed only those who were in a room.
    if (this.#draining) return peer.close(CLOSES.restart);
    if (!(found instanceof Room)) return peer.close(found);
    // Not the note's own version alone: what others write by this version's schema, a page from before would delete.
    if (schema !== null && schema < Math.max(found.schemaMin, SCHEMA_VERSION)) return peer.close(CLOSES.oldSchema);
    entry.enter(found);
  }

  /** Runs `read` over the committed state of a note. null when there is no such note; throws StoreError when it cannot be read. */
  async view<T>(noteId: string, read: (state: NoteState, seq: number) => T): Promise<T | null> {
    const room = await this.#obtain(noteId);
    return room instanceof Room ? room.view(read) : null;
  }

  /**
   * Changes a note in the name of an actor (`server` for the server's own), by the way of every other update: on disk before
   * anyone sees it. `change` runs later, on the document as it is then. Resolves when that is on disk; null when there is no
   * such note. Throws StoreError when it was given up.
   */
  async edit(noteId: string, actor: string, change: (doc: Y.Doc) => void): Promise<true | null> {
    const room = await this.#obtain(noteId);
    if (!(room instanceof Room)) return null;
    if (await room.edit(actor, change)) return true;
    throw new StoreError('io', `Note ${noteId} could not be changed.`);
  }

  /** Sequence number of the newest row, when the note was open since start. */
  knownSeq(noteId: string): number | null {
    return this.#open.get(noteId)?.seq ?? this.#seqs.get(noteId) ?? null;
  }

  here(noteId: string): Here {
    return this.#open.get(noteId)?.here() ?? NOBODY;
  }

  factsChanged(noteId: string): void {
    this.#open.get(noteId)?.factsChanged();
  }

  /** `nameIn` gives the name to show in a note; listed names differ from event to event. */
  renamed(actorId: string, nameIn: (noteId: string) => string): void {
    for (const [noteId, room] of this.#open) room.renamed(actorId, nameIn(noteId));
  }

  /** The access of a note changed: whoever may not stay is closed with 4403 and can say no more. */
  turnOut(noteId: string, mayStay: (admission: Admission) => boolean): void {
    for (const peer of this.#open.get(noteId)?.everyone() ?? [])
      if (!mayStay(peer.admission)) peer.close(CLOSES.noAccess);
  }

  stats(): RoomsStats {
    const inRooms = [...this.#open.values()].flatMap((room) => room.everyone());
    const writers = inRooms.filter(({ admission }) => admission.canWrite).length;
    return { ...this.#counters, rooms: this.#open.size, peers: this.#peers, writers };
  }

  /**
   * SIGTERM: no one new, everything committed and acked, then sockets closed in slices so that their reconnects are spread.
   */
  async drain(): Promise<void> {
    this.#draining = true;
    await this.#flushAll();
    const everyone = [...this.#open.values()].flatMap((room) => room.everyone());
    const slice = Math.ceil(everyone.length / TIMES.drainSlices);
    for (let at = 0; at < everyone.length; at += slice) {
      for (const peer of everyone.slice(at, at + slice)) peer.close(CLOSES.restart);
      if (at + slice < everyone.length) await this.#pause(TIMES.drain / TIMES.drainSlices);
    }
    await this.#flushAll();
  }

  /** Lets go of everything; call `drain` first when peers should know. */
  close(): void {
    this.#draining = true;
    this.#closed = true;
    this.#cancelSweep?.();
    for (const room of this.#open.values()) room.stop();
    this.#open.clear();
  }

  async #flushAll(): Promise<void> {
    await Promise.all([...this.#open.values()].map((room) => room.flush()));
  }

  #pause(ms: number): Promise<void> {
    return new Promise((done) => this.#parts.clock.after(ms, done));
  }

  /** The room, or why there is none: for peers, every failure of the store is a reason to come again. */
  #room(noteId: string): Promise<Room | Close> {
    return this.#obtain(noteId).catch((error: unknown) => {
      this.#counters.storeErrors++;
      this.#counters.lastStoreError = error instanceof Error ? error.message : String(error);
      return CLOSES.cannotStore;
    });
  }

  /** Single flight: everyone who asks while a load runs gets that load's result. */
  #obtain(noteId: string): Promise<Room | Close> {
    const open = this.#open.get(noteId);
    if (open) return Promise.resolve(open);
    let opening = this.#opening.get(noteId);
    if (!opening) {
      opening = this.#loadRoom(noteId).finally(() => this.#opening.delete(noteId));
      this.#opening.set(noteId, opening);
    }
    return opening;
  }

  async #loadRoom(noteId: string): Promise<Room | Close> {
    const loaded = await this.#parts.log.load(noteId);
    if (loaded === null) return CLOSES.unknownNote;
    if (loaded === 'old-epoch') return CLOSES.oldEpoch;
    if (this.#closed) return CLOSES.restart;
    const room = this.#newRoom(noteId, loaded);
    this.#open.set(noteId, room);
    if ([loaded.snapshot, ...loaded.tail].some(namesOutcomes)) this.#parts.onOutcomes?.(noteId);
    return room;
  }

  #newRoom(noteId: string, loaded: LoadedNote): Room {
    const room: Room = new Room(
      {
        ...this.#parts,
        noteId,
        counters: this.#counters,
        report: this.#report,
        newClientId: this.#parts.newClientId ?? uint32,
        changed: (outcomes) => {
          if (outcomes) this.#parts.onOutcomes?.(noteId);
          this.#parts.onCommit?.(noteId);
        },
        window: (peers) => this.#load.window(peers),
        asked: (deliveries) => this.#load.add(deliveries),
        ended: () => this.#drop(noteId, room),
      },
      loaded,
    );
    return room;
  }

  #drop(noteId: string, room: Room): void {
    if (this.#open.get(noteId) !== room) return;
    this.#seqs.set(noteId, room.seq);
    this.#open.delete(noteId);
  }

  #sweepLater(): void {
    this.#cancelSweep = this.#parts.clock.after(TIMES.sweep, () => {
      this.#sweep();
      this.#sweepLater();
    });
  }

  #sweep(): void {
    const now = this.#parts.clock.elapsed();
    this.#load.add(0);
    for (const [noteId, room] of this.#open) {
      room.sweep(now);
      if (!room.idle(now) || room.tidy()) continue;
      room.stop();
      this.#drop(noteId, room);
    }
  }
}

/** A peer and the way into its room; what it says before it is in waits in order. */
class Entry implements Connection {
  readonly peer: Peer;
  readonly #left: () => void;
  #room: Room | null = null;
  #early: Uint8Array[] | null = null;

  constructor(peer: Peer, left: () => void) {
    this.peer = peer;
    this.#left = left;
  }

  receive(frame: Uint8Array): void {
    if (this.peer.closed || this.peer.refused) return;
    if (this.#room) return this.#room.receive(this.peer, frame);
    if (!this.#early) this.peer.pause();
    (this.#early ??= []).push(frame.slice());
  }

  closed(): void {
    if (this.peer.closed) return;
    this.peer.closed = true;
    this.#left();
    this.#room?.leave(this.peer);
  }

  enter(room: Room): void {
    this.#room = room;
    room.join(this.peer);
    const early = this.#early;
    this.#early = null;
    if (early) this.peer.resume();
    for (const frame of early ?? []) this.receive(frame);
  }
}
