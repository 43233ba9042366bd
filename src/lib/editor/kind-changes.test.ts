// @vitest-environment happy-dom
import { TextSelection } from '@tiptap/pm/state';
import { fc } from '../../../tests/support/properties.ts';
import { afterEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { parseMarkdown } from '#core/note/markdown.ts';
import { keepWritten } from '#core/note/moved/keep-written.ts';
import { noteDoc } from '#core/note/write.ts';
import { type TypingEditor, typingEditor } from '../../../tests/support/typing-editor.ts';
import { moveBlock } from './move-block.ts';

interface Person extends TypingEditor {
  /** Changes that the others were not told of. */
  outbox: Uint8Array[];
}

const FILE = `${'a'.repeat(26)}-3x2.png`;
const open: Person[] = [];

afterEach(() => closeAll());

function closeAll(): void {
  for (const { editor, doc } of open.splice(0)) {
    editor.destroy();
    doc.destroy();
  }
}

/** So many people in one note. */
function people<N extends number>(markdown: string, count: N): Person[] & { length: N } {
  const start = Y.encodeStateAsUpdate(noteDoc(parseMarkdown(markdown)));
  const found = Array.from({ length: count }, (_, i): Person => {
    const doc = new Y.Doc();
    doc.clientID = 11 + i;
    Y.applyUpdate(doc, start);
    keepWritten(doc, { isOurs: (client) => client === doc.clientID, any: () => true });
    const person = { ...typingEditor(doc), outbox: [] as Uint8Array[] };
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'others') person.outbox.push(update);
    });
    return person;
  });
  open.push(...found);
  return found as Person[] & { length: N };
}

/** Everyone hears of everything, as often as it takes. */
function exchange(all: readonly Person[]): void {
  while (all.some(({ outbox }) => outbox.length > 0))
    for (const from of all) {
      const update = Y.mergeUpdates(from.outbox.splice(0));
      for (const to of all) if (to !== from) Y.applyUpdate(to.doc, update, 'others');
    }
}

/** Puts the caret behind these words. */
function behind({ editor }: Person, words: string): void {
  editor.state.doc.descendants((node, at) => {
    const index = node.isText ? (node.text ?? '').indexOf(words) : -1;
    if (index >= 0) editor.commands.setTextSelection(at + index + words.length);
  });
}

/** The text of the block with the caret, and `|` where it is. */
function atCaret({ editor }: Person): string {
  const { parent, parentOffset } = editor.state.selection.$head;
  const text = parent.textBetween(0, parent.content.size, '', '\n');
  return `${text.slice(0, parentOffset)}|${text.slice(parentOffset)}`;
}

/** Ways to make the block with the caret another one, and how its line is written then. */
const CHANGES: [name: string, change: (person: Person) => void, line: string][] = [
  [
    'a typed sign',
    (person) => {
      person.editor.commands.setTextSelection(person.editor.state.selection.$head.start());
      person.type('> ');
      behind(person, 'see');
    },
    '> ',
  ],
  ['a heading by a button', ({ editor }) => void editor.commands.toggleHeading({ level: 2 }), '## '],
  ['a list item', ({ editor }) => void editor.commands.toggleBulletList(), '- '],
  ['code', ({ editor }) => void editor.commands.toggleCodeBlock(), ''],
  ['a move', ({ editor }) => void moveBlock(editor, -1), ''],
];

test.each(CHANGES)(
  'WR11: %s: what somebody else types meanwhile stands there once, with their caret',
  (_, change, line) => {
    const [ada, bob] = people('a long line above it all\n\nsee the map', 2) as [Person, Person];
    behind(ada, 'see');
    change(ada);
    ada.type('A');
    behind(bob, 'see the map');
    bob.type('!?');
    behind(bob, 'see th');
    bob.type('xy');
    exchange([ada, bob]);
    expect(bob.note()).toEqual(ada.note());
    expect(ada.markdown().split('\n')).toContain(`${line}seeA thxye map!?`);
    expect(atCaret(ada)).toBe('seeA| thxye map!?');
    expect(atCaret(bob)).toBe('seeA thxy|e map!?');
  },
);

test('WR11: a block that was deleted stays deleted, whatever somebody else types in it meanwhile', () => {
  const [ada, bob] = people('one\n\ntwo\n\nthree', 2) as [Person, Person];
  ada.editor.commands.deleteRange({ from: 5, to: 10 });
  behind(bob, 'two');
  bob.type(' more');
  exchange([ada, bob]);
  for (const { markdown } of [ada, bob]) expect(markdown()).toBe('one\n\nthree\n');
});

