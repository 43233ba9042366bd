import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { findAll, type Known, type Match, type Query } from './matches.ts';
import './find.css';

/** What is looked for in the note, and where it stands. */
export interface Found {
  readonly query: Query;
  readonly matches: readonly Match[];
  /** The one that is shown, -1 when there is none. */
  readonly at: number;
  readonly known: Known;
  readonly marks: DecorationSet;
}

/** Looks for a text, shows another match, or ends the search. */
export type FindStep = { look: Query } | { show: number } | { end: true };

const key = new PluginKey<Found | null>('find');

/** Marks what is looked for, also in what others write meanwhile. Nothing is written into the note. */
export const FindMarks = Extension.create({
  name: 'findMarks',
  addProseMirrorPlugins: () => [
    new Plugin<Found | null>({
      key,
      state: {
        init: () => null,
        apply: (transaction, found) => step(transaction, found),
      },
      props: { decorations: (state) => found(state)?.marks },
    }),
  ],
});

/** null while nothing is looked for. */
export function found(state: EditorState): Found | null {
  return key.getState(state) ?? null;
}

export function withStep(transaction: Transaction, step: FindStep): Transaction {
  return transaction.setMeta(key, step).setMeta('addToHistory', false);
}

function step(transaction: Transaction, before: Found | null): Found | null {
  const asked = transaction.getMeta(key) as FindStep | undefined;
  const { doc, selection } = transaction;
  if (asked && 'end' in asked) return null;
  if (asked && 'look' in asked) {
    const known: Known = new WeakMap();
    const matches = findAll(doc, asked.look, known);
    // From the match that was shown on, so that a longer text does not lead away from it.
    const from = before?.matches[before.at]?.from ?? selection.from;
    return shown(doc, { query: asked.look, matches, at: atOrAfter(matches, from), known });
  }
  if (!before) return null;
  if (asked && 'show' in asked) return shown(doc, { ...before, at: asked.show });
  if (!transaction.docChanged) return before;
  const matches = findAll(doc, before.query, before.known);
  const was = before.matches[before.at];
  const at = was ? atOrAfter(matches, placeNow(was.from, transaction.before, doc)) : atOrAfter(matches, selection.from);
  return shown(doc, { ...before, matches, at });
}

function shown(doc: Node, found: Omit<Found, 'marks'>): Found {
  const marks = found.matches.map(({ from, to }, i) =>
    Decoration.inline(from, to, { class: i === found.at ? 'found found-now' : 'found' }),
  );
  return { ...found, marks: DecorationSet.create(doc, marks) };
}

/** The first match there or behind it, else the first of all. */
function atOrAfter(matches: readonly Match[], place: number): number {
  if (matches.length === 0) return -1;
  return Math.max(
    0,
    matches.findIndex(({ from }) => from >= place),
  );
}

/** Carried over by what differs between the notes, whoever changed them and in however many steps. */
function placeNow(place: number, before: Node, doc: Node): number {
  const start = before.content.findDiffStart(doc.content);
  if (start === null || place < start) return place;
  const end = before.content.findDiffEnd(doc.content);
  return end && place >= end.a ? place + end.b - end.a : Math.max(start, 0);
}
