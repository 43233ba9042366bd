import { InputRule } from '@tiptap/core';
import type { EditorState, Transaction } from '@tiptap/pm/state';
import { ADDRESS, safeHref } from '#core/note/links.ts';
import { textBefore } from './delimiters.ts';

/** A word that is an address: what stands before it, the address, what ends the sentence or the bracket it stands in. */
const WORD = `(?<=^|\\s)([("“<[]*)(${ADDRESS.source})([.,;:!?()"”>\\[\\]{}]*)`;
const TYPED = new RegExp(`${WORD}\\s$`);
const ENDED = new RegExp(`${WORD}$`);

/** An address becomes a link with the space after it. */
export function addressRule(): InputRule {
  return new InputRule({
    find: TYPED,
    handler: ({ state, range, match }) => {
      if (!linked(state.tr, range.from, match)) return null;
      state.tr.insertText(match[0].slice(-1), range.to);
    },
  });
}

/** Links the address that ends at the caret, for Enter; null when none does. */
export function endedAddress(state: EditorState): Transaction | null {
  const { $from, empty } = state.selection;
  if (!empty || !$from.parent.isTextblock || $from.parent.type.spec.code) return null;
  const match = ENDED.exec(textBefore($from.parent, $from.parentOffset));
  return match && linked(state.tr, $from.start() + match.index, match);
}

/** null when it is a link, or code, already. */
function linked(
  tr: Transaction,
  at: number,
  [, before = '', address = '']: RegExpExecArray | RegExpMatchArray,
): Transaction | null {
  const { link, code } = tr.doc.type.schema.marks;
  const [from, to] = [at + before.length, at + before.length + address.length];
  if (!link || safeHref(address) !== address) return null;
  if ([link, code].some((mark) => mark && tr.doc.rangeHasMark(from, to, mark))) return null;
  return tr.addMark(from, to, link.create({ href: address }));
}
