import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Answer, Job, ResultOf } from './load/generator.ts';
import type { ServerKind } from './peers/kind.ts';
import { freePort, type RunningServer, serve } from './peers/serve.ts';

const SERVER_CORE = '0';
const GENERATOR_CORE = '1';

/** Starts a server on its core with a port of its own and waits until it serves. */
export async function startServer(
  kind: ServerKind,
  dataDir: string,
  nodeOptions: string[] = [],
): Promise<RunningServer> {
  const place = { port: await freePort(), dataDir };
  return serve(kind, { place, nodeOptions, under: ['taskset', '-c', SERVER_CORE] });
}

/** Runs one job in a generator process on the other core. */
export async function generate<K extends Job['kind']>(job: Extract<Job, { kind: K }>): Promise<ResultOf[K]> {
  const script = fileURLToPath(new URL('load/generator.ts', import.meta.url));
  const child = spawn('taskset', ['-c', GENERATOR_CORE, process.execPath, script], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const answer = await new Promise<Answer>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Answer));
    child.once('exit', (code) => reject(new Error(`The generator ended with ${code} before it answered.`)));
    child.once('error', reject);
    child.send(job);
  });
  if (answer.kind === 'error') throw new Error(answer.message);
  return answer.result as ResultOf[K];
}
