import * as Y from 'yjs';
import { advance, covers } from './long-note.ts';
import type { Extent } from './long-note.ts';
import { Peer } from './peer.ts';
import type { Target } from './peer.ts';
import { pause } from './reader.ts';
import { keep } from './socket.ts';

export interface OpeningJob {
  kind: 'opening';
  target: Target;
  extent: Extent;
  /** People who open the note at once, after one has opened it cold and one warm. */
  atOnce: number;
}

/** Milliseconds from the first byte sent until the last of those who open has every byte of the note. */
export interface OpeningResult {
  coldMs: number;
  warmMs: number;
  atOnceMs: number;
}

interface Opener {
  peer: Peer;
  frames: { update: Uint8Array; at: number }[];
}

const PATIENCE_MS = 60_000;

/** The first opener stays, so that the note is in memory for the others. */
export async function runOpening(job: OpeningJob): Promise<OpeningResult> {
  const coldMs = await open(job, 1);
  const warmMs = await open(job, 1);
  const atOnceMs = await open(job, job.atOnce);
  return { coldMs, warmMs, atOnceMs };
}

async function open(job: OpeningJob, count: number): Promise<number> {
  const started = performance.now();
  const openers = Array.from({ length: count }, () => startOpener(job.target));
  const end = started + PATIENCE_MS;
  for (;;) {
    await quiet(openers, end);
    const done = openers.map((opener) => completedAt(opener, job.extent));
    if (!done.includes(null)) return Math.max(...done.map((at) => at ?? 0)) - started;
    if (performance.now() > end) throw new Error('Not everyone was sent the whole note.');
  }
}

function startOpener(target: Target): Opener {
  const frames: Opener['frames'] = [];
  const peer = new Peer(target, { onUpdate: (update, at) => frames.push({ update: keep(update), at }) });
  return { peer, frames };
}

/** Looks into the frames only after they have stopped coming, so that looking is not part of the time. */
async function quiet(openers: Opener[], end: number): Promise<void> {
  const QUIET_MS = 300;
  let bytes = -1;
  for (;;) {
    const now = openers.reduce((sum, opener) => sum + opener.peer.socket.bytesIn, 0);
    if (now === bytes || performance.now() > end) return;
    bytes = now;
    await pause(QUIET_MS);
    const closed = openers.find((opener) => opener.peer.socket.closed);
    if (closed) throw closed.peer.closeError();
  }
}

/** When the frame arrived that made the note whole; null when it is not. Headers first, then the proof by a real document. */
function completedAt(opener: Opener, extent: Extent): number | null {
  const seen = new Map<number, number>();
  for (const [index, { update, at }] of opener.frames.entries()) {
    advance(seen, update);
    if (!covers(seen, extent)) continue;
    const doc = new Y.Doc();
    for (const frame of opener.frames.slice(0, index + 1)) Y.applyUpdate(doc, frame.update);
    if (covers(Y.decodeStateVector(Y.encodeStateVector(doc)), extent)) return at;
  }
  return null;
}
