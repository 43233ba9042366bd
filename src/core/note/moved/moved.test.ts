import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { keepWritten } from './keep-written.ts';

const NOTE = 'note';

interface Person {
  doc: Y.Doc;
  outbox: Uint8Array[];
}

/** @param ours clientIDs of earlier visits that could not send what they wrote */
const open = (start: Uint8Array, clientID: number, ours: number[] = [], any = true): Person => {
  const doc = new Y.Doc();
  doc.clientID = clientID;
  Y.applyUpdate(doc, start, 'others');
  const person: Person = { doc, outbox: [] };
  keepWritten(doc, { isOurs: (client) => [clientID, ...ours].includes(client), any: () => any });
  doc.on('update', (update: Uint8Array, origin) => {
    if (origin !== 'others') person.outbox.push(update);
  });
  return person;
};

const block = (kind: string, words: string): Y.XmlElement => {
  const made = new Y.XmlElement(kind);
  const text = new Y.XmlText();
  if (words) text.insert(0, words);
  made.insert(0, [text]);
  return made;
};

const note = ({ doc }: Person): Y.XmlFragment => doc.getXmlFragment(NOTE);
const textAt = (person: Person, at: number): Y.XmlText => (note(person).get(at) as Y.XmlElement).get(0) as Y.XmlText;
const shown = (person: Person): string[] => note(person).toArray().map(String);

function begun(...words: string[]): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = 1;
  doc.getXmlFragment(NOTE).insert(
    0,
    words.map((each) => block('p', each)),
  );
  return Y.encodeStateAsUpdate(doc);
}

function becomes(person: Person, at: number, kind: string, cut = 0): void {
  const words = textAt(person, at).toString().slice(cut);
  person.doc.transact(() => {
    note(person).delete(at, 1);
    note(person).insert(at, [block(kind, words)]);
  });
}

function moves(person: Person, at: number, to: number): void {
  person.doc.transact(() => {
    const copy = (note(person).get(at) as Y.XmlElement).clone();
    note(person).delete(at, 1);
    note(person).insert(to, [copy]);
  });
}

function exchange(...people: Person[]): void {
  for (let again = true; again;) {
    again = false;
    for (const from of people)
      for (const update of from.outbox.splice(0)) {
        again = true;
        for (const to of people) if (to !== from) Y.applyUpdate(to.doc, update, 'others');
      }
  }
}

test('WR11: what was typed while somebody else made the block a heading stands in the heading, each at its place', () => {
  const start = begun('hello');
  const [ada, bob] = [open(start, 11), open(start, 12)];
  textAt(ada, 0).insert(0, '# ');
  becomes(ada, 0, 'h', 2);
  textAt(ada, 0).insert(0, 'big ');
  textAt(bob, 0).insert(5, ' world');
  textAt(bob, 0).insert(2, 'X');
  exchange(ada, bob);
  for (const each of [ada, bob]) expect(shown(each)).toEqual(['<h>big heXllo world</h>']);
});

test('WR11: who comes back after the block was changed and moved several times finds the last one', () => {
  const start = begun('hello', 'above');
  const [ada, bob] = [open(start, 11), open(start, 12)];
  textAt(bob, 0).insert(5, ' world');
  for (const kind of ['h', 'code', 'p']) becomes(ada, 0, kind);
  moves(ada, 0, 1);
  textAt(ada, 1).delete(0, 1);
  textAt(ada, 1).insert(0, 'H');
  // What the server has, of which what was taken out is gone.
  const server = open(Y.encodeStateAsUpdate(ada.doc), 2);
  Y.applyUpdate(bob.doc, Y.encodeStateAsUpdate(server.doc), 'others');
  ada.outbox = [];
  exchange(ada, bob);
  for (const each of [ada, bob]) expect(shown(each)).toEqual(['<p>above</p>', '<p>Hello world</p>']);
});

test('WR11: what an earlier visit could not send is put in again by the next one, and only once', () => {
  const start = begun('hello');
  const [ada, bob] = [open(start, 11), open(start, 12)];
  textAt(bob, 0).insert(5, ' world');
  const copy = Y.encodeStateAsUpdate(bob.doc);
  becomes(ada, 0, 'h');
  const later = open(copy, 13, [12]);
  exchange(ada, later);
  // A third visit whose copy missed that this was done.
  const last = open(copy, 14, [12]);
  Y.applyUpdate(last.doc, Y.encodeStateAsUpdate(ada.doc), 'others');
  exchange(ada, later, last);
  for (const each of [ada, later, last]) expect(shown(each)).toEqual(['<h>hello world</h>']);
});

test('WR11: who only reads changes nothing', () => {
  const start = begun('hello');
  const [ada, bob, eve] = [open(start, 11), open(start, 12), open(start, 13, [], false)];
  textAt(bob, 0).delete(0, 1);
  Y.applyUpdate(eve.doc, Y.encodeStateAsUpdate(bob.doc), 'others');
  becomes(ada, 0, 'h');
  Y.applyUpdate(eve.doc, Y.encodeStateAsUpdate(ada.doc), 'others');
  expect(eve.outbox).toEqual([]);
  expect(shown(eve)).toEqual(['<h>hello</h>']);
});

test('WR11: a change that takes nothing out notes nothing down', () => {
  const ada = open(begun('hello'), 11);
  textAt(ada, 0).insert(0, 'x');
  textAt(ada, 0).delete(0, 2);
  note(ada).insert(0, [block('p', 'more')]);
  note(ada).delete(1, 1);
  expect(ada.doc.getMap('moved').size).toBe(0);
});

test.each([
  ['no list', 7],
  ['words', ['to', 'known', 'runs']],
  ['too few numbers', [[11], [], []]],
  ['fractions', [[11, 0.5], [], []]],
  ['a text that never was', [[99, 5], [], [12, 0, 99, 9, 4]]],
  ['the text itself', [[1, 1], [], [1, 2, 1, 2, 5]]],
])('WR11: a note of moves that holds %s harms nothing', (_, strange) => {
  const start = begun('hello');
  const [ada, bob] = [open(start, 11), open(start, 12)];
  textAt(bob, 0).insert(5, '!');
  ada.doc.getMap('moved').set('1:1', strange);
  note(ada).delete(0, 1);
  exchange(ada, bob);
  for (const each of [ada, bob]) expect(shown(each)).toEqual([]);
});
