/** Name of the Y.XmlFragment that holds the note. Nothing else in the document is needed to read it. */
export const NOTE_FRAGMENT = 'note';
