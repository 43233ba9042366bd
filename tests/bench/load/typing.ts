import { cpuMs, residentBytes, watchPeak } from './process-stat.ts';
import { Pulse, quantile } from './pulse.ts';
import { openPlainReader, pause, readFresh, SampledReader } from './reader.ts';
import type { Peer, Target } from './peer.ts';
import { Writer } from './writer.ts';

export interface TypingJob {
  kind: 'typing';
  pid: number;
  rooms: Target[];
  writersPerRoom: number;
  readersPerRoom: number;
  /** Readers per room whose every frame is looked at; the others are counted. */
  sampledPerRoom: number;
  keysPerSecond: number;
  warmupSeconds: number;
  seconds: number;
  /** Subprotocol of the writers; readers are always of the stock form. */
  writerSubprotocol: string | null;
  /** False for a server that keeps nothing: no fresh connection is asked what it sees. */
  keeps: boolean;
}

export interface TypingResult {
  p50: number;
  p95: number;
  p99: number;
  ackP50: number;
  ackP99: number;
  keys: number;
  /** Server CPU in the measured time for each keystroke delivered to one receiver. Microseconds. */
  cpuMicros: number;
  serverBusy: number;
  generatorBusy: number;
  /** Largest resident memory less that before the first connection. Bytes. */
  memoryGrowth: number;
  /** Bytes on the wire to one client in the measured time. */
  bytesPerClient: number;
  /** How often a client's socket had something to read, for each keystroke delivered to it. */
  readsPerDelivered: number;
  lost: number;
}

interface Room {
  target: Target;
  writers: Writer[];
  sampled: SampledReader[];
  plain: Peer[];
  clientIds: number[];
}

const CONNECT_AT_ONCE = 50;
const ARRIVAL_PATIENCE_MS = 15_000;

/** People type for a while; everything is measured from the outside while they do. */
export async function runTyping(job: TypingJob): Promise<TypingResult> {
  const idle = residentBytes(job.pid);
  const peak = watchPeak(job.pid);
  const pulse = new Pulse();
  const rooms = await openRooms(job, pulse);
  for (const room of rooms) for (const writer of room.writers) writer.begin();
  await pause(500);

  const stopTyping = startTyping(
    rooms.flatMap((room) => room.writers),
    job.keysPerSecond,
  );
  await pause(job.warmupSeconds * 1000);
  const before = measureNow(job, rooms, pulse);
  pulse.measure();
  await pause(job.seconds * 1000);
  stopTyping();
  await arrival(rooms, pulse);
  const after = measureNow(job, rooms, pulse);

  failOnClosed(rooms);
  const receivers = job.writersPerRoom + job.readersPerRoom - 1;
  const keys = after.keys - before.keys;
  const lost = await countLost(job, rooms, pulse);
  const acks = rooms.flatMap((room) => room.writers.flatMap((writer) => writer.ackTimes));
  const wallMs = after.at - before.at;
  return {
    p50: quantile(pulse.latencies, 0.5),
    p95: quantile(pulse.latencies, 0.95),
    p99: quantile(pulse.latencies, 0.99),
    ackP50: quantile(acks, 0.5),
    ackP99: quantile(acks, 0.99),
    keys,
    cpuMicros: ((after.serverMs - before.serverMs) * 1000) / (keys * receivers),
    serverBusy: (after.serverMs - before.serverMs) / wallMs,
    generatorBusy: (after.generatorMs - before.generatorMs) / wallMs,
    memoryGrowth: peak.stop() - idle,
    readsPerDelivered: (after.reads - before.reads) / (keys * receivers),
    bytesPerClient: (after.bytes - before.bytes) / (rooms.length * (job.writersPerRoom + job.readersPerRoom)),
    lost,
  };
}

