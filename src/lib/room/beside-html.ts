import { render } from 'svelte/server';
import type { NoteJson } from '#core/note/json.ts';
import { outcomesOf } from '#core/outcomes/outcomes-of.ts';
import { noteReferences } from '#core/references/note.ts';
import BesideNote from './BesideNote.svelte';
import { listedReferences } from './listed-references.ts';

/** The outcomes and references of a note as they stand beside it before the code that follows the note is there. */
export function besideHtml(note: NoteJson): string {
  const props = { outcomes: outcomesOf(note), references: listedReferences(noteReferences(note)) };
  // The page around it counts its own ids.
  return render(BesideNote, { props, idPrefix: 'beside' }).body;
}
