import { CLOSES } from '#core/wire/closes.ts';

/** Why changes do not reach the server's disk, and since when (`clock.elapsed()`). */
export interface Trouble {
  why: 'unreachable' | 'lost' | 'no-answer' | 'bad-frame' | 'restart' | 'busy' | 'full' | 'cannot-store';
  since: number;
}

/** The server's word that coming back as we are makes no sense. */
export type FinalClose =
  'old-epoch' | 'old-schema' | 'foreign-client-id' | 'unknown-note' | 'no-access' | 'sign-in' | 'too-large' | 'refused';

/**
 * What a close with a code from 4400 to 4499 means, null for any other. The reason decides, the code alone where an older or
 * newer server gives a reason that is not known here.
 */
export function finalClose(code: number, reason: string): FinalClose | null {
  if (code < 4400 || code > 4499) return null;
  switch (reason) {
    case CLOSES.oldEpoch.reason:
    case CLOSES.oldSchema.reason:
    case CLOSES.foreignClientId.reason:
    case CLOSES.unknownNote.reason:
    case CLOSES.noAccess.reason:
    case CLOSES.signIn.reason:
    case CLOSES.tooLarge.reason:
      return reason;
  }
  if (code === CLOSES.signIn.code) return 'sign-in';
  if (code === CLOSES.noAccess.code) return 'no-access';
  if (code === CLOSES.unknownNote.code) return 'unknown-note';
  if (code === CLOSES.oldSchema.code) return 'old-schema';
  return 'refused';
}

/** Why a connection that may be tried again ended. `wasOpen`: the server had answered before. */
export function tryAgainReason(code: number, reason: string, wasOpen: boolean): Trouble['why'] {
  switch (reason) {
    case CLOSES.restart.reason:
      return 'restart';
    case CLOSES.cannotStore.reason:
      return 'cannot-store';
    case CLOSES.full.reason:
      return 'full';
    case CLOSES.gap.reason:
    case CLOSES.slowReader.reason:
      return 'busy';
  }
  if (code === CLOSES.restart.code) return 'restart';
  return wasOpen ? 'lost' : 'unreachable';
}
