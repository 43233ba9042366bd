/** The two parts of a noteId. The uuid names the note for ever, the epoch its history. */
export interface NoteKey {
  uuid: string;
  epoch: number;
}

const SHAPE = /^(.+)\.([1-9]\d{0,8})$/;

/** null when the text is no noteId. One note has one spelling: `x.01` is none. */
export function parseNoteId(noteId: string): NoteKey | null {
  const match = SHAPE.exec(noteId);
  if (match?.[1] === undefined) return null;
  return { uuid: match[1], epoch: Number(match[2]) };
}
