import type { NoteSession, NoteSessionOptions } from './note-session.svelte.ts';

/** Asked for as soon as the page's own code is here, before the page has come to life. */
const code = typeof window === 'undefined' ? null : import('./note-session.svelte.ts');
// Who opens a note hears of it; until then nobody does.
code?.catch(() => undefined);

/**
 * Opens a note once its code is here. The code comes by itself, after the page: the text can be read without it. Returns what
 * closes the note again, also while its code is still on the way. `failed`: the code did not come.
 */
export function openNote(
  options: NoteSessionOptions,
  opened: (session: NoteSession) => void,
  failed: () => void,
): () => void {
  let gone = false;
  let session: NoteSession | null = null;
  code?.then(({ NoteSession }) => {
    if (gone) return;
    session = NoteSession.open(options);
    opened(session);
  }, failed);
  return () => {
    gone = true;
    void session?.close();
  };
}
