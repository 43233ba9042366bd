import { render } from 'svelte/server';
import type { NoteJson } from '#core/note/json.ts';
import { outcomesOf } from '#core/outcomes/outcomes-of.ts';
import { noteReferences } from '#core/references/note.ts';
import BesideNote from './BesideNote.svelte';
import { listedReferences } from './listed-references.ts';

/** A note that has not changed since is the same object: a room that many open at once is gone through once. */
const made = new WeakMap<NoteJson, string>();

/** The outcomes and references of a note as they stand beside it before the code that follows the note is there. */
export function besideHtml(note: NoteJson): string {
  const known = made.get(note);
  if (known !== undefined) return known;
  const props = { outcomes: outcomesOf(note), references: listedReferences(noteReferences(note)) };
  // The page around it counts its own ids.
  const html = render(BesideNote, { props, idPrefix: 'beside' }).body;
  made.set(note, html);
  return html;
}
