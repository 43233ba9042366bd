import * as encoding from 'lib0/encoding';
import type { AwarenessEntry, Here, Message } from './messages.ts';
import { MalformedFrame, Reader } from './reader.ts';

const SYNC = 0;
const AWARENESS = 1;
const QUERY_AWARENESS = 3;
const ACK = 100;
const FACTS_CHANGED = 101;
const HERE = 102;

const STEP_1 = 0;
const STEP_2 = 1;
const UPDATE = 2;

/**
 * Reads one frame. Throws MalformedFrame for anything that is not exactly one message in its one canonical form. Byte fields
 * are views into `frame`. A y-websocket `auth` message (2) is not part of our protocol in either direction.
 */
export function decodeMessage(frame: Uint8Array): Message {
  const reader = new Reader(frame);
  const message = readMessage(reader);
  reader.end();
  return message;
}

function readMessage(reader: Reader): Message {
  const type = reader.varUint();
  switch (type) {
    case SYNC:
      return readSync(reader);
    case AWARENESS:
      return readAwareness(new Reader(reader.varBytes()));
    case QUERY_AWARENESS:
      return { kind: 'query-awareness' };
    case ACK:
      return { kind: 'ack', count: reader.varUint() };
    case FACTS_CHANGED:
      return { kind: 'facts-changed' };
    case HERE:
      return { kind: 'here', here: readHere(reader.varString()) };
    default:
      throw new MalformedFrame(`message type ${type} is unknown`);
  }
}

function readSync(reader: Reader): Message {
  const step = reader.varUint();
  switch (step) {
    case STEP_1:
      return { kind: 'sync-step-1', stateVector: reader.varBytes() };
    case STEP_2:
      return { kind: 'sync-step-2', update: reader.varBytes() };
    case UPDATE:
      return { kind: 'update', update: reader.varBytes() };
    default:
      throw new MalformedFrame(`sync message ${step} is unknown`);
  }
}

function readAwareness(reader: Reader): Message {
  const count = reader.varUint();
  const entries: AwarenessEntry[] = [];
  // The count is a claim: the loop ends at the first missing byte, nothing is allocated from it.
  for (let i = 0; i < count; i++)
    entries.push({ clientId: reader.varUint(), clock: reader.varUint(), state: reader.varString() });
  reader.end();
  return { kind: 'awareness', entries };
}

function readHere(text: string): Here {
  try {
    return JSON.parse(text) as Here;
  } catch {
    throw new MalformedFrame('the list of people is not JSON');
  }
}

/** The one canonical form of a message. */
export function encodeMessage(message: Message): Uint8Array {
  const out = encoding.createEncoder();
  switch (message.kind) {
    case 'sync-step-1':
      writeSync(out, STEP_1, message.stateVector);
      break;
    case 'sync-step-2':
      writeSync(out, STEP_2, message.update);
      break;
    case 'update':
      writeSync(out, UPDATE, message.update);
      break;
    case 'awareness':
      encoding.writeVarUint(out, AWARENESS);
      encoding.writeVarUint8Array(out, encodeEntries(message.entries));
      break;
    case 'query-awareness':
      encoding.writeVarUint(out, QUERY_AWARENESS);
      break;
    case 'ack':
      encoding.writeVarUint(out, ACK);
      encoding.writeVarUint(out, message.count);
      break;
    case 'facts-changed':
      encoding.writeVarUint(out, FACTS_CHANGED);
      break;
    case 'here':
      encoding.writeVarUint(out, HERE);
      encoding.writeVarString(out, JSON.stringify(message.here));
      break;
  }
  return encoding.toUint8Array(out);
}

function writeSync(out: encoding.Encoder, step: number, bytes: Uint8Array): void {
  encoding.writeVarUint(out, SYNC);
  encoding.writeVarUint(out, step);
  encoding.writeVarUint8Array(out, bytes);
}

/** The body of an awareness message, as y-protocols' `applyAwarenessUpdate` reads it. */
function encodeEntries(entries: readonly AwarenessEntry[]): Uint8Array {
  const out = encoding.createEncoder();
  encoding.writeVarUint(out, entries.length);
  for (const { clientId, clock, state } of entries) {
    encoding.writeVarUint(out, clientId);
    encoding.writeVarUint(out, clock);
    encoding.writeVarString(out, state);
  }
  return encoding.toUint8Array(out);
}
