import { InputRule, textblockTypeInputRule, wrappingInputRule } from '@tiptap/core';
import { Fragment, type Node, type Schema } from '@tiptap/pm/model';
import { TextSelection, type Transaction } from '@tiptap/pm/state';
import { BULLET, CALLOUT, CODE, HEADING, NUMBER, QUOTE, RULE, TABLE_ROW } from './patterns.ts';

/** Rules that change the block the caret is in, as far as the schema has what they make. */
export function blockRules({ nodes }: Schema): InputRule[] {
  const { heading, bulletList, orderedList, blockquote, codeBlock } = nodes;
  return [
    heading &&
      textblockTypeInputRule({
        find: HEADING,
        type: heading,
        getAttributes: ([, signs]) => ({ level: signs?.length ?? 1 }),
      }),
    bulletList && wrappingInputRule({ find: BULLET, type: bulletList }),
    orderedList &&
      wrappingInputRule({
        find: NUMBER,
        type: orderedList,
        getAttributes: ([, number]) => ({ start: Number(number) }),
        joinPredicate: ([, number], before) => before.childCount + Number(before.attrs['start']) === Number(number),
      }),
    blockquote && wrappingInputRule({ find: QUOTE, type: blockquote }),
    codeBlock &&
      textblockTypeInputRule({
        find: CODE,
        type: codeBlock,
        getAttributes: ([, language]) => ({ language: language || null }),
      }),
    paragraphRule(CALLOUT, callout),
    paragraphRule(RULE, horizontalRule),
    paragraphRule(TABLE_ROW, table),
  ].filter((rule) => rule !== undefined);
}

type Change = (tr: Transaction, paragraph: { node: Node; at: number }, match: RegExpMatchArray) => boolean;

/** A rule for the whole of a paragraph; `change` says whether it could. */
function paragraphRule(find: RegExp, change: Change): InputRule {
  return new InputRule({
    find,
    handler: ({ state, match }) => {
      const { $from } = state.selection;
      const whole = $from.parentOffset === $from.parent.content.size;
      if ($from.parent.type.name !== 'paragraph' || !whole) return null;
      return change(state.tr, { node: $from.parent, at: $from.before() }, match) ? undefined : null;
    },
  });
}

/** `> [!NOTE]` at the beginning of a quote says what kind of callout it is. */
const callout: Change = (tr, { node, at }, [, kind = '']) => {
  const $at = tr.doc.resolve(at);
  const type = tr.doc.type.schema.nodes['callout'];
  if (!type || $at.parent.type.name !== 'blockquote' || $at.index() > 0) return false;
  tr.delete(at + 1, at + 1 + node.content.size);
  tr.setNodeMarkup($at.before(), type, { kind: kind.toLowerCase() });
  return true;
};

const horizontalRule: Change = (tr, { node, at }) => {
  const type = tr.doc.type.schema.nodes['horizontalRule'];
  const $at = tr.doc.resolve(at);
  if (!type || !$at.parent.canReplaceWith($at.index(), $at.index(), type)) return false;
  tr.delete(at + 1, at + 1 + node.content.size).insert(at, type.create());
  return true;
};

/** The line becomes the head of a table, with a row to write in under it. */
const table: Change = (tr, { node, at }) => {
  const { table: type, tableRow, tableCell } = tr.doc.type.schema.nodes;
  const $at = tr.doc.resolve(at);
  if (!type || !tableRow || !tableCell || !$at.parent.canReplaceWith($at.index(), $at.index() + 1, type)) return false;
  const cells = cellsOf(node);
  const head = tableRow.create(
    null,
    cells.map((content) => tableCell.create(null, content)),
  );
  const row = tableRow.create(
    null,
    cells.map(() => tableCell.create()),
  );
  tr.replaceWith(at, at + node.nodeSize, type.create(null, [head, row]));
  // Into the table, over the head, into the row and its first cell.
  tr.setSelection(TextSelection.create(tr.doc, at + 1 + head.nodeSize + 2));
  return true;
};

/** What stands between the bars, with its marks and without the spaces around it. */
function cellsOf(line: Node): Fragment[] {
  const text = line.textBetween(0, line.content.size, undefined, '\n');
  const bars = [...text.matchAll(/\|/g)].map(({ index }) => index);
  return bars.slice(0, -1).map((bar, i) => {
    const words = text.slice(bar + 1, bars[i + 1]);
    const from = bar + 1 + words.length - words.trimStart().length;
    return words.trim() === '' ? Fragment.empty : line.content.cut(from, from + words.trim().length);
  });
}
