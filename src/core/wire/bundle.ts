import * as encoding from 'lib0/encoding';
import { Reader } from './reader.ts';

/** Frames that travel in one HTTP body: each with its length before it. */
export function bundle(frames: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const encoder = encoding.createEncoder();
  for (const frame of frames) encoding.writeVarUint8Array(encoder, frame);
  return encoding.toUint8Array(encoder) as Uint8Array<ArrayBuffer>;
}

/** Views into `body`. Throws MalformedFrame. */
export function unbundle(body: Uint8Array): Uint8Array[] {
  const reader = new Reader(body);
  const frames: Uint8Array[] = [];
  while (!reader.isAtEnd) frames.push(reader.varBytes());
  return frames;
}