/** Everyone connects and is synced before anyone types. */
async function openRooms(job: TypingJob, pulse: Pulse): Promise<Room[]> {
  const rooms: Room[] = [];
  for (const target of job.rooms) {
    const writerTarget = { ...target, subprotocol: job.writerSubprotocol };
    const room: Room = { target, writers: [], sampled: [], plain: [], clientIds: [] };
    for (let index = 0; index < job.writersPerRoom; index++)
      room.writers.push(new Writer(writerTarget, `Writer number ${index + 1}`, pulse));
    for (let index = 0; index < job.sampledPerRoom; index++) room.sampled.push(new SampledReader(target, pulse));
    await Promise.all([...room.writers, ...room.sampled].map((one) => one.peer.synced));
    for (let left = job.readersPerRoom - job.sampledPerRoom; left > 0; left -= CONNECT_AT_ONCE)
      room.plain.push(
        ...(await Promise.all(Array.from({ length: Math.min(left, CONNECT_AT_ONCE) }, () => openPlainReader(target)))),
      );
    room.clientIds = room.writers.map((writer) => writer.doc.clientID);
    rooms.push(room);
  }
  return rooms;
}

/** Every writer types at the same speed with its own phase and a jitter of a fifth, as hands do. Returns what stops them. */
function startTyping(writers: Writer[], keysPerSecond: number): () => void {
  let typing = true;
  const period = 1000 / keysPerSecond;
  for (const [index, writer] of writers.entries()) {
    let due = performance.now() + (period * (index + 0.5)) / writers.length;
    const press = (): void => {
      if (!typing) return;
      writer.type();
      due += period * (0.8 + Math.random() * 0.4);
      setTimeout(press, Math.max(0, due - performance.now()));
    };
    setTimeout(press, due - performance.now());
  }
  return () => (typing = false);
}

function measureNow(job: TypingJob, rooms: Room[], pulse: Pulse) {
  const own = process.cpuUsage();
  let bytes = 0;
  let reads = 0;
  for (const { socket } of rooms.flatMap(peersOf)) {
    bytes += socket.bytesIn;
    reads += socket.readsIn;
  }
  return {
    at: performance.now(),
    serverMs: cpuMs(job.pid),
    generatorMs: (own.user + own.system) / 1000,
    keys: pulse.keys,
    bytes,
    reads,
  };
}

/** Waits until every sampled reader and writer was sent every keystroke, or patience ends: what is missing then is lost. */
async function arrival(rooms: Room[], pulse: Pulse): Promise<void> {
  const end = performance.now() + ARRIVAL_PATIENCE_MS;
  const hasAll = (observer: object, ids: number[]): boolean => pulse.seenCount(observer, ids) >= pulse.sentCount(ids);
  const arrived = ({ sampled, writers, clientIds }: Room): boolean =>
    sampled.every((reader) => hasAll(reader, clientIds)) &&
    writers.every((writer) =>
      hasAll(
        writer,
        clientIds.filter((id) => id !== writer.doc.clientID),
      ),
    );
  while (!rooms.every(arrived) && performance.now() < end) await pause(10);
}

/** Keystrokes missing from any document built from what sampled readers and writers were sent, or from a fresh connection. */
async function countLost(job: TypingJob, rooms: Room[], pulse: Pulse): Promise<number> {
  const FRESH_ROOMS = 10;
  let lost = 0;
  for (const [index, room] of rooms.entries()) {
    const docs = [...room.sampled.map((reader) => reader.document()), ...room.writers.map((writer) => writer.doc)];
    if (job.keeps && index < FRESH_ROOMS) docs.push(await readFresh(room.target, 300));
    const worst = new Map<number, number>();
    for (const doc of docs)
      for (const [id, missing] of pulse.missing(doc, room.clientIds))
        worst.set(id, Math.max(worst.get(id) ?? 0, missing));
    for (const missing of worst.values()) lost += missing;
  }
  return lost;
}

function failOnClosed(rooms: Room[]): void {
  for (const room of rooms) for (const peer of peersOf(room)) if (peer.socket.closed) throw peer.closeError();
}

function peersOf(room: Room): Peer[] {
  return [...room.writers.map((one) => one.peer), ...room.sampled.map((one) => one.peer), ...room.plain];
}
