import type { NoteReference } from '#core/references/note.ts';
import { kindWord } from '#core/references/block.ts';

/** A reference in the list beside the note. */
export interface ListedReference extends Pick<NoteReference, 'key' | 'words' | 'href'> {
  /** Kind, list and subject in one line. */
  more: string;
}

/** Addresses like any other are left out: they are in the text, and say nothing of themselves. */
export function listedReferences(references: readonly NoteReference[]): ListedReference[] {
  return references
    .filter(({ kind }) => kind !== 'url')
    .map(({ kind, key, words, href, list, subject }) => ({
      ...{ key, words, href },
      more: [kindWord(kind), list, subject].filter((part) => part !== null && part !== words).join(' · '),
    }));
}
