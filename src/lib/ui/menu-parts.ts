import type { Component } from 'svelte';

export interface MenuEntry {
  id: string;
  /** Begins with a verb where it does something. */
  words: string;
  icon?: Component<{ size?: number; strokeWidth?: number }> | undefined;
  /** As the editor writes it, such as `Mod-Alt-t`. */
  keys?: string | undefined;
  /** For one of several to choose from: whether it is the chosen one. */
  on?: boolean | undefined;
  off?: boolean | undefined;
  /** Runs when the menu is closed and the focus is back where it was. */
  run: () => void;
}

/** Entries that belong together; a line stands between parts. */
export interface MenuPart {
  head?: string | undefined;
  entries: readonly MenuEntry[];
}
