import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Target } from '../bench/load/peer.ts';
import type { Place, ServerKind } from '../bench/peers/kind.ts';
import { freePort, type RunningServer, serve } from '../bench/peers/serve.ts';

/** A server with its data on one port, through all its lives. */
export class DrillServer {
  readonly #kind: ServerKind;
  readonly #env: Record<string, string>;
  readonly #place: Place;
  #life: RunningServer | null = null;

  private constructor(kind: ServerKind, env: Record<string, string>, place: Place) {
    this.#kind = kind;
    this.#env = env;
    this.#place = place;
  }

  static async begin(kind: ServerKind, env: Record<string, string>): Promise<DrillServer> {
    const dataDir = mkdtempSync(join(tmpdir(), `plumbline-drill-${kind.name}-`));
    await kind.prepare(dataDir);
    const server = new DrillServer(kind, env, { port: await freePort(), dataDir });
    // However this process ends, its server goes too.
    process.once('exit', () => server.#strike());
    await server.start();
    return server;
  }

  /** Resolves once it serves. */
  async start(): Promise<void> {
    this.#life = await serve(this.#kind, { place: this.#place, env: this.#env });
  }

  /** `kill -9`; resolves when the process is gone. */
  async kill9(): Promise<void> {
    this.#strike();
    await this.#life?.ended;
    this.#life = null;
  }

  /** As an operator stops it. */
  async stop(): Promise<void> {
    await this.#life?.stop();
    this.#life = null;
  }

  notes(count: number): Promise<Target[]> {
    return this.#kind.targets(this.#place, count);
  }

  async dispose(): Promise<void> {
    await this.kill9();
    rmSync(this.#place.dataDir, { recursive: true, force: true });
  }

  #strike(): void {
    if (this.#life) process.kill(this.#life.pid, 'SIGKILL');
  }
}
