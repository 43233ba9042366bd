import type { NoteJson } from './json.ts';
import { normalNote } from './normal.ts';
import { noteUpdate } from './write.ts';

/** What a new note begins with: a heading to write under. */
export function templateNote(): NoteJson {
  return {
    type: 'doc',
    content: [
      { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'Discussion' }] },
      { type: 'paragraph' },
    ],
  };
}

/** The clientID templates are written under; never given to a device. */
const TEMPLATE_CLIENT_ID = 1;

/** First row of a note's log. Always the same bytes, so that a template applied twice stands there once. */
export function templateUpdate(): Uint8Array {
  return noteUpdate(templateNote(), TEMPLATE_CLIENT_ID);
}

/** True when nobody has written yet (or all was taken back). */
export function isTemplate(note: NoteJson, template: NoteJson): boolean {
  return JSON.stringify(normalNote(note)) === JSON.stringify(normalNote(template));
}
