import type { MessagePort } from 'node:worker_threads';
import { toWire, type WireError } from './errors.ts';

/** What one worker can be asked. Each function runs to its end before the next call is looked at. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the bound of a table of functions, as in Parameters<>
export type Calls = Record<string, (...args: any[]) => unknown>;

/** Main thread to worker. */
export type Request = [id: number, name: string, args: unknown[]];

/** Worker to main thread. Id 0 answers the start itself. */
export type Reply = [id: number, result: unknown] | [id: number, result: null, error: WireError];

/** Opens what the worker serves and answers calls on `port` from then on. */
export function serve(port: MessagePort, open: () => Calls): void {
  const calls = answer(port, 0, open);
  if (calls === null) return;
  port.on('message', ([id, name, args]: Request) => {
    const call = calls[name];
    answer(port, id, () => {
      if (call === undefined) throw new Error(`There is no call ${name}.`);
      return call(...args);
    });
  });
}

function answer<T>(port: MessagePort, id: number, run: () => T): T | null {
  try {
    const result = run();
    const reply: Reply = [id, id === 0 ? null : result];
    port.postMessage(reply, buffersOf(result));
    return result;
  } catch (error) {
    const reply: Reply = [id, null, toWire(error)];
    port.postMessage(reply);
    return null;
  }
}

/** Buffers that a result owns whole, to be moved instead of copied. */
function buffersOf(result: unknown): ArrayBuffer[] {
  if (typeof result !== 'object' || result === null) return [];
  const buffers = new Set<ArrayBuffer>();
  for (const value of Object.values(result))
    if (
      value instanceof Uint8Array &&
      value.buffer instanceof ArrayBuffer &&
      value.byteLength === value.buffer.byteLength
    )
      buffers.add(value.buffer);
  return [...buffers];
}
