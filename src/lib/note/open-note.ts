import type { NoteSession, NoteSessionOptions } from './note-session.svelte.ts';

/**
 * Opens a note once its code is here. The code comes by itself, after the page: the text can be read without it. Returns what
 * closes the note again, also while its code is still on the way.
 */
export function openNote(options: NoteSessionOptions, opened: (session: NoteSession) => void): () => void {
  let gone = false;
  let session: NoteSession | null = null;
  void import('./note-session.svelte.ts').then(({ NoteSession }) => {
    if (gone) return;
    session = NoteSession.open(options);
    opened(session);
  });
  return () => {
    gone = true;
    void session?.close();
  };
}