test('WR11: what somebody deleted in a block that became another kind meanwhile does not come back', () => {
  const [ada, bob, eve] = people('see the big map', 3) as [Person, Person, Person];
  ada.editor.commands.toggleHeading({ level: 2 });
  bob.editor.commands.deleteRange({ from: 5, to: 9 });
  exchange([ada, bob, eve]);
  for (const { markdown } of [ada, bob, eve]) expect(markdown()).toBe('## see big map\n');
});

test('WR11: what was put in again is undone by who typed it, and by nobody else', () => {
  const [ada, bob] = people('see the map', 2) as [Person, Person];
  ada.editor.commands.toggleHeading({ level: 2 });
  behind(bob, 'map');
  bob.type('s');
  exchange([ada, bob]);
  bob.editor.commands.undo();
  exchange([ada, bob]);
  for (const { markdown } of [ada, bob]) expect(markdown()).toBe('## see the map\n');
  bob.editor.commands.redo();
  exchange([ada, bob]);
  for (const { markdown } of [ada, bob]) expect(markdown()).toBe('## see the maps\n');
  ada.editor.commands.undo();
  exchange([ada, bob]);
  expect(ada.markdown()).toContain('s\n');
});

test('WR11: what is put in again keeps its marks, and takes on none of those around it', () => {
  const [ada, bob] = people('see **the** map', 2) as [Person, Person];
  ada.editor.commands.toggleHeading({ level: 2 });
  behind(bob, 'the');
  bob.editor.commands.unsetMark('bold');
  bob.type(' plainlinked');
  const { head } = bob.editor.state.selection;
  bob.editor
    .chain()
    .setTextSelection({ from: head - 'linked'.length, to: head })
    .setMark('link', { href: 'https://example.org/' })
    .run();
  behind(bob, 'map');
  bob.editor.commands.setMark('code');
  bob.type('code');
  exchange([ada, bob]);
  expect(bob.note()).toEqual(ada.note());
  expect(ada.markdown()).toBe('## see **the** plain[linked](https://example.org/) map`code`\n');
});

test('WR11: an undo that makes a block again what it was loses nothing either', () => {
  const [ada, bob] = people('see the map', 2) as [Person, Person];
  ada.editor.commands.toggleHeading({ level: 2 });
  exchange([ada, bob]);
  ada.editor.commands.undo();
  behind(bob, 'see');
  bob.type('!');
  exchange([ada, bob]);
  for (const { markdown } of [ada, bob]) expect(markdown()).toBe('see! the map\n');
  expect(atCaret(bob)).toBe('see!| the map');
});

test('WR11: a line and an item that somebody begins in what becomes another kind meanwhile stand beside it', () => {
  const [ada, bob] = people('see the map\n\n- one\n- two', 2) as [Person, Person];
  behind(ada, 'see');
  ada.editor.commands.toggleHeading({ level: 2 });
  behind(ada, 'two');
  ada.editor.commands.toggleOrderedList();
  behind(bob, 'see');
  bob.editor.commands.setHardBreak();
  bob.type('more');
  behind(bob, 'one');
  bob.type('\nmine');
  exchange([ada, bob]);
  expect(bob.note()).toEqual(ada.note());
  expect(ada.markdown()).toBe('## see\n\nmore the map\n\n1. one\n\n   mine\n\n2. two\n');
  expect(atCaret(bob)).toBe('mine|');
});

test('WR11: an outcome that somebody marks in what becomes another kind meanwhile stays one', () => {
  const [ada, bob] = people('> see the map', 2) as [Person, Person];
  behind(ada, 'see');
  ada.editor.commands.toggleBlockquote();
  behind(bob, 'see the map');
  const at = bob.editor.state.selection.$head.after();
  const [outcome] = parseMarkdown('ACTION @Ada: draw it').content;
  bob.editor.commands.insertContentAt(at, outcome ?? null);
  exchange([ada, bob]);
  expect(bob.note()).toEqual(ada.note());
  expect(JSON.stringify(ada.note()).match(/"type":"outcome"/g)).toHaveLength(1);
  expect(ada.markdown()).toContain('draw it');
});

test.each([
  ['a quote that becomes none', '> see the map', ({ editor }: Person) => void editor.commands.toggleBlockquote()],
  ['an item that becomes no list', '- see the map', ({ editor }: Person) => void editor.commands.toggleBulletList()],
])('WR11: an image put into %s meanwhile is there once', (_, start, change) => {
  const [ada, bob] = people(start, 2) as [Person, Person];
  behind(ada, 'see');
  change(ada);
  behind(bob, 'see the map');
  const at = bob.editor.state.selection.$head.after();
  bob.editor.commands.insertContentAt(at, { type: 'image', attrs: { file: FILE, alt: 'the map' } });
  exchange([ada, bob]);
  expect(bob.note()).toEqual(ada.note());
  expect(ada.markdown().match(/!\[the map\]/g)).toHaveLength(1);
  expect(ada.markdown().indexOf('see the map')).toBeLessThan(ada.markdown().indexOf('![the map]'));
  expect(JSON.stringify(ada.note())).toContain(FILE);
});

