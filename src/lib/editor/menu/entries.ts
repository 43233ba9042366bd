import type { Editor } from '@tiptap/core';
import { matching, named } from '#lib/people/named.ts';
import type { Pick } from '#lib/ui/pick.ts';
import { type EditorContext, type Command, canRun } from '../command.ts';
import { isMac, keyWords } from '../key-words.ts';
import { speakersFirst } from '../minutes.ts';
import { givesSpace } from './given-space.ts';

/** What is opened by a sign typed at the caret, and by the key for a speaker. */
export type MenuKind = '/' | '@' | '#' | 'speaker';

export const MENU_LABELS: Readonly<Record<MenuKind, string>> = {
  '/': 'Blocks',
  '@': 'People',
  '#': 'Topics, sessions and words',
  speaker: 'Speakers',
};

/** A line of the menu. */
export interface Entry extends Pick {
  /** Puts it in place of what was typed, which lies from `from` to `to`. */
  take(editor: Editor, from: number, to: number): void;
}

/** What there is to take, the best match first. `commands` are those of the `/` menu. */
export function entriesFor(
  kind: MenuKind,
  query: string,
  { editor, context, commands }: { editor: Editor; context: EditorContext; commands: readonly Command[] },
): Entry[] {
  switch (kind) {
    case '/':
      return matching(
        commands.filter((command) => canRun(command, editor, context)),
        query,
        ({ words, also }) => [words, ...(also?.split(' ') ?? [])],
      ).map((command) => commandEntry(command, context));
    case '@':
      return named(context.people(), query).map((name) => textEntry(name, `@${name} `, true));
    case 'speaker':
      return named(context.people(), query, speakersFirst(editor, context.people())).map((name) =>
        textEntry(name, `${name}: `, false),
      );
    case '#':
      return [
        ...matching(context.places(), query, ({ words, more }) => [words, more]).map(placeEntry),
        ...matching(context.words(), query, (word) => [word]).map((word) => textEntry(word, `${word} `, true)),
      ];
  }
}

function commandEntry(command: Command, context: EditorContext): Entry {
  const { id, words, icon, keys, typed } = command;
  const key = keys?.[0] === undefined ? typed?.trim() : keyWords(keys[0], isMac());
  return {
    ...{ id, words, more: command.more?.(context), icon, key },
    take: (editor, from, to) => {
      editor.view.dispatch(editor.state.tr.delete(from, to));
      command.run(editor, context);
    },
  };
}

/** `word`: the sentence may go on behind it with a comma. */
function textEntry(name: string, text: string, word: boolean): Entry {
  return {
    ...{ id: name, words: name },
    take: ({ view, state }, from, to) =>
      view.dispatch(givesSpace(state.tr.insertText(text, from, to), word).scrollIntoView()),
  };
}

function placeEntry({ words, more, url }: { words: string; more: string; url: string }): Entry {
  return {
    ...{ id: `${url} ${words}`, words, more },
    take: ({ view, state, schema }, from, to) => {
      const link = schema.marks['link']?.create({ href: url });
      const nodes = [schema.text(words, link ? [link] : []), schema.text(' ')];
      view.dispatch(givesSpace(state.tr.replaceWith(from, to, nodes), true).scrollIntoView());
    },
  };
}
