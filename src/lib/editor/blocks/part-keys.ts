import { Extension } from '@tiptap/core';
import type { Command } from '@tiptap/pm/state';
import { unwrapCallout } from './callout-changes.ts';
import { atSummaryEnd, backToSummary, intoDetails, outOfDetails, unwrapDetails } from './details-changes.ts';

/**
 * Keys in details and callouts. In a summary Enter leads into the details, Ctrl+Enter opens or closes them, and Backspace at the start takes them
 * away; so does Backspace at the start of a callout.
 */
export const PartKeys = Extension.create({
  name: 'partKeys',
  priority: 150,
  addKeyboardShortcuts() {
    const key =
      (...commands: Command[]) =>
      () => {
        const { view } = this.editor;
        return commands.some((command) => command(view.state, view.dispatch, view));
      };
    return {
      Enter: key(intoDetails, outOfDetails),
      'Shift-Enter': key(intoDetails),
      'Mod-Enter': key(toggleDetails),
      Backspace: key(unwrapDetails, backToSummary, unwrapCallout),
      Delete: key(atSummaryEnd),
    };
  },
});

const toggleDetails: Command = (state, _dispatch, view) => {
  const { $head } = state.selection;
  if ($head.parent.type.name !== 'detailsSummary') return false;
  const details = view?.nodeDOM($head.before(-1));
  if (details instanceof Element) details.querySelector<HTMLButtonElement>(':scope > [data-controls] button')?.click();
  return true;
};
