import * as Y from 'yjs';
import { undoInOrder } from '#core/note/undo-in-order.ts';
import { decodeMessage } from '#core/wire/codec.ts';
import { StoreError, type UpdateLog } from '#server/store/log.ts';
import { memoryStore } from '#server/store/memory.ts';
import { emptyDisk } from '#server/store/memory/disk.ts';
import type { Store } from '#server/store/store.ts';
import { createNotes } from '#server/notes.ts';
import { OutcomeNumbers } from '#server/outcomes/numbers.ts';
import { Outcomes } from '#server/outcomes/outcomes.ts';
import { LIMITS } from '#server/sync/limits.ts';
import { Rooms } from '#server/sync/rooms.ts';
import { FakeClock, settle } from '../support/fake-clock.ts';
import { oneEvent } from '../support/one-event.ts';
import { ids, outcomeId } from '../support/outcomes.ts';
import { Random } from '../support/random.ts';
import { SimClient } from '../support/sim-client.ts';
import { checkConverged, tokens } from './converged.ts';
import { addBlock, bold, deleteBlock, deleteText, insertText, mark, turn } from './edit.ts';
import type { Operation } from './operation.ts';
import { OutcomeCheck } from './outcome-check.ts';
import { OwnClient } from './own-client.ts';
import type { Trace } from './trace.ts';

/** A client with what the run knows about it. */
interface Actor {
  client: SimClient | OwnClient;
  undo: Y.UndoManager;
  clock: number;
}

/** Of five: two tabs of one device, a stock client, and two of our own as they run in a browser. */
const OWN = new Set([3, 4]);

/**
 * Server, clients, network, disk, clock and randomness in one process, all moved by operations. After every step: nothing was
 * told that is not on disk (SY2), everything acked is on disk (SY3, LO6), no page said Saved too early or nothing for too long
 * (CL2), what is said of outcomes stays true (OU6, OU8).
 */
export class World {
  readonly #random: Random;
  readonly #trace: Trace;
  readonly #clock = new FakeClock();
  readonly #disk = emptyDisk();
  readonly #actors: Actor[] = [];
  /** Next clock per clientID, over everything that was committed. */
  readonly #committed = new Map<number, number>();
  readonly #deleted = new Set<string>();
  readonly #outcomeCheck = new OutcomeCheck(this.#disk);
  #generation = 0;
  #failingUntil = 0;
  /** What is written until then is on disk, and the answer is lost. */
  #forgettingUntil = 0;
  #store: Store;
  #rooms: Rooms;
  #services: { numbers: OutcomeNumbers; outcomes: Outcomes };
  #noteId = '';

  constructor(seed: number, trace: Trace) {
    this.#trace = trace;
    this.#random = new Random(seed ^ 0x5eed);
    this.#store = this.#openStore();
    this.#rooms = this.#openRooms();
    this.#services = this.#openServices();
  }

