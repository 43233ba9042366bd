/**
 * A rate kept as one number (the generic cell rate algorithm): the moment up to which the giver has used up its share. Costs
 * a peer that says nothing no more than that number.
 *
 * @param usedUntil what the last call returned; 0 at first. Milliseconds, as `at`.
 * @returns the new `usedUntil`; give more only while it is less than `burst / perSecond` seconds ahead of `at`.
 */
export function take(usedUntil: number, at: number, cost: number, perSecond: number): number {
  return Math.max(usedUntil, at) + (cost / perSecond) * 1000;
}

/** Milliseconds until the giver is within its burst again; 0 while it is. */
export function wait(usedUntil: number, at: number, perSecond: number, burst: number): number {
  return perSecond === Infinity ? 0 : Math.max(0, usedUntil - at - (burst / perSecond) * 1000);
}
