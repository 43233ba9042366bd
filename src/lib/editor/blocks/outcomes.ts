import { Extension } from '@tiptap/core';
import { type Command, Plugin } from '@tiptap/pm/state';
import type { KnownPeople } from '#core/outcomes/signed.ts';
import { endOutcome, toggleDone, unmarkOutcome } from './outcome-changes.ts';
import { OutcomeBlock } from './outcome-block.ts';

/** Outcomes in the editor: how they look, and the keys that end them, unmark them and say that they are done. */
export const Outcomes = Extension.create<{ people: () => KnownPeople }>({
  name: 'outcomes',
  priority: 150,
  addOptions: () => ({ people: () => [] }),
  addKeyboardShortcuts() {
    const key = (command: Command) => () => command(this.editor.state, this.editor.view.dispatch);
    return { Enter: key(endOutcome), Backspace: key(unmarkOutcome), 'Mod-Enter': key(toggleDone) };
  },
  addProseMirrorPlugins() {
    const { people } = this.options;
    return [
      new Plugin({
        props: { nodeViews: { outcome: (node, view, getPos) => new OutcomeBlock(node, view, getPos, people) } },
      }),
    ];
  },
});