  async start(clients: number): Promise<void> {
    this.#failingUntil = -1;
    const saved = oneEvent(this.#store);
    await this.#clock.advance(1_000);
    this.#noteId = (await saved)[0] ?? '';
    for (let i = 0; i < clients; i++) this.#actors.push(this.#newActor(i));
    for (const actor of this.#actors) this.#connect(actor);
  }

  async apply(operation: Operation): Promise<void> {
    switch (operation.kind) {
      case 'time':
        await this.#clock.advance(operation.ms);
        this.#outcomeCheck.always();
        break;
      case 'store-fails':
        this.#failingUntil = this.#clock.elapsed() + operation.ms;
        break;
      case 'store-forgets':
        this.#forgettingUntil = this.#clock.elapsed() + operation.ms;
        break;
      case 'clock-jump':
        this.#jump(operation.client, operation.ms);
        break;
      case 'kill':
        this.#kill();
        break;
      default: {
        const actor = this.#actors[operation.client];
        if (actor) this.#act(actor, operation);
      }
    }
    // Our own client sends a promise after the change.
    await settle();
    this.#noteAll(operation);
    this.#checkAll();
  }

  /** Heals everything and lets it run until nothing moves; then all must be equal everywhere. */
  async converge(): Promise<void> {
    this.#failingUntil = this.#forgettingUntil = 0;
    for (let round = 0; round < 4; round++) {
      for (const actor of this.#actors) this.#connect(actor);
      for (let i = 0; i < 14; i++) {
        for (const { client } of this.#actors) {
          // Once at least: a socket that is not open yet opens by it.
          do client.deliverToServer();
          while (client.toServer.length > 0);
          while (client.toClient.length > 0) client.deliverToClient();
        }
        await this.#clock.advance(500);
      }
    }
    this.#checkAll();
    for (const { client } of this.#actors) {
      if (!client.connected) throw new Error(`a client cannot stay connected: ${whyNot(client)}`);
      if (client.options.acks && client.acked !== client.sent)
        throw new Error(`I8: ${client.sent - client.acked} frames were never acked`);
    }
    await checkConverged({
      docs: this.#actors.map(({ client }) => client.doc),
      log: this.#store.log,
      noteId: this.#noteId,
      rows: [...this.#disk.notes.values()].flatMap((note) => note.rows.map((row) => row.bytes)),
      served: await this.#freshCopy(),
      deleted: this.#deleted,
    });
    const [first] = this.#actors;
    if (first) this.#outcomeCheck.atRest(first.client.doc);
  }

  /** Lets go of timers. */
  async end(): Promise<void> {
    this.#stop();
    for (const { client } of this.#actors) if (client instanceof OwnClient) await client.close();
  }

  #stop(): void {
    this.#services.numbers.stop();
    this.#services.outcomes.stop();
    this.#rooms.close();
  }

  /** A newcomer with an empty document, served by the running room. */
  async #freshCopy(): Promise<Y.Doc> {
    const reader = new SimClient({ noteId: this.#noteId, device: 'reader', canWrite: false });
    reader.connect(this.#rooms);
    await this.#clock.advance(500);
    return reader.doc;
  }

  #newActor(i: number): Actor {
    // Clients 0 and 1 are two tabs of one device; odd ones understand acks, even ones are stock clients.
    const device = i < 2 ? 'device-0' : `device-${i}`;
    const [noteId, clientId] = [this.#noteId, 1000 + i];
    const client = OWN.has(i)
      ? new OwnClient({
          ...{ noteId, device, clientId, clock: this.#clock, random: this.#random },
          rooms: () => this.#rooms,
          onDisk: (id) => this.#committed.get(id) ?? 0,
        })
      : new SimClient({ noteId, device, acks: i === 1, clientId, cranked: true });
    const undo = new Y.UndoManager(client.doc.getXmlFragment('note'), { captureTimeout: 0 });
    undoInOrder(undo);
    return { client, undo, clock: 0 };
  }

  #connect(actor: Actor): void {
    if (actor.client.connected) return;
    actor.client.connect(this.#rooms);
  }

  #act(actor: Actor, operation: ClientOperation): void {
    const { doc } = actor.client;
    const before = tokens(doc);
    act(actor, operation, () => this.#connect(actor));
    if (!operation.kind.startsWith('delete')) return;
    // What is gone, and what looks like a token only because the text between two halves is gone.
    const after = tokens(doc);
    for (const token of before) if (count(after, token) !== count(before, token)) this.#deleted.add(token);
    for (const token of after) if (count(after, token) !== count(before, token)) this.#deleted.add(token);
  }

  /** Of a client's machine, or of the server's. */
  #jump(client: number | null, ms: number): void {
    if (client === null) return this.#clock.jump(ms);
    const own = this.#actors[client]?.client;
    if (own instanceof OwnClient) own.jump(ms);
  }

  /** The process dies: what was not committed is gone, clients notice, a new process starts on the same disk. */
  #kill(): void {
    this.#generation++;
    this.#stop();
    for (const { client } of this.#actors) client.serverDied();
    this.#store = this.#openStore();
    this.#rooms = this.#openRooms();
    this.#services = this.#openServices();
  }

  #openStore(): Store {
    const generation = this.#generation;
    const commit = async (): Promise<void> => {
      await new Promise<void>((done) => this.#clock.after(this.#random.int(15), done));
      if (generation !== this.#generation) throw new StoreError('closed', 'this process was killed');
      if (this.#clock.elapsed() < this.#failingUntil) throw new StoreError('disk-full', 'the disk is full');
    };
    return memoryStore({ clock: this.#clock, disk: this.#disk, commit });
  }

  #openRooms(): Rooms {
    const { log } = this.#store;
    const watched: UpdateLog = {
      load: (id) => log.load(id),
      snapshot: (id) => log.snapshot(id),
      prune: (id) => log.prune(id),
      append: async (append) => {
        const outcome = await log.append(append);
        for (const { payload } of append.updates) {
          reach(this.#committed, payload);
          this.#trace.note('commit', payload);
        }
        if (this.#clock.elapsed() < this.#forgettingUntil) throw new StoreError('io', 'the answer was lost');
        return outcome;
      },
    };
    return new Rooms({
      log: watched,
      clock: this.#clock,
      limits: LIMITS,
      onOutcomes: (noteId) => {
        this.#services.outcomes.mayHave(noteId);
        this.#services.numbers.touched(noteId);
      },
      onCommit: (noteId) => this.#services.outcomes.changed(noteId),
      newClientId: () => 1_000_000 + this.#random.int(1_000_000),
    });
  }

  #openServices(): { numbers: OutcomeNumbers; outcomes: Outcomes } {
    const [rooms, store, clock] = [this.#rooms, this.#store, this.#clock];
    const report = (error: unknown): never => {
      throw error;
    };
    const newId = () => outcomeId(this.#random.int(1_000_000_000));
    return {
      numbers: new OutcomeNumbers({ rooms, tables: store.outcomes, clock, newId, report }),
      outcomes: new Outcomes({
        ...{ tables: store.outcomes, events: store.events, notes: createNotes(rooms), rooms, clock, report },
      }),
    };
  }

  /** What was done, and all that a client has said or is about to hear. */
  #noteAll(operation: Operation): void {
    this.#trace.note(`${this.#clock.elapsed()} ${JSON.stringify(operation)}`);
    for (const { client } of this.#actors) {
      for (const frame of [...client.toServer, ...client.toClient]) this.#trace.note('frame', frame);
      this.#trace.note(client instanceof OwnClient ? JSON.stringify(client.state) : String(client.connected));
    }
  }

  #checkAll(): void {
    for (const { client } of this.#actors) {
      if (client instanceof OwnClient && client.lies[0]) throw new Error(client.lies[0]);
      for (const frame of client.frames.slice(0, client.acked))
        for (const [clientId, clock] of frame)
          if ((this.#committed.get(clientId) ?? 0) < clock)
            throw new Error(`I1: clock ${clock} of ${clientId} was acked and is not on disk`);
      for (const frame of client.toClient) this.#checkTold(frame);
    }
  }

  #checkTold(frame: Uint8Array): void {
    const message = decodeMessage(frame);
    if (message.kind !== 'update') return;
    for (const [clientId, clock] of Y.parseUpdateMeta(message.update).to)
      if (clientId >= 1000 && (this.#committed.get(clientId) ?? 0) < clock)
        throw new Error(`I3: clock ${clock} of ${clientId} was told and is not on disk`);
  }
}

type ClientOperation = Extract<Operation, { client: number }>;

function act(actor: Actor, operation: ClientOperation, connect: () => void): void {
  const { client } = actor;
  const { doc } = client;
  switch (operation.kind) {
    case 'type':
      return insertText(doc, operation.block, operation.at, operation.token);
    case 'add-block':
      return addBlock(doc, operation.block, operation.node, operation.token);
    case 'mark': {
      const { copyOf, made, token } = operation;
      const copied = copyOf === null ? undefined : ids(doc)[copyOf];
      const id = typeof copied === 'string' ? copied : outcomeId(token.replace(/\D/g, ''));
      return mark(doc, operation.block, { id, short: made, text: token });
    }
    case 'turn':
      return turn(doc, operation.outcome, operation.to);
    case 'delete-text':
      return deleteText(doc, operation.block, operation.at, operation.length);
    case 'delete-block':
      return deleteBlock(doc, operation.block);
    case 'bold':
      return bold(doc, operation.block, operation.at, operation.length);
    case 'undo':
      return void actor.undo.undo();
    case 'caret':
      if (client.connected)
        client.present(
          { cursor: { anchor: { tname: 'note', assoc: actor.clock }, head: { tname: 'note' } } },
          ++actor.clock,
        );
      return;
    case 'to-server':
      for (let i = 0; i < operation.frames; i++) client.deliverToServer();
      return;
    case 'to-client':
      for (let i = 0; i < operation.frames; i++) client.deliverToClient();
      return;
    case 'cut':
      return client.cut();
    case 'half-open':
      return client instanceof OwnClient ? client.halfOpen() : client.cut();
    case 'connect':
      return connect();
  }
}

function whyNot(client: SimClient | OwnClient): string {
  return client instanceof OwnClient ? JSON.stringify(client.state) : (client.closedBy?.reason ?? 'cut');
}

function reach(clocks: Map<number, number>, update: Uint8Array): void {
  for (const [clientId, clock] of Y.parseUpdateMeta(update).to)
    clocks.set(clientId, Math.max(clock, clocks.get(clientId) ?? 0));
}

function count(tokens: readonly string[], token: string): number {
  return tokens.filter((other) => other === token).length;
}
