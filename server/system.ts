import { randomBytes, randomUUID } from 'node:crypto';
import type { AppParts } from './app.ts';
import { systemClock } from './clock.ts';

/** Time, randomness and ids as the machine gives them: what every app but a test's with a clock of its own is made with. */
export const SYSTEM: Pick<AppParts, 'clock' | 'random' | 'newId'> = {
  clock: systemClock,
  random: randomBytes,
  newId: randomUUID,
};
