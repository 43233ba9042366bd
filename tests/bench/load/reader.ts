import * as Y from 'yjs';
import { Peer } from './peer.ts';
import type { Target } from './peer.ts';
import type { Pulse } from './pulse.ts';
import { keep } from './socket.ts';

/** A reader that is looked at: notes when each keystroke arrives and keeps the bytes to build the document from afterwards. */
export class SampledReader {
  readonly peer: Peer;
  private readonly received: Uint8Array[] = [];

  constructor(target: Target, pulse: Pulse) {
    this.peer = new Peer(target, {
      onUpdate: (update, at) => {
        pulse.seen(this, update, at, null);
        this.received.push(keep(update));
      },
    });
  }

  /** The document as this reader has it, built from every byte it was sent, in order. */
  document(): Y.Doc {
    const doc = new Y.Doc();
    for (const update of this.received) Y.applyUpdate(doc, update);
    return doc;
  }
}

/** A reader that is only served: synced like any other, then its frames are counted and thrown away. */
export async function openPlainReader(target: Target): Promise<Peer> {
  const peer = new Peer(target, {});
  await peer.synced;
  peer.stopReading();
  return peer;
}

/** Opens the note anew and reads it until it stands still for `quietMs`; some servers send a note in several steps. */
export async function readFresh(target: Target, quietMs: number): Promise<Y.Doc> {
  const doc = new Y.Doc();
  let last = performance.now();
  const peer = new Peer(target, {
    onUpdate: (update, at) => {
      last = at;
      Y.applyUpdate(doc, update);
    },
  });
  await peer.synced;
  while (performance.now() - last < quietMs) await pause(20);
  peer.socket.destroy();
  return doc;
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
