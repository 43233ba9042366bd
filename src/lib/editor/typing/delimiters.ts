import { InputRule } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import type { EditorState, Transaction } from '@tiptap/pm/state';
import { ENDED_DELIMITERS, TYPED_DELIMITERS, type DelimiterPattern } from './patterns.ts';

export function delimiterRules(): InputRule[] {
  return TYPED_DELIMITERS.map(
    ({ mark, find }) =>
      new InputRule({
        find,
        handler: ({ state, range, match }) => (replaceDelimiters(state.tr, range.from, match, mark) ? undefined : null),
      }),
  );
}

/** Marks what ends at the caret in a closing delimiter, for Enter; null when nothing does. */
export function endedLine(state: EditorState): Transaction | null {
  const { $from, empty } = state.selection;
  if (!empty || !$from.parent.isTextblock || $from.parent.type.spec.code) return null;
  const before = textBefore($from.parent, $from.parentOffset);
  for (const { mark, find } of ENDED_DELIMITERS) {
    const match = find.exec(before);
    const tr = match && replaceDelimiters(state.tr, $from.start() + match.index, match, mark);
    if (tr) return tr;
  }
  return null;
}

/** One character for each position, so that a place in it is a place in the paragraph. */
export function textBefore(parent: Node, end: number): string {
  return parent.textBetween(0, end, undefined, '\n');
}

/** `tr` without the delimiters that begin at `from`, and with the mark between; null when the words are code. */
function replaceDelimiters(
  tr: Transaction,
  from: number,
  [, sign = '', words = '', after = '']: RegExpExecArray | RegExpMatchArray,
  mark: DelimiterPattern['mark'],
): Transaction | null {
  const { marks } = tr.doc.type.schema;
  const type = marks[mark];
  const wordsEnd = from + sign.length + words.length;
  // Typed at once, the last sign of the closing delimiter is not in the note yet.
  const closeEnd = Math.min(wordsEnd + sign.length, tr.selection.from);
  if (!type || isCode(tr.doc, from, from + sign.length) || isCode(tr.doc, wordsEnd, closeEnd)) return null;
  if (after) tr.insertText(after, closeEnd);
  if (wordsEnd < closeEnd) tr.delete(wordsEnd, closeEnd);
  tr.delete(from, from + sign.length);
  return tr.addMark(from, wordsEnd - sign.length, type.create()).removeStoredMark(type);
}

function isCode(doc: Node, from: number, to: number): boolean {
  const code = doc.type.schema.marks['code'];
  return code !== undefined && from < to && doc.rangeHasMark(from, to, code);
}
