import type { Editor } from '@tiptap/core';
import { showPlace } from '../blocks/opened.ts';
import { found } from './find-marks.ts';

/** A longer selection is where to go on, not what to look for. */
const LONGEST = 100;

/** Brings the match that is shown into sight, when it is not; what is folded around it is opened. */
export function showMatch({ state, view }: Editor): void {
  const shown = found(state);
  const match = shown?.matches[shown.at];
  if (match) showPlace(view, match.from);
  const mark = view.dom.querySelector('.found-now');
  if (mark && !inSight(mark)) mark.scrollIntoView({ block: 'center' });
}

/** Leads back into the note, to the match that is shown; to where the caret was when there is none. */
export function caretAtMatch(editor: Editor): void {
  const shown = found(editor.state);
  const match = shown?.matches[shown.at];
  if (match) editor.commands.setTextSelection(match);
  editor.view.focus();
}

/** What is selected, when it is part of one line: what to look for. */
export function selectedLine({ state }: Editor): string {
  const { $from, $to, empty } = state.selection;
  if (empty || !$from.sameParent($to) || $to.pos - $from.pos > LONGEST) return '';
  return state.doc.textBetween($from.pos, $to.pos).split('\n', 1)[0] ?? '';
}

function inSight(mark: Element): boolean {
  const { top, bottom } = mark.getBoundingClientRect();
  const scroll = mark.closest('.scroll')?.getBoundingClientRect();
  return top >= Math.max(0, scroll?.top ?? 0) && bottom <= Math.min(innerHeight, scroll?.bottom ?? innerHeight);
}