test('WR11: an image is not put in again where its block was deleted, nor where the mover had it', () => {
  const [ada, bob] = people('above\n\n> see the map\n>\n> and this', 2) as [Person, Person];
  const putIn = (): void => {
    behind(bob, 'see the map');
    const at = bob.editor.state.selection.$head.after();
    bob.editor.commands.insertContentAt(at, { type: 'image', attrs: { file: FILE, alt: 'the map' } });
  };
  putIn();
  exchange([ada, bob]);
  behind(ada, 'see');
  moveBlock(ada.editor, -1);
  exchange([ada, bob]);
  expect(ada.markdown().match(/!\[the map\]/g)).toHaveLength(1);
  putIn();
  ada.editor.commands.setContent('all gone');
  exchange([ada, bob]);
  expect(bob.note()).toEqual(ada.note());
  expect(ada.markdown()).not.toContain('the map');
});

test('WR11: a break at the beginning of a line that becomes another kind meanwhile loses nothing', () => {
  const [ada, bob] = people('see the map', 2) as [Person, Person];
  ada.editor.commands.toggleHeading({ level: 2 });
  bob.editor.commands.setTextSelection(1);
  bob.editor.commands.setHardBreak();
  bob.type('more');
  exchange([ada, bob]);
  expect(bob.note()).toEqual(ada.note());
  expect(ada.markdown().match(/more/g)).toHaveLength(1);
  expect(ada.markdown()).toContain('see the map');
});

test.each(CHANGES)('WR11: %s by two at once makes one block, with what both and a third wrote in it', (_, change) => {
  const [ada, bob, eve] = people('a long line above it all\n\nsee the map', 3) as [Person, Person, Person];
  for (const [person, signs] of [
    [ada, 'A'],
    [bob, 'B'],
  ] as const) {
    behind(person, 'see');
    change(person);
    person.type(signs);
    behind(person, 'map');
    person.type(signs.repeat(2));
  }
  behind(eve, 'the');
  eve.type('y');
  exchange([ada, bob, eve]);
  for (const each of [ada, bob, eve]) {
    expect(each.note()).toEqual(ada.note());
    const lines = each.markdown().match(/see/g);
    expect(lines).toHaveLength(1);
    expect(each.markdown()).toMatch(/see(AB|BA) they map(AABB|BBAA)/);
  }
  expect(atCaret(ada)).toMatch(/mapB*AA\|/);
  expect(atCaret(bob)).toMatch(/mapA*BB\|/);
  expect(atCaret(eve)).toMatch(/they\| map/);
});

test('WR11: what one wrote in a block that the other takes out of a quote is not lost when both change it at once', () => {
  const [ada, bob] = people('> see the map', 2) as [Person, Person];
  behind(ada, 'see');
  ada.editor.commands.toggleBlockquote();
  behind(bob, 'see');
  bob.editor.commands.toggleHeading({ level: 2 });
  bob.type('B');
  exchange([ada, bob]);
  for (const { markdown } of [ada, bob]) expect(markdown()).toBe('seeB the map\n');
  expect(atCaret(bob)).toBe('seeB| the map');
});

test('WR11: undo takes back neither of two moves by making the block twice', () => {
  const [ada, bob] = people('one\n\ntwo\n\nthree', 2) as [Person, Person];
  for (const person of [ada, bob]) {
    behind(person, 'two');
    moveBlock(person.editor, -1);
  }
  exchange([ada, bob]);
  for (const person of [ada, bob]) {
    person.editor.commands.undo();
    exchange([ada, bob]);
    expect(
      ada
        .markdown()
        .split('\n\n')
        .map((line) => line.trim())
        .sort(),
    ).toEqual(['one', 'three', 'two']);
  }
});

test('WR11: two of one block stay when one holds what the other lacks', () => {
  const [ada, bob] = people('one\n\nsee the map', 2) as [Person, Person];
  for (const person of [ada, bob]) {
    behind(person, 'see');
    moveBlock(person.editor, -1);
  }
  behind(ada, 'see');
  ada.editor.commands.setTextSelection({ from: 1, to: 4 });
  ada.editor.commands.setMark('link', { href: 'https://example.org/' });
  exchange([ada, bob]);
  expect(bob.note()).toEqual(ada.note());
  expect(ada.markdown()).toContain('[see](https://example.org/) the map');
});

