import type { EditorState } from '@tiptap/pm/state';
import { yUndoPluginKey } from '@tiptap/y-tiptap';
import type { UndoManager } from 'yjs';

/**
 * Ends the step that undo is collecting. What was typed or pasted as it is and what was made of it are two steps: undoing the
 * second gives back the characters.
 */
export function endUndoStep(state: EditorState): void {
  const undo = yUndoPluginKey.getState(state) as { undoManager: UndoManager } | undefined;
  undo?.undoManager.stopCapturing();
}
