import { describe, expect, test } from 'vitest';
import { matching } from '#lib/people/named.ts';
import { COMMAND_GROUPS } from './command.ts';
import { COMMANDS } from './commands.ts';
import { keyWords } from './key-words.ts';

describe('WR6: the list of commands', () => {
  test('no two have one id, one name or one key', () => {
    const all = [
      COMMANDS.map(({ id }) => id),
      COMMANDS.map(({ words }) => words),
      COMMANDS.flatMap(({ keys }) => keys?.map((key) => keyWords(key, false)) ?? []),
    ];
    for (const each of all) expect(each.filter((one, i) => each.indexOf(one) !== i)).toEqual([]);
  });

  test('each stands in a known group, and those of one group stand together', () => {
    const order = COMMANDS.map(({ group }) => COMMAND_GROUPS.indexOf(group));
    expect(order).not.toContain(-1);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  test('each can be reached by keyboard alone: by a key, by what is typed, or in the menu of blocks', () => {
    const reached = COMMANDS.filter(({ keys, typed, slash }) => keys?.length || typed || slash);
    expect(COMMANDS.filter((command) => !reached.includes(command))).toEqual([]);
  });

  test('WR15: what has left the mark bar is in the menu behind Block, and the marks are in both', () => {
    const inBar = COMMANDS.filter(({ bar }) => bar).map(({ id }) => id);
    expect(inBar).toEqual(expect.arrayContaining(['decision', 'action', 'question', 'gap', 'block-menu', 'stamp']));
    for (const id of ['bullet-list', 'numbered-list', 'quote', 'code-block', 'image', 'decision'])
      expect(COMMANDS.find((command) => command.id === id)?.slash, id).toBe(true);
    for (const id of ['bullet-list', 'quote', 'image']) expect(inBar).not.toContain(id);
  });

  test('OU3: each kind of outcome has its key', () => {
    const keys = COMMANDS.flatMap(({ keys }) => keys ?? []);
    expect(keys.filter((key) => /^Mod-Alt-[daqg]$/.test(key))).toEqual([
      'Mod-Alt-d',
      'Mod-Alt-a',
      'Mod-Alt-q',
      'Mod-Alt-g',
    ]);
  });
});

describe('WR7: what a menu finds', () => {
  const people = ['Mara Lindqvist', 'Tamara Ito', 'Łukasz Wilczyński', 'Jörg Müller'];
  const found = (query: string) => matching(people, query, (name) => [name]);

  test.each([
    ['', people],
    ['mara', ['Mara Lindqvist']],
    ['LIND', ['Mara Lindqvist']],
    ['i', ['Tamara Ito']],
    ['lukasz wil', ['Łukasz Wilczyński']],
    ['mueller', ['Jörg Müller']],
    ['muller', ['Jörg Müller']],
    ['indqvist', []],
    ['/dev', []],
  ])('“%s”', (query, names) => {
    expect(found(query)).toEqual(names);
  });

  test('what begins with the query comes before what has it in a later word', () => {
    expect(matching(['Numbered list', 'List'], 'li', (words) => [words])).toEqual(['List', 'Numbered list']);
  });
});
