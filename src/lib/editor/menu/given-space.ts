import { Extension } from '@tiptap/core';
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state';

/** Signs that stand right behind a word. */
const BEHIND_WORD = /^[.,;:!?)\]]$/;

/** Where the caret stands right behind the space that came with what was taken; `word`: it may be in the middle of a sentence. */
interface Given {
  at: number;
  word: boolean;
}

const key = new PluginKey<Given | null>('givenSpace');

/** Says that what this change puts before the caret ends with a space nobody has typed. */
export function givesSpace(tr: Transaction, word: boolean): Transaction {
  return tr.setMeta(key, word);
}

/**
 * Hands that write a name and a space do so, too, when the name came from a menu with a space behind it: the one typed right after
 * is the one that is there. A sign such as a comma takes its place.
 */
export const GivenSpace = Extension.create({
  name: 'givenSpace',
  // Before what typing turns into something: a space that is not put in turns nothing.
  priority: 2_900,
  addProseMirrorPlugins: () => [
    new Plugin<Given | null>({
      key,
      state: { init: () => null, apply: (tr, before, _old, state) => stillGiven(tr, before, state) },
      props: {
        handleTextInput: ({ state, dispatch }, from, to, text) => {
          const given = key.getState(state);
          if (!given || from !== given.at || to !== from) return false;
          if (text === ' ') dispatch(state.tr.setMeta(key, null).scrollIntoView());
          else if (given.word && BEHIND_WORD.test(text)) dispatch(state.tr.insertText(text, from - 1, from));
          else return false;
          return true;
        },
      },
    }),
  ],
});

function stillGiven(tr: Transaction, before: Given | null, { doc, selection }: EditorState): Given | null {
  const asked = tr.getMeta(key) as boolean | null | undefined;
  const at = asked === undefined && before ? tr.mapping.map(before.at, -1) : selection.head;
  const word = asked ?? (asked === undefined ? before?.word : undefined);
  if (word === undefined || !selection.empty || selection.head !== at || at < 1) return null;
  return doc.textBetween(at - 1, at) === ' ' ? { at, word } : null;
}
