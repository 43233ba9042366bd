/**
 * A note as plain JSON, the ProseMirror document shape. May hold nodes and marks that this version's schema does not know:
 * readers must show their text.
 */
export interface NoteJson {
  type: 'doc';
  content: NoteNode[];
}
export interface NoteNode {
  type: string;
  attrs?: Record<string, unknown>;
  content?: NoteNode[];
  marks?: NoteMark[];
  text?: string;
}
export interface NoteMark {
  type: string;
  attrs?: Record<string, unknown>;
}
