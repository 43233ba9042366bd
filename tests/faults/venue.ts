import * as Y from 'yjs';
import type { UpdateLog } from '#server/store/log.ts';
import { memoryStore } from '#server/store/memory.ts';
import { emptyDisk } from '#server/store/memory/disk.ts';
import { LIMITS } from '#server/sync/limits.ts';
import { checkConverged, tokens } from '../fuzz/converged.ts';
import { ChaosProxy, GOOD_AIR } from '../support/chaos-proxy.ts';
import { FastClock } from '../support/fast-clock.ts';
import { oneEvent } from '../support/one-event.ts';
import { Random } from '../support/random.ts';
import { startSyncServer } from '../support/sync-server.ts';
import { VenueTab } from './venue-tab.ts';

export interface VenueOptions {
  clients: number;
  seed: number;
  /** How many times as fast as real time the bad part goes. */
  rate: number;
  /** There and back, milliseconds. */
  roundTrip: number;
  /** How many faults strike before the network goes away altogether. */
  faults: number;
  worstStall: number;
  /** How long there is no network at all, milliseconds. */
  offline: number;
  /** How often each person types, milliseconds on average. */
  typeEvery: number;
}

export interface VenueReport {
  typed: number;
  acked: number;
  lost: string[];
  lies: string[];
  /** The longest that a change waited for the server in silence, milliseconds. */
  silent: number;
  /** From the return of the network until everybody has everything and is told so, milliseconds. */
  caughtUp: number;
  faults: number;
  connections: number;
}

const COMMIT_MS = 5;
const LOOK_EVERY = 100;
/** One way, bytes per second: what is left of a hall's network for one person. */
const SLOW = 60_000;

/**
 * NW1: a hall of people on one note behind a proxy that does what venue networks do; then no network at all; then a good one.
 * Throws when the ends differ (I2) or text is there twice (I4).
 */
export async function venueRound(options: VenueOptions): Promise<VenueReport> {
  const random = new Random(options.seed);
  const clock = new FastClock(1);
  const disk = emptyDisk();
  const pause = (ms: number): Promise<void> => new Promise((done) => clock.after(ms, done));
  const store = memoryStore({ clock, disk, commit: () => pause(COMMIT_MS) });
  const [noteId = ''] = await oneEvent(store);
  const onDisk = watchCommits(store.log);
  const server = await startSyncServer(store, 0, LIMITS, clock);
  const proxy = new ChaosProxy({ target: server.port, clock, random });
  await proxy.open();
  const { port } = proxy;
  const tabs = Array.from(
    { length: options.clients },
    (_, number) => new VenueTab({ number, noteId, port, clock, random, onDisk }),
  );
  const stops: (() => void)[] = [];
  const always = (every: () => number, run: () => void): void => {
    let stop = (): void => undefined;
    const again = (): void => {
      stop = clock.after(every(), () => (run(), again()));
    };
    again();
    stops.push(() => stop());
  };
  try {
    for (const tab of tabs) void tab.sync.start();
    await all(tabs, 'saved');
    for (const tab of tabs)
      always(
        () => 2 * random.next() * options.typeEvery,
        () => tab.type(),
      );
    always(
      () => LOOK_EVERY,
      () => tabs.forEach((tab) => tab.look()),
    );

    clock.run(options.rate);
    proxy.air = { delay: options.roundTrip / 2, rate: SLOW };
    proxy.storm(options.worstStall / options.clients, options.worstStall);
    while (proxy.struck < options.faults) await pause(LOOK_EVERY);
    proxy.calm();

    proxy.offline = true;
    proxy.strike({ kind: 'half-open', lost: 'both' });
    await Promise.all([all(tabs, 'not-saved'), pause(options.offline)]);

    for (const stop of stops) stop();
    clock.run(1);
    proxy.air = GOOD_AIR;
    proxy.offline = false;
    const back = clock.elapsed();
    for (const tab of tabs) tab.networkIsBack();
    await all(tabs, 'saved');
    await everywhere(tabs);
    const caughtUp = clock.elapsed() - back;

    const served = await newcomer({ number: tabs.length, noteId, port, clock, random, onDisk });
    await checkConverged({
      ...{ log: store.log, noteId, deleted: new Set() },
      docs: tabs.map(({ sync }) => sync.doc),
      rows: [...disk.notes.values()].flatMap((note) => note.rows.map((row) => row.bytes)),
      served: served.sync.doc,
    });
    const there = new Set(tokens(served.sync.doc));
    const acked = tabs.flatMap((tab) => tab.acked);
    await served.sync.close();
    return {
      typed: tabs.reduce((sum, tab) => sum + tab.typed.length, 0),
      acked: acked.length,
      lost: acked.filter((token) => !there.has(token)),
      lies: tabs.flatMap((tab) => tab.lies),
      silent: Math.max(...tabs.map((tab) => tab.silent)),
      caughtUp,
      faults: proxy.struck,
      connections: proxy.taken,
    };
  } finally {
    for (const stop of stops) stop();
    for (const { sync } of tabs) await sync.close();
    await proxy.close();
    await server.close();
    await store.close();
  }
}

async function all(tabs: readonly VenueTab[], kind: 'saved' | 'not-saved'): Promise<void> {
  await Promise.all(tabs.map((tab) => tab.until(kind)));
}

/** Resolves when each has what any of them typed. */
async function everywhere(tabs: readonly VenueTab[]): Promise<void> {
  const writers = tabs.map(({ sync }): [number, number] => [
    sync.doc.clientID,
    Y.getState(sync.doc.store, sync.doc.clientID),
  ]);
  const whole = ({ store }: Y.Doc): boolean => writers.every(([id, clock]) => Y.getState(store, id) >= clock);
  for (const { sync } of tabs)
    while (!whole(sync.doc)) await new Promise<void>((told) => sync.doc.once('update', () => told()));
}

async function newcomer(parts: ConstructorParameters<typeof VenueTab>[0]): Promise<VenueTab> {
  const tab = new VenueTab(parts);
  void tab.sync.start();
  await tab.until('saved');
  return tab;
}

/** Watches a log: the next clock of a clientID that it does not have. */
function watchCommits(log: UpdateLog): (clientId: number) => number {
  const reached = new Map<number, number>();
  const append = log.append.bind(log);
  log.append = async (asked) => {
    const outcome = await append(asked);
    for (const { payload } of asked.updates)
      for (const [clientId, clock] of Y.parseUpdateMeta(payload).to)
        reached.set(clientId, Math.max(clock, reached.get(clientId) ?? 0));
    return outcome;
  };
  return (clientId) => reached.get(clientId) ?? 0;
}
