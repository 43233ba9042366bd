/** The keys that are no command of the note. */
export const PAGE_KEYS: readonly {
  id: string;
  words: string;
  keys: readonly string[];
  also?: string;
  typed?: string;
}[] = [
  { id: 'box', words: 'Search, jump or run a command', keys: ['Mod-k'] },
  { id: 'keys', words: 'This list; ? outside text', keys: ['Mod-/', '?'] },
  { id: 'parts', words: 'Note, side, bar in turn', keys: ['F6', 'Shift-F6'] },
  { id: 'leave', words: 'Leave the note: then Tab', keys: ['Escape'] },
  { id: 'indent', words: 'Indent in lists and code', keys: ['Tab', 'Shift-Tab'] },
  { id: 'next', words: 'Next and previous found', keys: ['F3', 'Shift-F3'] },
];
