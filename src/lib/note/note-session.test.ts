import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { templateUpdate } from '#core/note/template.ts';
import { CLOSES } from '#core/wire/closes.ts';
import { readOutcomes } from '#core/note/read.ts';
import { outcomesOf } from '#core/outcomes/outcomes-of.ts';
import { NoteSession } from './note-session.svelte.ts';
import { addOutcome, outcomeId, outcomes, removeOutcome } from '../../../tests/support/outcomes.ts';
import { HandNetwork } from './testing/hand-network.ts';

let network: HandNetwork;
let sessions: NoteSession[];

beforeEach(() => {
  network = new HandNetwork();
  Y.applyUpdate(network.doc, templateUpdate());
  sessions = [];
});

afterEach(async () => {
  network.acking = true;
  for (const session of sessions) {
    const closing = session.close();
    network.pass(10_000);
    await closing;
  }
  network.doc.destroy();
  vi.unstubAllGlobals();
});

async function open(): Promise<NoteSession> {
  const session = NoteSession.open({ noteId: 'n.1', origin: 'http://127.0.0.1', platform: network.platform() });
  sessions.push(session);
  await turn();
  network.crank();
  return session;
}

async function turn(): Promise<void> {
  for (let i = 0; i < 5; i++) await Promise.resolve();
}

function write(session: NoteSession, type: string, text: string): void {
  const block = new Y.XmlElement(type);
  block.insert(0, [new Y.XmlText(text)]);
  session.doc.getXmlFragment('note').push([block]);
}

test('CL1: what the browser keeps is asked to be kept for good once there is something to lose, and only then', async () => {
  const session = await open();
  write(session, 'paragraph', 'saved');
  await turn();
  network.pass(5_000);
  expect([session.state.kind, network.askedToKeep]).toEqual(['saved', 0]);
  network.acking = false;
  write(session, 'paragraph', 'not saved');
  await turn();
  network.pass(60_000);
  expect([session.state.kind, network.askedToKeep]).toEqual(['not-saved', 1]);
});

test('ED5: the outline is there with the note and follows the text', async () => {
  const session = await open();
  expect(session.outline.map(({ text }) => text)).toEqual(['Discussion']);
  write(session, 'heading', 'Actions');
  network.pass(400);
  expect(session.outline.map(({ text }) => text)).toEqual(['Discussion', 'Actions']);
});

test('OU11: what lists the outcomes is told when one may have changed, and not when one types elsewhere', async () => {
  addOutcome(network.doc, { id: outcomeId(1), text: 'post it' });
  const session = await open();
  write(session, 'paragraph', 'words');
  network.pass(400);
  const blocks = session.doc.getXmlFragment('note');
  const typed = (block: unknown) => ((block as Y.XmlElement).get(0) as Y.XmlText).insert(0, 'more ');
  const tells = (change: () => void): boolean => {
    const before = session.outcomesVersion;
    change();
    network.pass(400);
    return session.outcomesVersion > before;
  };
  expect(tells(() => typed(blocks.get(blocks.length - 1)))).toBe(false);
  expect(tells(() => typed(outcomes(session.doc)[0]))).toBe(true);
  expect(tells(() => addOutcome(session.doc, { id: outcomeId(2) }, 0))).toBe(true);
  expect(tells(() => outcomes(session.doc)[0]?.setAttribute('state', 'done'))).toBe(true);
  expect(tells(() => removeOutcome(session.doc, 1))).toBe(true);
  const read = outcomesOf(readOutcomes(session.doc));
  expect(read.map(({ text, state }) => [text, state])).toEqual([['Do it', 'done']]);
});

test('ED1: ready only when the note is here: no editor ever opens on an empty document', async () => {
  network.stalled = true;
  const session = await open();
  expect([session.ready, session.state.kind]).toEqual([false, 'opening']);
  network.pass(60_000);
  expect([session.ready, session.state.kind]).toEqual([false, 'not-saved']);
  network.stalled = false;
  network.pass(30_000);
  expect([session.ready, session.state.kind]).toEqual([true, 'saved']);
});

test('MA4: changed facts raise the version', async () => {
  const session = await open();
  network.sockets[0]?.down.push({ kind: 'facts-changed' });
  network.crank();
  expect(session.factsVersion).toBe(1);
});

test('CL6: refused, and what was written here can be copied', async () => {
  const session = await open();
  network.acking = false;
  write(session, 'paragraph', 'mine');
  await turn();
  network.crank();
  network.closeAll(CLOSES.oldEpoch);
  expect(session.state).toEqual({ kind: 'refused', changes: 1, kept: 'tab', close: 'old-epoch' });
  expect(session.copyUnsaved().trim()).toBe('mine');
});

test('CL6: what is copied out has its marks, and images with whole addresses', async () => {
  const session = await open();
  network.acking = false;
  const file = '0123456789abcdefghijklmnop-640x480.png';
  session.doc.transact(() => {
    write(session, 'paragraph', 'mine');
    const block = session.doc.getXmlFragment('note').toArray().at(-1) as Y.XmlElement;
    (block.get(0) as Y.XmlText).format(0, 4, { bold: {} });
    const image = new Y.XmlElement('image');
    image.setAttribute('file', file);
    image.setAttribute('alt', 'a picture');
    session.doc.getXmlFragment('note').push([image]);
  });
  expect(session.copyUnsaved()).toBe(`**mine**\n\n![a picture](http://127.0.0.1/files/${file})\n`);
});

test('CL1: leaving the room waits until the last change is acked', async () => {
  const session = await open();
  network.acking = false;
  write(session, 'paragraph', 'last words');
  await turn();
  network.crank();
  let left = false;
  const leaving = session.close().then(() => (left = true));
  await turn();
  expect([left, network.sockets[0]?.closed]).toEqual([false, false]);
  network.sockets[0]?.down.push({ kind: 'ack', count: network.sockets[0].counted });
  network.crank();
  await leaving;
  expect([left, network.sockets[0]?.closed]).toEqual([true, true]);
  sessions = [];
});

test('CL3: leaving the page asks first while something is not saved, and only then', async () => {
  const page = new EventTarget();
  vi.stubGlobal('window', page);
  const asked = (): boolean => !page.dispatchEvent(new Event('beforeunload', { cancelable: true }));
  const session = await open();
  expect(asked()).toBe(false);
  network.acking = false;
  write(session, 'paragraph', 'not yet on disk');
  await turn();
  network.crank();
  expect(asked()).toBe(true);
  network.sockets[0]?.down.push({ kind: 'ack', count: network.sockets[0].counted });
  network.crank();
  expect([session.state.kind, asked()]).toEqual(['saved', false]);
});

test('CL2: without the server the people shown are marked as old', async () => {
  const session = await open();
  const at = network.clock.now();
  network.reachable = false;
  network.closeAll();
  network.pass(3_000);
  expect(session.hereOldSince).toBe(at + 2_000);
  network.reachable = true;
  network.pass(60_000);
  expect(session.hereOldSince).toBeNull();
});
