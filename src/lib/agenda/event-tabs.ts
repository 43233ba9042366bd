import List from '@lucide/svelte/icons/list';
import ListChecks from '@lucide/svelte/icons/list-checks';
import Mail from '@lucide/svelte/icons/mail';
import Settings2 from '@lucide/svelte/icons/settings-2';
import type { Component } from 'svelte';

export interface EventTab {
  words: string;
  /** Behind the address of the event. */
  path: string;
  icon: Component<{ size?: number; strokeWidth?: number }>;
  /** Keeps the filter of outcomes that the page before has in its address. */
  filtered?: boolean;
  /** Shown to organizers alone. */
  organizers?: boolean;
}

/** The pages of an event, in order. */
export const EVENT_TABS: readonly EventTab[] = [
  { words: 'Agenda', path: '', icon: List },
  { words: 'Outcomes', path: '/outcomes', icon: ListChecks, filtered: true },
  { words: 'Publish', path: '/publish', icon: Mail, filtered: true },
  { words: 'Settings', path: '/settings', icon: Settings2, organizers: true },
];