/** What changes kinds and places. */
const ACTS: Record<string, (person: Person) => void> = {
  heading: ({ editor }) => void editor.commands.toggleHeading({ level: 2 }),
  list: ({ editor }) => void editor.commands.toggleBulletList(),
  numbers: ({ editor }) => void editor.commands.toggleOrderedList(),
  quote: ({ editor }) => void editor.commands.toggleBlockquote(),
  code: ({ editor }) => void editor.commands.toggleCodeBlock(),
  up: ({ editor }) => void moveBlock(editor, -1),
  down: ({ editor }) => void moveBlock(editor, 1),
  split: ({ editor }) => void editor.commands.splitBlock(),
  join: ({ editor }) => void editor.chain().setTextSelection(editor.state.selection.$head.start()).joinBackward().run(),
};

/** Those that leave what a block stands in. */
const IN_PLACE = new Set(['heading', 'code', 'up', 'down', 'split']);

const step = fc.record({
  who: fc.nat(2),
  act: fc.option(fc.constantFrom(...Object.keys(ACTS)), { nil: 'type', freq: 3 }),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  /** Whether this person’s changes reach the server then, and the server’s this person. */
  sends: fc.boolean(),
  hears: fc.constantFrom('nothing', 'each change', 'the note as it is'),
});

const acts = (...steps: [who: number, act: string, sends: boolean, hears: string][]) =>
  steps.map(([who, act, sends, hears]) => ({ who, act, at: 0, sends, hears }));

/** What drawn cases found, each once: acts, and how many people. */
const FOUND: [ReturnType<typeof acts>, number][] = [
  // The words put in again stood in a copy that the change did not touch: the caret was counted in the text as it was drawn before.
  [
    acts(
      [2, 'heading', true, 'nothing'],
      [1, 'heading', true, 'each change'],
      [0, 'type', false, 'the note as it is'],
      [1, 'type', true, 'nothing'],
      [0, 'type', false, 'each change'],
    ),
    3,
  ],
  // Words typed in the copy that was taken out came with the news that it was to be: who had typed them was told that they were known.
  [
    acts(
      [0, 'down', false, 'nothing'],
      [1, 'down', false, 'nothing'],
      [0, 'down', true, 'nothing'],
      [1, 'type', false, 'each change'],
      [1, 'type', true, 'nothing'],
      [0, 'type', false, 'the note as it is'],
    ),
    2,
  ],
];

test.each([
  ['one changes while others type, each character is there once', 1],
  ['all change at once, no character is lost', 3],
])(
  'WR11: whatever kinds and places %s',
  (_, changers) => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.constantFrom(2, 3), (steps, count) => {
        const all = people('abcd\n\nefgh\n\n- ijkl\n- mnop\n\nqrst', count);
        const server = new Y.Doc();
        Y.applyUpdate(server, Y.encodeStateAsUpdate((all[0] as Person).doc));
        const log: Uint8Array[] = [];
        server.on('update', (update: Uint8Array) => log.push(update));
        const heard = new Map<Person, number>();
        const tell = (person: Person): void => {
          for (const update of person.outbox.splice(0)) Y.applyUpdate(server, update);
        };
        const hear = (person: Person, how: string): void => {
          const news = log.slice(heard.get(person) ?? 0);
          if (how === 'nothing') return;
          heard.set(person, log.length);
          if (how === 'each change') for (const update of news) Y.applyUpdate(person.doc, update, 'others');
          else Y.applyUpdate(person.doc, Y.encodeStateAsUpdate(server, Y.encodeStateVector(person.doc)), 'others');
        };
        let next = 0x4e00;
        const typed = [...'abcdefghijklmnopqrst'];
        for (const { who, act, at, sends, hears } of steps) {
          const person = all[who % count] as Person;
          const { doc } = person.editor.state;
          person.editor.commands.setTextSelection(
            TextSelection.near(doc.resolve(Math.floor(at * doc.content.size))).head,
          );
          const own = who % count < changers && (changers === 1 || IN_PLACE.has(act)) ? ACTS[act] : undefined;
          if (own) own(person);
          else {
            const signs = String.fromCharCode(next++, next++);
            typed.push(...signs);
            person.type(signs);
            expect(atCaret(person)).toContain(`${signs}|`);
          }
          if (sends) tell(person);
          hear(person, hears);
          if (!own) expect(atCaret(person)).toContain(`${typed.at(-1)}|`);
        }
        while (all.some((person) => person.outbox.length > 0 || heard.get(person) !== log.length))
          for (const person of all) {
            tell(person);
            hear(person, 'each change');
          }
        for (const person of all) {
          expect(person.note()).toEqual((all[0] as Person).note());
          const there = [...person.editor.state.doc.textContent];
          if (changers === 1) expect(there.sort()).toEqual([...typed].sort());
          else expect(typed.filter((sign) => !there.includes(sign))).toEqual([]);
        }
        closeAll();
      }),
      { numRuns: Number(process.env['RUNS'] ?? 40), examples: changers > 1 ? FOUND : [] },
    );
  },
  60_000,
);
