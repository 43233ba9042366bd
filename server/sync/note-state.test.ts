import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { decodeMessage } from '#core/wire/codec.ts';
import { NoteState } from './note-state.ts';
import type { Packet } from './socket.ts';

/** A note of `rows` updates, and its first `inSnapshot` as one. */
function stored(rows: number, inSnapshot: number): { text: string; state: NoteState } {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  for (let i = 0; i < rows; i++) doc.getText('t').insert(doc.getText('t').length, `${i} `);
  const snapshot = inSnapshot > 0 ? Y.mergeUpdates(updates.slice(0, inSnapshot)) : null;
  return { text: doc.getText('t').toJSON(), state: new NoteState({ snapshot, tail: updates.slice(inSnapshot) }) };
}

/** What a peer's empty document holds after this reply, message by message. */
function heard(packet: Packet): { kinds: string[]; text: string; pending: boolean } {
  const doc = new Y.Doc();
  const kinds = packet.messages.map((bytes) => {
    const message = decodeMessage(bytes);
    if (message.kind === 'update' || message.kind === 'sync-step-2') Y.applyUpdate(doc, message.update);
    return message.kind;
  });
  return { kinds, text: doc.getText('t').toJSON(), pending: doc.store.pendingStructs !== null };
}

test.each([
  ['rows alone', 0],
  ['a snapshot and its tail', 20],
  ['a snapshot alone', 30],
])('SY16: after a load the whole state comes from %s, before any document exists', (_name, inSnapshot) => {
  const { state, text } = stored(30, inSnapshot);
  const reply = state.missing(Y.encodeStateVector(new Y.Doc()));
  expect(state.hasDoc).toBe(false);
  // A stock client takes the sync-step-2 for the end: it comes last, and with it everything is there.
  expect(heard(reply)).toMatchObject({ text, pending: false });
  expect(heard(reply).kinds.at(-1)).toBe('sync-step-2');
});

test('SY16: the reply is one and the same for all who ask, until something is committed', () => {
  const { state, text } = stored(30, 20);
  const reply = state.full();
  expect(state.missing(new Uint8Array([0]))).toBe(reply);
  const before = Y.encodeStateVector(state.doc);
  const half = state.missing(before);
  expect(state.missing(before.slice())).toBe(half);

  const writer = new Y.Doc();
  Y.applyUpdate(writer, Y.encodeStateAsUpdate(state.doc));
  writer.getText('t').insert(0, 'new ');
  const update = Y.encodeStateAsUpdate(writer, before);
  expect(state.apply(update)).toBe('changed');
  state.committed([update]);
  expect(heard(state.full())).toMatchObject({ text: `new ${text}`, pending: false });
  expect(state.missing(before)).not.toBe(half);
});
