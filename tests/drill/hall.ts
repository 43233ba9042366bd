import type { Address, OpenClient } from './clients/client.ts';
import type { Typed } from './count.ts';
import { Person } from './person.ts';
import type { Phase } from './phases.ts';
import { drawScript, type Script } from './script.ts';
import type { DrillServer } from './server.ts';
import { until } from './waiting.ts';

const PEOPLE = 4;
const CATCH_UP_PATIENCE_MS = 90_000;

export interface Round {
  server: DrillServer;
  address: Address;
  open: OpenClient;
  seed: number;
  /** Which of how many. */
  number: number;
  of: number;
}

/** The people at the note of a round. */
export class Hall {
  readonly server: DrillServer;
  readonly script: Script;
  readonly #round: Round;
  #people: Person[] = [];
  #cameSoFar = 0;
  readonly #left: Typed[] = [];

  constructor(round: Round) {
    this.#round = round;
    this.server = round.server;
    this.script = drawScript(round.seed, round.number, round.of);
  }

  async sitDown(): Promise<void> {
    const { number, address, open } = this.#round;
    const places = Array.from({ length: PEOPLE }, () => this.#cameSoFar++);
    this.#people = await Promise.all(
      places.map((place) => Person.sitDown(`${number}.${place}`, this.script.seedOf(place), address, open)),
    );
  }

  get half(): Person[] {
    return this.#people.slice(PEOPLE / 2);
  }

  get others(): Person[] {
    return this.#people.slice(0, PEOPLE / 2);
  }

  /** What anybody ever typed here. */
  get everything(): Typed[] {
    return [...this.#left, ...this.#people.flatMap((person) => person.typed)];
  }

  async type(phase: Phase, count: number): Promise<void> {
    await Promise.all(this.#people.map((person) => person.type(phase, count)));
  }

  async typeAndLeave(phase: Phase, count: number, leave: (person: Person) => Promise<void> | void): Promise<void> {
    await Promise.all(
      this.#people.map(async (person) => {
        await person.type(phase, count);
        await person.told();
        await leave(person);
      }),
    );
  }

  /** Milliseconds until everybody here has what all of them typed; the patience when that never comes. */
  async caughtUp(since = performance.now()): Promise<number> {
    const tokens = this.#people.flatMap((person) => person.tokens);
    await until(
      () => this.#people.every(({ text }) => tokens.every((token) => text.includes(token))),
      CATCH_UP_PATIENCE_MS,
    );
    return performance.now() - since;
  }

  /** Those who left are really gone. */
  async empty(): Promise<void> {
    this.#left.push(...this.#people.flatMap((person) => person.typed));
    await this.end();
  }

  async end(): Promise<void> {
    await Promise.all(this.#people.splice(0).map((person) => person.end()));
  }
}
