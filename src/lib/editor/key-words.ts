const NAMES: Readonly<Record<string, string>> = {
  Mod: 'Ctrl',
  Control: 'Ctrl',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  Escape: 'Esc',
};
const MAC_NAMES: Readonly<Record<string, string>> = {
  ...{ Mod: '⌘', Alt: '⌥', Shift: '⇧', Ctrl: '⌃', Control: '⌃' },
  ...{ ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→', Escape: 'Esc' },
};

/** A key as Tiptap writes it (`Mod-Alt-1`), written for people: `Ctrl+Alt+1`, on a Mac `⌘⌥1`. */
export function keyWords(key: string, mac: boolean): string {
  return keyParts(key)
    .map((part) => (mac ? MAC_NAMES[part] : NAMES[part]) ?? (part.length === 1 ? part.toUpperCase() : part))
    .join(mac ? '' : '+');
}

/** The same as `aria-keyshortcuts` wants it: `Control+Alt+1`, on a Mac `Meta+Alt+1`. */
export function ariaKey(key: string, mac: boolean): string {
  return keyParts(key)
    .map((part) => (part === 'Mod' ? (mac ? 'Meta' : 'Control') : part))
    .join('+');
}

/** `Mod` is Cmd there. `navigator.platform` is old, and the one that every browser has. */
export function isMac(): boolean {
  return typeof navigator !== 'undefined' && /Mac|iP(hone|ad|od)/.test(navigator.platform);
}

/** The last may be the hyphen itself. */
function keyParts(key: string): string[] {
  return key.split(/-(?!$)/);
}
