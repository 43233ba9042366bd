import type { NoteJson, NoteNode } from '../note/json.ts';
import { safeHref } from '../note/links.ts';
import { outline } from '../note/outline.ts';
import type { OutlineEntry } from '../note/outline.ts';
import { SCHEMA_VERSION } from '../note/schema.ts';

/** Raised when a field of `NoteFile` changes its meaning or goes; new fields do not raise it. */
const NOTE_FILE_VERSION = 1;

/** A note for other programs. */
export interface NoteFile {
  version: number;
  /** Schema version of the program that wrote this. */
  schema: number;
  outline: OutlineEntry[];
  /**
   * The ProseMirror document. Nodes and marks this version does not know are in it as they are; a link outside the allow-list
   * has lost its mark and kept its text.
   */
  doc: NoteJson;
}

export function noteFile(note: NoteJson): NoteFile {
  return {
    version: NOTE_FILE_VERSION,
    schema: SCHEMA_VERSION,
    outline: outline(note),
    doc: { type: 'doc', content: note.content.map(checkLinks) },
  };
}

function checkLinks(node: NoteNode): NoteNode {
  const { content, marks, ...rest } = node;
  const kept = marks?.flatMap((mark) => {
    if (mark.type !== 'link') return [mark];
    const href = safeHref(mark.attrs?.href);
    return href === null ? [] : [{ ...mark, attrs: { ...mark.attrs, href } }];
  });
  return { ...rest, ...(content && { content: content.map(checkLinks) }), ...(kept?.length && { marks: kept }) };
}
