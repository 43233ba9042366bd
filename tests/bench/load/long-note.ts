import * as Y from 'yjs';
import { Peer } from './peer.ts';
import type { Target } from './peer.ts';
import { cpuMs } from './process-stat.ts';
import { pause } from './reader.ts';

/** How far each author's clock goes in a whole copy of the note. */
export type Extent = [clientId: number, clock: number][];

export interface BuildJob {
  kind: 'build';
  pid: number;
  target: Target;
  edits: number;
}

export interface BuildResult {
  extent: Extent;
  /** Size of the note's whole state as one update. */
  bytes: number;
}

const AUTHORS = 20;
const BURST = 3;
const OUTSTANDING = 1000;
const PATIENCE_MS = 180_000;
const FIRST_CLIENT_ID = 0x10000001;

/**
 * Writes a long note through a real connection, one update frame per character, never more than a thousand ahead of what a
 * second connection has seen come back. Ends when the server has come to rest, so that what it stores late is stored.
 */
export async function runBuild(job: BuildJob): Promise<BuildResult> {
  const { updates, doc } = writeLongNote(job.edits);
  const extent: Extent = [...Y.decodeStateVector(Y.encodeStateVector(doc))];
  const seen = new Map<number, number>();
  const watcher = new Peer(job.target, { onUpdate: (update) => advance(seen, update) });
  const writer = new Peer(job.target, {});
  await Promise.all([watcher.synced, writer.synced]);

  const end = performance.now() + PATIENCE_MS;
  let clocksSent = 0;
  for (const { update, clocks } of updates) {
    writer.sendUpdate(update);
    clocksSent += clocks;
    while (clocksSent - total(seen) > OUTSTANDING) {
      if (performance.now() > end) throw new Error('The server did not take the long note in time.');
      if (writer.socket.closed) throw writer.closeError();
      await pause(1);
    }
  }
  while (!covers(seen, extent)) {
    if (performance.now() > end) throw new Error('The long note did not come back whole.');
    await pause(10);
  }
  await atRest(job.pid, end);
  return { extent, bytes: Y.encodeStateAsUpdate(doc).length };
}

/** Takes the furthest clock of each client in an update's struct headers. */
export function advance(seen: Map<number, number>, update: Uint8Array): void {
  for (const [id, to] of Y.parseUpdateMeta(update).to) seen.set(id, Math.max(seen.get(id) ?? 0, to));
}

export function covers(seen: Map<number, number>, extent: Extent): boolean {
  return extent.every(([id, clock]) => (seen.get(id) ?? 0) >= clock);
}

/** Short bursts of typing by twenty people at places all over one paragraph: about 9 bytes of state per character. */
function writeLongNote(edits: number): { updates: { update: Uint8Array; clocks: number }[]; doc: Y.Doc } {
  const doc = new Y.Doc();
  const updates: { update: Uint8Array; clocks: number }[] = [];
  const next = randomNumbers(20_231_113);
  const text = new Y.XmlText();
  doc.clientID = FIRST_CLIENT_ID;
  doc.on('update', (update: Uint8Array) => {
    let clocks = 0;
    const meta = Y.parseUpdateMeta(update);
    for (const [id, to] of meta.to) clocks += to - (meta.from.get(id) ?? 0);
    updates.push({ update, clocks });
  });
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [text]);
  doc.getXmlFragment('note').push([paragraph]);
  let at = 0;
  for (let edit = 0; edit < edits; edit++) {
    if (edit % BURST === 0) {
      doc.clientID = FIRST_CLIENT_ID + Math.floor(next() * AUTHORS);
      at = Math.floor(next() * (text.length + 1));
    }
    text.insert(at++, 'etaoin shrdlu'.charAt(edit % 13));
  }
  return { updates, doc };
}

/** A small linear congruential generator: the same note in every run. */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function total(seen: Map<number, number>): number {
  let sum = 0;
  for (const clock of seen.values()) sum += clock;
  return sum;
}

/** At rest: less than a twentieth of a core for three seconds, longer than any store of the peers is put off by default. */
async function atRest(pid: number, end: number): Promise<void> {
  let quiet = 0;
  while (quiet < 3 && performance.now() < end) {
    const before = cpuMs(pid);
    await pause(1000);
    quiet = cpuMs(pid) - before < 50 ? quiet + 1 : 0;
  }
}
