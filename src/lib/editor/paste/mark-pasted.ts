import type { Node } from '@tiptap/pm/model';
import type { EditorState, Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { stampLength } from '#core/note/line-marks.ts';
import { wordsOf } from '#core/outcomes/read.ts';
import { changeBetween } from '../block-looks.ts';
import { takeWords } from '../blocks/outcome-changes.ts';
import { endUndoStep } from '../typing/guess.ts';

const NOT_READ = new Set(['blockquote', 'table', 'codeBlock', 'outcome']);

export interface MarkOptions {
  people: readonly string[];
  /** Only what a time stamp stands before, for which Markdown has no words. */
  timed: boolean;
}

/**
 * What was pasted since `before` is read by the words that are typed for outcomes, as pasted Markdown is: whole lines, not in quotes
 * and tables, nor where their words are code. A step of its own: undo gives what was pasted.
 */
export function markPasted(view: EditorView, before: EditorState, options: MarkOptions): void {
  const { doc, tr } = view.state;
  const change = changeBetween(before.doc, doc);
  if (!change) return;
  const from = before.doc.content.findDiffStart(doc.content) ?? 0;
  const to = Math.max(from, before.doc.content.findDiffEnd(doc.content)?.b ?? 0);
  const found: number[] = [];
  doc.nodesBetween(change.first, change.last, (node, at) => {
    if (NOT_READ.has(node.type.name)) return false;
    // A line that went on with what was pasted is a sentence of its writer.
    const isNew = at + 1 >= from && at + node.nodeSize - 1 <= to;
    if (node.type.name === 'paragraph' && isNew) found.push(at);
    return !node.isTextblock;
  });
  // From the last to the first: what changes moves nothing before it.
  for (const at of found.reverse()) markLines(tr, at, options);
  if (!tr.docChanged) return;
  endUndoStep(view.state);
  view.dispatch(tr.scrollIntoView());
  endUndoStep(view.state);
}

/** Each line of the paragraph that begins with words for an outcome becomes one; those beside it stay paragraphs. */
function markLines(tr: Transaction, at: number, { people, timed }: MarkOptions): void {
  const paragraph = tr.doc.nodeAt(at);
  const lines = paragraph ? linesOf(paragraph) : [];
  const isWords = lines.map(({ text, code }) => {
    const stamp = stampLength(text);
    return !code && (!timed || stamp > 0) && wordsOf(text.slice(stamp), people) !== null;
  });
  for (let i = lines.length - 1; i >= 0; i--) {
    const start = at + 1 + (lines[i]?.from ?? 0);
    const apart = i > 0 && (isWords[i] === true || isWords[i - 1] === true);
    if (apart) tr.delete(start - 1, start).split(start - 1);
    if (isWords[i] === true) takeWords(tr, apart ? start : at, people);
  }
}

interface Line {
  from: number;
  text: string;
  /** It begins with code. */
  code: boolean;
}

function linesOf(paragraph: Node): Line[] {
  const lines: Line[] = [{ from: 0, text: '', code: false }];
  paragraph.forEach((node, offset) => {
    const last = lines.at(-1);
    if (node.type.name === 'hardBreak') lines.push({ from: offset + 1, text: '', code: false });
    else if (last) {
      if (last.text === '') last.code = node.marks.some(({ type }) => type.name === 'code');
      last.text += node.text ?? '\ufffc';
    }
  });
  return lines;
}
