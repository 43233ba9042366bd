import { expect, test } from 'vitest';
import { ariaKey, keyWords } from './key-words.ts';

test.each([
  ['Mod-Alt-1', 'Ctrl+Alt+1', '⌘⌥1', 'Control+Alt+1'],
  ['Mod-Shift-b', 'Ctrl+Shift+B', '⌘⇧B', 'Control+Shift+b'],
  ['Alt-ArrowUp', 'Alt+Up', '⌥↑', 'Alt+ArrowUp'],
  ['Mod--', 'Ctrl+-', '⌘-', 'Control+-'],
  ['?', '?', '?', '?'],
])('WR6: the key %s is written %s, on a Mac %s', (key, words, mac, aria) => {
  expect(keyWords(key, false)).toBe(words);
  expect(keyWords(key, true)).toBe(mac);
  expect(ariaKey(key, false)).toBe(aria);
});
