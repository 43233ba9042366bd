import * as Y from 'yjs';

/** Yjs was stopped in the middle of an update; its document cannot be used any more. */
export class TooCostly extends Error {
  readonly kind = 'too-costly';
}

/**
 * What applying one update may cost, in milliseconds of this thread. The largest honest one takes 0.2 s here, and servers may be slower. A few kilobytes can be made
 * so that each of their structs is compared with all before it: 64 kB took 15 s and 1 MB an hour, here and in every browser.
 */
const MOST_MS = 2_000;
/** Asking what was spent costs about a microsecond. */
const ASK_EVERY = 8;

let end = Infinity;
let steps = 0;

/** Runs what applies an update. Throws TooCostly when it takes more than its share; it is asked between one struct and the next. */
export function withinEffort<T>(run: () => T): T {
  end = spent() + MOST_MS;
  try {
    return run();
  } finally {
    end = Infinity;
  }
}

function step(): void {
  if (end === Infinity || ++steps % ASK_EVERY !== 0 || spent() <= end) return;
  end = Infinity;
  throw new TooCostly(`Applying an update took more than ${MOST_MS} ms.`);
}

/** Of the processor, so that a busy machine closes nobody. */
function spent(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

// Yjs asks nobody between two structs; this is what it does for each of them.
const { integrate } = Y.Item.prototype;
Y.Item.prototype.integrate = function (this: Y.Item, transaction: Y.Transaction, offset: number): void {
  step();
  integrate.call(this, transaction, offset);
};
