import type { Editor } from '@tiptap/core';
import type { KnownPeople } from '#core/outcomes/signed.ts';
import type { LucideProps } from '@lucide/svelte';
import type { Component } from 'svelte';
import type { OutcomeKind } from '#core/outcomes/kinds.ts';

/** One thing that can be done in a note. Menus, the mark bar, the command box and the list of keys are made of these. */
export interface Command {
  readonly id: string;
  /** What it makes or does: a noun or a verb. */
  readonly words: string;
  /** What is worth knowing before it is run: stands beside its words in the menu, and in the tip of its button. */
  more?(context: EditorContext): string;
  /** Other words people look for it by. */
  readonly also?: string;
  readonly group: CommandGroup;
  readonly icon: Component<LucideProps>;
  /** As Tiptap writes keys, `Mod` for Ctrl or Cmd; the first is the one shown. */
  readonly keys?: readonly string[];
  /** What can be typed instead, such as `## `. */
  readonly typed?: string;
  /** Stands in the menu that `/` opens. */
  readonly slash?: true;
  /** Stands in the mark bar, by its icon alone or with its words. */
  readonly bar?: 'icon' | 'words';
  /** What it marks lines as: in the mark bar its letter stands in the place of the icon. */
  readonly marks?: OutcomeKind;
  /** Whether what it makes is there at the caret; without it the command makes nothing that lasts. */
  active?(editor: Editor): boolean;
  /** Whether it would do something now; without it, always while the note can be written. */
  can?(editor: Editor, context: EditorContext): boolean;
  /** False when there was nothing to do: a key then goes on to whoever wants it. */
  run(editor: Editor, context: EditorContext): boolean;
}

/** In the order in which lists show them. */
export const COMMAND_GROUPS = ['Blocks', 'Text', 'Minutes', 'Note'] as const;
export type CommandGroup = (typeof COMMAND_GROUPS)[number];

/** What commands need of the page around the note. */
export interface EditorContext {
  /** Of the event, as IANA names it. */
  readonly zone: string;
  /** Address that images of this note are sent to. */
  readonly images: string;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Names of the people of the event and of those here, each once. */
  people(): KnownPeople;
  /** Words spelled the event's way, offered behind `#`. */
  words(): readonly string[];
  /** What `#` leads to: the sessions of the event, and its topics by their sessions. */
  places(): readonly Place[];
  /** Opens the fields for a link on the selection. */
  openLink(): void;
  /** Says for a moment what was not done, and why: one short sentence. */
  say(words: string): void;
  /** Opens the bar to find and replace in, with the focus in it. */
  openFind(): void;
}

export interface Place {
  words: string;
  /** What kind of place it is, or whose. */
  more: string;
  /** Absolute. */
  url: string;
}

/** Whether the command can be run now. */
export function canRun(command: Command, editor: Editor, context: EditorContext): boolean {
  return editor.isEditable && (command.can?.(editor, context) ?? true);
}
