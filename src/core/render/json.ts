import { imageFile } from '../note/images.ts';
import type { NoteJson, NoteNode } from '../note/json.ts';
import { safeHref } from '../note/links.ts';
import { outline } from '../note/outline.ts';
import type { OutlineEntry } from '../note/outline.ts';
import { SCHEMA_VERSION } from '../note/schema.ts';
import { noteReferences } from '../references/note.ts';
import type { NoteReference } from '../references/note.ts';

/** Raised when a field of `NoteFile` changes its meaning or goes; new fields do not raise it. */
const NOTE_FILE_VERSION = 1;

/** A note for other programs. */
export interface NoteFile {
  version: number;
  /** Schema version of the program that wrote this. */
  schema: number;
  outline: OutlineEntry[];
  /** What the text points at, each thing once, in the order in which it is first named. */
  references: NoteReference[];
  /**
   * The ProseMirror document. Nodes and marks this version does not know are in it as they are; a link outside the allow-list
   * has lost its mark and kept its text, an image that is none of ours has lost its `file` and kept its `alt`.
   * An image is at `/files/` and its `file`.
   */
  doc: NoteJson;
}

export function noteFile(note: NoteJson): NoteFile {
  return {
    version: NOTE_FILE_VERSION,
    schema: SCHEMA_VERSION,
    outline: outline(note),
    references: noteReferences(note),
    doc: { type: 'doc', content: note.content.map(checked) },
  };
}

function checked(node: NoteNode): NoteNode {
  const { content, marks, ...rest } = node;
  if (node.type === 'image' && !imageFile(node.attrs?.file)) rest.attrs = withoutFile(node.attrs);
  const kept = marks?.flatMap((mark) => {
    if (mark.type !== 'link') return [mark];
    const href = safeHref(mark.attrs?.href);
    return href === null ? [] : [{ ...mark, attrs: { ...mark.attrs, href } }];
  });
  return { ...rest, ...(content && { content: content.map(checked) }), ...(kept?.length && { marks: kept }) };
}

function withoutFile({ file: _, ...attrs }: Record<string, unknown> = {}): Record<string, unknown> {
  return attrs;
}
