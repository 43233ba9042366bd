import type { LucideProps } from '@lucide/svelte';
import type { Component } from 'svelte';

/** A line of a list to choose from. */
export interface Pick {
  id: string;
  words: string;
  /** What tells it from others of the same words. */
  more?: string | undefined;
  icon?: Component<LucideProps> | undefined;
  /** The key that does the same. */
  key?: string | undefined;
}
