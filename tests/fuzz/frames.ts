import * as Y from 'yjs';
import { encodeMessage } from '#core/wire/codec.ts';
import { memoryStore } from '#server/store/memory.ts';
import { LIMITS } from '#server/sync/limits.ts';
import { Rooms } from '#server/sync/rooms.ts';
import { FakeClock, settle } from '../support/fake-clock.ts';
import { oneEvent } from '../support/one-event.ts';
import { Random } from '../support/random.ts';
import { SimClient } from '../support/sim-client.ts';
import { mutate } from './mutate.ts';

export interface FrameReport {
  frames: number;
  /** Peers closed for what they sent. */
  closed: number;
  /** Rows that came of it: a mutated update may still be an honest one. */
  stored: number;
  /** The most CPU time one frame cost, milliseconds. */
  longestMs: number;
}

/** A note is replaced by a fresh one after so many frames, so that it stays of an ordinary size. */
const FRAMES_PER_NOTE = 20_000;
const PER_TURN = 20;

/**
 * SY4, SY5: mutated frames from hostile peers into a room where an honest person writes. Throws when anything but a close of
 * the sender comes of it: an exception, honest text lost or not acked, a document that differs from its log.
 */
export async function frameRounds(frames: number, seed: number): Promise<FrameReport> {
  const report: FrameReport = { frames: 0, closed: 0, stored: 0, longestMs: 0 };
  const random = new Random(seed);
  while (report.frames < frames) await inOneNote(Math.min(FRAMES_PER_NOTE, frames - report.frames), random, report);
  return report;
}

async function inOneNote(frames: number, random: Random, report: FrameReport): Promise<void> {
  const clock = new FakeClock();
  const store = memoryStore({ clock });
  const [noteId = ''] = await oneEvent(store);
  const rooms = new Rooms({ log: store.log, clock, limits: { ...LIMITS, framesPerSecond: 1e9, frameBurst: 1e9 } });
  const honest = new SimClient({ noteId, device: 'honest', acks: true });
  honest.connect(rooms);
  await clock.advance(300);
  const hostile = new Hostile(noteId, rooms, random);
  for (let sent = 0; sent < frames; sent += PER_TURN) {
    honest.type('x');
    for (let i = 0; i < PER_TURN; i++, report.frames++) {
      await hostile.come();
      const cpu = process.cpuUsage();
      hostile.send();
      report.longestMs = Math.max(report.longestMs, spent(cpu));
    }
    const cpu = process.cpuUsage();
    await clock.advance(25);
    report.longestMs = Math.max(report.longestMs, spent(cpu) / PER_TURN);
  }
  report.closed += hostile.closes;
  hostile.leave();
  await clock.advance(20_000);
  await checkHonest(honest, store.log.load(noteId));
  report.stored += rooms.stats().updatesCommitted;
  rooms.close();
}

function spent(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

async function checkHonest(
  honest: SimClient,
  loading: ReturnType<ReturnType<typeof memoryStore>['log']['load']>,
): Promise<void> {
  if (honest.closedBy) throw new Error(`the honest peer was closed: ${honest.closedBy.reason}`);
  if (honest.acked !== honest.sent) throw new Error(`${honest.sent - honest.acked} honest frames were not acked`);
  const loaded = await loading;
  if (loaded === null || loaded === 'old-epoch') throw new Error('the note is gone');
  const log = new Y.Doc();
  Y.applyUpdate(log, Y.mergeUpdates([...(loaded.snapshot ? [loaded.snapshot] : []), ...loaded.tail]));
  if (log.store.pendingStructs !== null) throw new Error('the log holds structs that wait for others');
  if (honest.doc.store.pendingStructs !== null)
    throw new Error('the honest peer was told structs that wait for others');
}

/** Writers and a reader that send copies of valid frames with something wrong in them; they come again when closed. */
class Hostile {
  closes = 0;
  readonly #noteId: string;
  readonly #rooms: Rooms;
  readonly #random: Random;
  readonly #corpus: [Uint8Array, ...Uint8Array[]];
  #client: SimClient | null = null;

  constructor(noteId: string, rooms: Rooms, random: Random) {
    this.#noteId = noteId;
    this.#rooms = rooms;
    this.#random = random;
    this.#corpus = validFrames();
  }

  /** Comes in, again when it was closed. */
  async come(): Promise<void> {
    if (this.#client?.connected) return;
    if (this.#client?.closedBy) this.closes++;
    const canWrite = !this.#random.chance(0.1);
    this.#client = new SimClient({ noteId: this.#noteId, device: 'hostile', canWrite });
    this.#client.connect(this.#rooms);
    await settle();
  }

  send(): void {
    this.#client?.send(mutate(this.#random, this.#random.pick(this.#corpus), this.#random.pick(this.#corpus)));
  }

  leave(): void {
    this.#client?.cut();
  }
}

/** One frame of each kind that a client may send, with text, marks, nesting and deletions in them. */
function validFrames(): [Uint8Array, ...Uint8Array[]] {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  const fragment = doc.getXmlFragment('note');
  const list = new Y.XmlElement('bulletList');
  const item = new Y.XmlElement('listItem');
  const paragraph = new Y.XmlElement('paragraph');
  const text = new Y.XmlText('some text');
  paragraph.insert(0, [text]);
  item.insert(0, [paragraph]);
  list.insert(0, [item]);
  fragment.insert(0, [list]);
  text.insert(4, ' more');
  text.format(0, 4, { bold: {} });
  text.delete(2, 3);
  list.setAttribute('start', '2');
  fragment.delete(0, 1);
  const state = Y.encodeStateAsUpdate(doc);
  const caret = JSON.stringify({ cursor: { anchor: { tname: 'note' }, head: { tname: 'note' } } });
  return [
    encodeMessage({ kind: 'sync-step-1', stateVector: Y.encodeStateVector(doc) }),
    encodeMessage({ kind: 'sync-step-2', update: state }),
    ...updates.map((update) => encodeMessage({ kind: 'update', update })),
    encodeMessage({ kind: 'awareness', entries: [{ clientId: doc.clientID, clock: 3, state: caret }] }),
    encodeMessage({ kind: 'query-awareness' }),
  ];
}
