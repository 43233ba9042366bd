import { destination, pino } from 'pino';
import type { Logger } from 'pino';

/** Structured log lines for the operator. Never holds note text, tokens or cookie secrets. */
export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'fatal'>;

/** JSON lines on stderr, so that stdout keeps to the few plain lines a person reads (address, organizer link). */
export function createLog(level: 'info' | 'silent' = 'info'): Log {
  return pino({ level, base: null, timestamp: () => `,"at":"${new Date().toISOString()}"` }, destination(2));
}
