import { fork } from 'node:child_process';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Converted } from './convert.ts';
import type { ImageFormat } from './formats.ts';
import { IMAGE_LIMITS } from './limits.ts';

export type Convert = (from: string, to: string, format: ImageFormat) => Promise<Converted>;

const WORKER = fileURLToPath(new URL('./convert-worker.ts', import.meta.url));
/** Below everything else on the machine, so that nobody's typing waits. */
const LOW_PRIORITY = 10;

/**
 * Decodes pictures one after the other, each in a process of its own: a decoder that hangs, eats memory or falls over ends that
 * picture and nothing else.
 */
export function createConverter(limitMs: number = IMAGE_LIMITS.convertMs): Convert {
  let last: Promise<unknown> = Promise.resolve();
  return (from, to, format) => {
    const turn = last.then(() => convertApart([from, to, format], limitMs));
    last = turn;
    return turn;
  };
}

function convertApart(args: string[], limitMs: number): Promise<Converted> {
  return new Promise((resolve) => {
    let answer: Converted = { ok: false, message: 'The image could not be read. Save it anew as PNG and try again.' };
    const worker = fork(WORKER, args, {
      env: {},
      execArgv: ['--max-old-space-size=64'],
      stdio: 'ignore',
      timeout: limitMs,
      killSignal: 'SIGKILL',
    });
    worker.once('spawn', () => lower(worker.pid));
    worker.once('message', (message) => (answer = message as Converted));
    worker.once('error', () => resolve(answer));
    worker.once('exit', () => resolve(answer));
  });
}

function lower(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, LOW_PRIORITY);
  } catch {
    // It has ended already, or the system does not let us: it is only slower for others then.
  }
}
