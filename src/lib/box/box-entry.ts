import type { Component } from 'svelte';

/** One line of the command box. */
export interface BoxEntry {
  /** The same each time, so that it can be remembered as recent. */
  id: string;
  words: string;
  /** What it belongs to. */
  more?: string;
  /** Other words it is found by. */
  also?: string | undefined;
  icon?: Component<{ size?: number; strokeWidth?: number }> | undefined;
  keys?: string | undefined;
  /** Runs when the box is closed and the focus is back where it was. */
  run: () => void;
}

export interface BoxGroup {
  head: string;
  entries: readonly BoxEntry[];
}
