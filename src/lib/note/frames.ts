import * as decoding from 'lib0/decoding';
import { decodeMessage } from '#core/wire/codec.ts';
import type { Message } from '#core/wire/messages.ts';

/** null for a frame that is not exactly one message of ours. */
export function decoded(frame: Uint8Array): Message | null {
  try {
    return decodeMessage(frame);
  } catch {
    return null;
  }
}

/** The part of an awareness frame that y-protocols reads. */
export function bodyOf(frame: Uint8Array): Uint8Array {
  const decoder = decoding.createDecoder(frame);
  decoding.readVarUint(decoder);
  return decoding.readVarUint8Array(decoder);
}
