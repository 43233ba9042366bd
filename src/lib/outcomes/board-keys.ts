/** The keys of a board, as the list of keys shows them. */
export const BOARD_KEYS: readonly {
  id: string;
  words: string;
  keys: readonly string[];
  typed?: string;
}[] = [
  { id: 'board-next', words: 'Next and previous outcome', keys: ['j', 'k'] },
  { id: 'board-open', words: 'Open the outcome', keys: ['Enter'] },
  { id: 'board-done', words: 'Done, or open again', keys: ['x'] },
  { id: 'board-owner', words: 'Owner', keys: ['o'] },
  { id: 'board-state', words: 'State', keys: ['s'] },
];

export type BoardKey = 'j' | 'k' | 'x' | 'o' | 's' | 'Escape';
const KEYS: readonly string[] = ['j', 'k', 'x', 'o', 's', 'Escape'];

/** What a key means to the board; null where it is somebody else's: in fields, menus and boxes, and with Ctrl, Alt or Cmd. */
export function boardKey(event: KeyboardEvent): BoardKey | null {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return null;
  const { target } = event;
  const elsewhere = '[role=menu], [role=dialog], [contenteditable]';
  if (target instanceof Element && target.closest(elsewhere)) return null;
  const key = event.key === 'Escape' ? 'Escape' : event.key.toLowerCase();
  const typing = target instanceof Element && target.matches('input, select, textarea');
  if (typing && key !== 'Escape') return null;
  return KEYS.includes(key) ? (key as BoardKey) : null;
}
