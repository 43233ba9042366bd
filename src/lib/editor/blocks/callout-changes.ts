import { wrapIn } from '@tiptap/pm/commands';
import { Selection, type Command } from '@tiptap/pm/state';

/** Sets the blocks of the selection apart under a word. */
export const insertCallout: Command = (state, dispatch) => {
  const callout = state.schema.nodes['callout'];
  return callout !== undefined && wrapIn(callout)(state, dispatch);
};

/** At the start of the first line: takes the callout away and leaves what was in it. */
export const unwrapCallout: Command = (state, dispatch) => {
  const { $head, empty } = state.selection;
  if (!empty || $head.parentOffset > 0 || $head.depth < 2) return false;
  const callout = $head.node(-1);
  if (callout.type.name !== 'callout' || $head.index(-1) > 0) return false;
  const at = $head.before(-1);
  const tr = state.tr.replaceWith(at, at + callout.nodeSize, callout.content);
  dispatch?.(tr.setSelection(Selection.near(tr.doc.resolve(at + 1))).scrollIntoView());
  return true;
};
