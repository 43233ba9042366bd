import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as Y from 'yjs';
import { Peer, type Target } from '../bench/load/peer.ts';
import { Pulse, quantile } from '../bench/load/pulse.ts';
import { pause, SampledReader } from '../bench/load/reader.ts';
import { Writer } from '../bench/load/writer.ts';
import { Random } from '../support/random.ts';
import { startVictim } from './victim.ts';

export interface ReconnectReport {
  peers: number;
  failed: string[];
  /** From the attempt to connect until the note is there, milliseconds. */
  p50: number;
  p99: number;
  longest: number;
  /** Key to another screen, of those who stayed, while the others came back. */
  typingP99: number;
  /** Keys of those who stayed, and how many of them another who stayed has read in the end. */
  keys: number;
  read: number;
}

const PER_NOTE = 200;
const NOTE_BYTES = 83_000;
const KEY_EVERY_MS = 500;
/** The server takes 2,000 from one address; a loopback network has many. */
const PER_ADDRESS = 1_500;
const AT_ONCE = 100;
/** For the last keys to be read, when all are back. */
const PATIENCE_MS = 30_000;

/**
 * NW2: a full server loses the network of all but two people in each note, who go on writing and reading; the others come back
 * within `withinMs`, each at a moment drawn from the seed.
 */
export async function reconnects(peers: number, withinMs: number, seed: number): Promise<ReconnectReport> {
  const notes = Math.ceil(peers / PER_NOTE);
  const dataDir = await mkdtemp(join(tmpdir(), 'plumbline-reconnects-'));
  const server = await startVictim(dataDir, '', notes);
  if (!server) throw new Error('the server did not start');
  try {
    const targets = Array.from({ length: notes }, (_, note) => targetOf(server.port, note));
    await Promise.all(targets.map(fill));
    return await comeBack(targets, { peers, withinMs, random: new Random(seed) });
  } finally {
    server.kill();
    await server.gone;
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function comeBack(
  targets: readonly Target[],
  { peers, withinMs, random }: { peers: number; withinMs: number; random: Random },
): Promise<ReconnectReport> {
  const pulse = new Pulse();
  const writers = targets.map((target, note) => new Writer(target, `writer ${note}`, pulse));
  const watchers = targets.map((target) => new SampledReader(target, pulse));
  await Promise.all([...writers, ...watchers].map(({ peer }) => peer.synced));
  for (const writer of writers) writer.begin();
  const whence = Array.from({ length: peers }, (_, i): Target => {
    const target = targets[i % targets.length] as Target;
    return { ...target, from: `127.0.0.${2 + Math.floor(i / PER_ADDRESS)}` };
  });
  const here: Peer[] = [];
  for (let at = 0; at < peers; at += AT_ONCE)
    here.push(...(await Promise.all(whence.slice(at, at + AT_ONCE).map(connected))));
  for (const { socket } of here) socket.destroy();

  pulse.measure();
  const type = (): void => writers.forEach((writer) => writer.type());
  type();
  const typing = setInterval(type, KEY_EVERY_MS);
  const failed: string[] = [];
  const took: number[] = [];
  await Promise.all(
    whence.map(async (target) => {
      await new Promise((now) => setTimeout(now, random.next() * withinMs));
      const from = performance.now();
      try {
        await connected(target);
        took.push(performance.now() - from);
      } catch (error) {
        failed.push(String(error));
      }
    }),
  );
  clearInterval(typing);
  const all = writers.map(({ doc }) => doc.clientID);
  const read = (): number => watchers.reduce((sum, watcher) => sum + pulse.seenCount(watcher, all), 0);
  const deadline = performance.now() + PATIENCE_MS;
  while (read() < pulse.keys && performance.now() < deadline) await pause(20);
  return {
    ...{ peers, failed, keys: pulse.keys, read: read() },
    ...{ p50: quantile(took, 0.5), p99: quantile(took, 0.99), longest: Math.max(0, ...took) },
    typingP99: quantile(pulse.latencies, 0.99),
  };
}

async function connected(target: Target): Promise<Peer> {
  const peer = new Peer(target, {});
  await peer.synced;
  peer.stopReading();
  return peer;
}

function targetOf(port: number, note: number): Target {
  const noteId = `00000000-0000-4000-8000-${String(note).padStart(12, '0')}.1`;
  return { port, note: noteId, path: `/sync/${noteId}`, dialect: 'y-websocket', subprotocol: null };
}

/** A note of a long afternoon. */
async function fill(target: Target): Promise<void> {
  const doc = new Y.Doc();
  const line = 'what was said, and by whom, and what is to be done about it until the next time. ';
  const paragraphs = Array.from({ length: Math.ceil(NOTE_BYTES / line.length) }, () => {
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText(line)]);
    return paragraph;
  });
  doc.getXmlFragment('note').push(paragraphs);
  const acked = new Promise<void>((resolve) => {
    const peer: Peer = new Peer(
      { ...target, subprotocol: 'plumbline.v1' },
      {
        answer: (stateVector) => Y.encodeStateAsUpdate(doc, stateVector),
        onAck: () => {
          peer.socket.destroy();
          resolve();
        },
      },
    );
  });
  await acked;
}
