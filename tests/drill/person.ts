import { systemClock } from '#server/clock.ts';
import { ChaosProxy } from '../support/chaos-proxy.ts';
import { Random } from '../support/random.ts';
import { type Address, type Client, type OpenClient, textOf } from './clients/client.ts';
import type { Typed } from './count.ts';
import { pause, until } from './waiting.ts';

const GAP_MS = 100;
const OPEN_PATIENCE_MS = 20_000;
/** Who is waited for in vain leaves all the same. */
const TOLD_PATIENCE_MS = 15_000;
/** How long a person stays who is never told that it is saved. */
const UNTOLD_MS = 500;

/** Somebody at a note, behind a network of their own. All they do follows from the seed. */
export class Person {
  readonly #client: Client;
  readonly #proxy: ChaosProxy;
  readonly #random: Random;
  readonly #name: string;
  readonly #tokens: { token: string; phase: string }[] = [];
  #leftWith: Typed[] | null = null;
  #closed = false;

  private constructor(client: Client, proxy: ChaosProxy, random: Random, name: string) {
    this.#client = client;
    this.#proxy = proxy;
    this.#random = random;
    this.#name = name;
  }

  /** Resolves when the note is open. */
  static async sitDown(name: string, seed: number, address: Address, open: OpenClient): Promise<Person> {
    const random = new Random(seed);
    const proxy = new ChaosProxy({ target: address.port, clock: systemClock, random: new Random(seed) });
    await proxy.open();
    const client = open({ ...address, port: proxy.port });
    const person = new Person(client, proxy, random, name);
    if (await until(() => client.open, OPEN_PATIENCE_MS)) return person;
    throw new Error(`${name} could not open the note.`);
  }

  get tokens(): string[] {
    return this.#tokens.map(({ token }) => token);
  }

  /** What they typed, and whether they were told that it is safe, until they left. */
  get typed(): Typed[] {
    if (this.#leftWith) return this.#leftWith;
    const { safe } = this.#client;
    return this.#tokens.map((one, index) => ({ ...one, acked: safe === null ? null : index < safe }));
  }

  get text(): string {
    return textOf(this.#client.doc).toString();
  }

  async type(phase: string, count: number): Promise<void> {
    for (let i = 0; i < count; i++) {
      await pause(2 * this.#random.next() * GAP_MS);
      const token = `⟨${phase}.${this.#name}.${this.#tokens.length}⟩`;
      this.#tokens.push({ token, phase });
      this.#client.type(token);
    }
  }

  /** Resolves when they were told that all is safe; after a moment where nobody is ever told. */
  async told(): Promise<void> {
    if (this.#client.safe === null) return pause(UNTOLD_MS);
    await until(() => this.#client.safe === this.#tokens.length, TOLD_PATIENCE_MS);
  }

  /** No network: both ends hear of it. */
  cut(): void {
    this.#proxy.offline = true;
    this.#proxy.strike({ kind: 'cut' });
  }

  /** The network is back, and whatever hung in it is over. */
  back(): void {
    this.#proxy.offline = false;
    this.#proxy.strike({ kind: 'reset' });
  }

  /** The connection is dead and nobody is told; a new one would get through. */
  sleep(): void {
    this.#proxy.strike({ kind: 'half-open', lost: 'both' });
  }

  /** Gone as a laptop is that is shut: nobody hears of it, and it never comes back. */
  shutLid(): void {
    this.#leftWith = this.typed;
    this.#proxy.offline = true;
    this.sleep();
  }

  async closeTab(): Promise<void> {
    this.#leftWith ??= this.typed;
    if (this.#closed) return;
    this.#closed = true;
    await this.#client.close();
  }

  /** Nothing is left of them in this process. */
  async end(): Promise<void> {
    await this.closeTab();
    await this.#proxy.close();
  }
}
