import type { Peer, Target } from './peer.ts';
import { residentBytes } from './process-stat.ts';
import { openPlainReader, pause } from './reader.ts';

export interface IdleJob {
  kind: 'idle';
  pid: number;
  rooms: Target[];
  peers: number;
}

export interface IdleResult {
  /** Resident memory each connection added over the server's own idle. Bytes. */
  bytesPerPeer: number;
  connectMs: number;
}

const CONNECT_AT_ONCE = 100;
const SETTLE_MS = 8000;

/** Peers connect, are synced and then say nothing. The smallest resident size while the server settles is taken: garbage is not a cost of a peer. */
export async function runIdle(job: IdleJob): Promise<IdleResult> {
  const idle = await settled(job.pid, 2000);
  const started = performance.now();
  const peers: Peer[] = [];
  while (peers.length < job.peers) {
    const opening: Promise<Peer>[] = [];
    for (let index = peers.length; index < Math.min(job.peers, peers.length + CONNECT_AT_ONCE); index++) {
      const target = job.rooms[index % job.rooms.length];
      if (target) opening.push(openPlainReader(target));
    }
    peers.push(...(await Promise.all(opening)));
  }
  const connectMs = performance.now() - started;
  const loaded = await settled(job.pid, SETTLE_MS);
  const closed = peers.find((peer) => peer.socket.closed);
  if (closed) throw closed.closeError();
  return { bytesPerPeer: (loaded - idle) / job.peers, connectMs };
}

async function settled(pid: number, ms: number): Promise<number> {
  let least = Infinity;
  for (const end = performance.now() + ms; performance.now() < end; await pause(250))
    least = Math.min(least, residentBytes(pid));
  return least;
}
