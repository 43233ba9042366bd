import type { Editor } from '@tiptap/core';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { parseMarkdown } from '#core/note/markdown.ts';
import type { NoteJson } from '#core/note/json.ts';
import { normalNote } from '#core/note/normal.ts';
import { readNote } from '#core/note/read.ts';
import { noteDoc } from '#core/note/write.ts';
import { renderMarkdown } from '#core/render/markdown.ts';
import { createEditor } from '#lib/editor/create-editor.ts';
import { References } from '#lib/editor/references.ts';

/** The editor of the application on a document without a network; keys go the way a browser's do. Needs a DOM. */
export interface TypingEditor {
  editor: Editor;
  doc: Y.Doc;
  /** Types each character; a newline is Enter. */
  type(text: string): void;
  press(key: string, keys?: KeyboardEventInit): void;
  /** The note as everyone has it. */
  note(): NoteJson;
  markdown(): string;
  /** What the person was told. */
  said: readonly string[];
}

/** The editor on a note alone at its event: no people, no places, no other notes. */
export function editorOn(doc: Y.Doc, say: (words: string) => void = () => undefined): Editor {
  return createEditor({
    element: document.body.appendChild(document.createElement('div')),
    doc,
    awareness: new Awareness(doc),
    label: 'Note',
    describedBy: 'help',
    editable: true,
    context: {
      zone: 'UTC',
      images: '/images',
      now: () => 0,
      people: () => [],
      places: () => [],
      words: () => [],
      openLink: () => undefined,
      say,
      openFind: () => undefined,
    },
    more: [References],
  });
}

/** @param start the note, its Markdown, or a document that holds it */
export function typingEditor(start: string | NoteJson | Y.Doc = ''): TypingEditor {
  const said: string[] = [];
  const doc = start instanceof Y.Doc ? start : noteDoc(typeof start === 'string' ? parseMarkdown(start) : start);
  const editor = editorOn(doc, (words) => said.push(words));
  editor.commands.setTextSelection(editor.state.doc.content.size - 1);
  const press = (key: string, keys: KeyboardEventInit = {}): void => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...keys });
    const { view } = editor;
    const { from, empty } = view.state.selection;
    // The browser's own Backspace.
    if (view.dom.dispatchEvent(event) && key === 'Backspace' && empty)
      view.dispatch(view.state.tr.delete(from - 1, from));
  };
  const typeOne = (text: string): void => {
    const { view } = editor;
    const { from, to } = view.state.selection;
    const plain = () => view.state.tr.insertText(text, from, to);
    if (!view.someProp('handleTextInput', (handle) => handle(view, from, to, text, plain))) view.dispatch(plain());
  };
  return {
    editor,
    doc,
    type: (text) => {
      for (const sign of text)
        if (sign === '\n') press('Enter');
        else typeOne(sign);
    },
    press,
    note: () => normalNote(readNote(doc)),
    said,
    markdown: () => renderMarkdown(readNote(doc)),
  };
}
