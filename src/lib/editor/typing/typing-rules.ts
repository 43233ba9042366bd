import { Extension } from '@tiptap/core';
import { type EditorState, Plugin, PluginKey, Selection, type Transaction } from '@tiptap/pm/state';
import { ySyncPluginKey } from '@tiptap/y-tiptap';
import { addressRule, endedAddress } from './addresses.ts';
import { blockRules } from './blocks.ts';
import { delimiterRules, endedLine } from './delimiters.ts';
import { endUndoStep } from './guess.ts';
import { outcomeRules } from './outcomes.ts';

/** Whether the last thing done here was a rule's doing. */
const ruled = new PluginKey<boolean>('typingRules');

/**
 * Markdown as it is typed becomes what it means. The characters stand in the note first and are changed in a step of their own:
 * Backspace right after, and undo, give them back as they were typed, also when others wrote meanwhile.
 */
export const TypingRules = Extension.create<{ people: () => readonly string[] }>({
  name: 'typingRules',
  addOptions: () => ({ people: () => [] }),
  // Before the keys of others: Backspace after a rule is no Backspace.
  priority: 1_500,

  addInputRules() {
    return [
      ...outcomeRules(this.options.people),
      ...blockRules(this.editor.schema),
      ...delimiterRules(),
      addressRule(),
    ];
  },

  addKeyboardShortcuts() {
    return {
      Backspace: ({ editor }) => {
        if (!ruled.getState(editor.state)) return false;
        editor.view.dispatch(editor.state.tr.setMeta(ruled, false));
        return editor.commands.undo();
      },
      Enter: ({ editor }) => {
        const marked = endedLine(editor.state) ?? endedAddress(editor.state);
        if (!marked) return false;
        endUndoStep(editor.state);
        editor.view.dispatch(marked);
        endUndoStep(editor.state);
        // The key goes on to begin a new line.
        return false;
      },
    };
  },

  addProseMirrorPlugins: () => [new Plugin<boolean>({ key: ruled, state: { init: () => false, apply: isStillRuled } })],

  dispatchTransaction({ transaction, next }) {
    const made = madeByRule(this.editor.state, transaction);
    if (!made) return next(transaction);
    const written = typed(this.editor.state, made);
    if (written) next(written);
    endUndoStep(this.editor.state);
    next(repeated(this.editor.state, transaction, made, written !== null));
    endUndoStep(this.editor.state);
  },
});

function isStillRuled(tr: Transaction, was: boolean): boolean {
  const said = tr.getMeta(ruled) as boolean | undefined;
  if (said !== undefined) return said;
  if (isRemote(tr)) return was;
  return was && !tr.docChanged && !tr.selectionSet;
}

/** A change that came from the document: someone else's, or an undo of ours. */
function change(tr: Transaction): { isChangeOrigin?: boolean; isUndoRedoOperation?: boolean } {
  return (tr.getMeta(ySyncPluginKey) as object | undefined) ?? {};
}

function isRemote(tr: Transaction): boolean {
  const { isChangeOrigin = false, isUndoRedoOperation = false } = change(tr);
  return isChangeOrigin && !isUndoRedoOperation;
}

/** What Tiptap notes down of a rule: where the character was typed that completed it. */
interface Made {
  from: number;
  to: number;
  text: string;
}

function madeByRule(state: EditorState, tr: Transaction): Made | null {
  for (const plugin of state.plugins) {
    const made = (plugin.spec as { isInputRules?: boolean }).isInputRules ? (tr.getMeta(plugin) as unknown) : null;
    if (made) return made as Made;
  }
  return null;
}

/** The character that completed the rule, written as if there were none; null for Enter, and where it would replace something. */
function typed(state: EditorState, { from, to, text }: Made): Transaction | null {
  return text === '' || text === '\n' || from !== to ? null : state.tr.insertText(text, from);
}

/** The rule's change, once the character is written. */
function repeated(state: EditorState, rule: Transaction, { from, text }: Made, written: boolean): Transaction {
  const tr = state.tr;
  if (written) tr.delete(from, from + text.length);
  for (const step of rule.steps) tr.step(step);
  tr.setSelection(Selection.fromJSON(tr.doc, rule.selection.toJSON() as object));
  if (rule.storedMarks) tr.setStoredMarks(rule.storedMarks);
  return tr.setMeta(ruled, true).scrollIntoView();
}
