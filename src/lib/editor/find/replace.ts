import type { Editor } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import type { Transaction } from '@tiptap/pm/state';
import { yUndoPluginKey } from '@tiptap/y-tiptap';
import type * as Y from 'yjs';
import { found } from './find-marks.ts';
import type { Match } from './matches.ts';

/** More than so many in one block go as one change of that block. */
const MOST_CHANGES = 20;

/** Replaces the match that is shown; the next one is shown then. */
export function replaceOne(editor: Editor, by: string): void {
  const shown = found(editor.state);
  const match = shown?.matches[shown.at];
  if (match) inOneUndo(editor, () => editor.view.dispatch(replace(editor.state.tr, match, by)));
}

/**
 * Replaces every match, to be undone at once; says how many they were. The binding writes what lies between the first and the
 * last difference of a block, so each change takes one match of a block: the text between two matches stays what it was for
 * those who write in it.
 */
export function replaceAll(editor: Editor, by: string): number {
  const matches = found(editor.state)?.matches ?? [];
  let rounds = inRounds(editor.state.doc, matches);
  inOneUndo(editor, () => {
    for (let round = rounds.shift(); round; round = rounds.shift()) {
      const { tr } = editor.state;
      for (const match of round.toSorted((one, other) => other.from - one.from)) replace(tr, match, by);
      editor.view.dispatch(tr);
      const moved = (at: number): number => tr.mapping.map(at, -1);
      rounds = rounds.map((rest) => rest.map(({ from, to }) => ({ from: moved(from), to: moved(to) })));
    }
  });
  return matches.length;
}

/** One match of each block in a round, its last one first. */
function inRounds(doc: Node, matches: readonly Match[]): Match[][] {
  const rounds: Match[][] = [];
  for (const inBlock of Map.groupBy(matches, ({ from }) => doc.resolve(from).start()).values())
    inBlock.toReversed().forEach((match, i) => (rounds[Math.min(i, MOST_CHANGES)] ??= []).push(match));
  return rounds;
}

/** Only what differs is written; it has the marks of the text it stands for. */
function replace(tr: Transaction, { from, to }: Match, by: string): Transaction {
  const was = tr.doc.textBetween(from, to);
  const same = alike(was, by);
  const end = to - alike(reversed(was.slice(same)), reversed(by.slice(same)));
  const put = by.slice(same, by.length - (to - end));
  const start = from + same;
  if (put === '') return start < end ? tr.delete(start, end) : tr;
  // Where nothing is taken out, those of the character before.
  const marks = tr.doc.nodeAt(start < end ? start : Math.max(from, start - 1))?.marks ?? [];
  return tr.replaceWith(start, end, tr.doc.type.schema.text(put, marks));
}

/** How long the same beginning is; the halves of a character are not taken apart. */
function alike(one: string, other: string): number {
  const [ones, others] = [[...one], [...other]];
  const differs = ones.findIndex((character, i) => character !== others[i]);
  return differs < 0 ? one.length : ones.slice(0, differs).join('').length;
}

function reversed(text: string): string {
  return [...text].reverse().join('');
}

/** What was done before and what comes after are undone by themselves. */
function inOneUndo(editor: Editor, act: () => void): void {
  const { undoManager } = yUndoPluginKey.getState(editor.state) as { undoManager: Y.UndoManager };
  const { captureTimeout } = undoManager;
  undoManager.stopCapturing();
  undoManager.captureTimeout = Infinity;
  try {
    act();
  } finally {
    undoManager.captureTimeout = captureTimeout;
    undoManager.stopCapturing();
  }
}
