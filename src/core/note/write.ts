import * as Y from 'yjs';
import type { NoteJson, NoteMark, NoteNode } from './json.ts';
import { isTextBlock, NOTE_FRAGMENT } from './schema.ts';

/**
 * A new document holding `note`, laid out as the editor lays it out: an empty paragraph has its text already, see `isTextBlock`. For templates, imports and tests: merged into a
 * document that already has the text it would stand there twice.
 */
export function noteDoc(note: NoteJson, clientId?: number): Y.Doc {
  const doc = new Y.Doc();
  if (clientId !== undefined) doc.clientID = clientId;
  doc.transact(() => fill(doc.getXmlFragment(NOTE_FRAGMENT), types(note.content)));
  return doc;
}

/** The same as one Yjs update (v1). Same note and `clientId`, same bytes. */
export function noteUpdate(note: NoteJson, clientId: number): Uint8Array {
  const doc = noteDoc(note, clientId);
  const update = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return update;
}

function types(nodes: NoteNode[]): (Y.XmlElement | Y.XmlText)[] {
  const made: (Y.XmlElement | Y.XmlText)[] = [];
  let run: NoteNode[] = [];
  const endRun = () => {
    if (run.length > 0) made.push(text(run));
    run = [];
  };
  for (const node of nodes) {
    if (node.type === 'text') {
      run.push(node);
      continue;
    }
    endRun();
    made.push(element(node));
  }
  endRun();
  return made;
}

function element(node: NoteNode): Y.XmlElement {
  const made = new Y.XmlElement<Record<string, never>>(node.type);
  for (const [name, value] of Object.entries(node.attrs ?? {}))
    if (value !== null) made.setAttribute(name, value as never);
  const children = types(node.content ?? []);
  fill(made, children.length === 0 && isTextBlock(node.type) ? [new Y.XmlText()] : children);
  return made;
}

/** Yjs passes what it is given as arguments of one call; more would overflow the stack. */
const CHUNK = 10_000;

function fill(parent: Y.XmlFragment, children: (Y.XmlElement | Y.XmlText)[]): void {
  for (let at = 0; at < children.length; at += CHUNK) parent.insert(at, children.slice(at, at + CHUNK));
}

function text(run: NoteNode[]): Y.XmlText {
  const made = new Y.XmlText();
  made.applyDelta(run.map((node) => ({ insert: node.text ?? '', attributes: formats(node.marks ?? []) })));
  return made;
}

const formats = (marks: NoteMark[]) => Object.fromEntries(marks.map((mark) => [mark.type, mark.attrs ?? {}]));
