import { baseKeymap } from '@tiptap/pm/commands';
import { keymap } from '@tiptap/pm/keymap';
import { Schema } from '@tiptap/pm/model';
import { EditorState } from '@tiptap/pm/state';
import { EditorView } from '@tiptap/pm/view';

/** The least an editor on ProseMirror does: paragraphs, Enter and Backspace. Nobody else, nothing kept. */
const schema = new Schema({
  nodes: {
    doc: { content: 'paragraph+' },
    paragraph: { content: 'text*', toDOM: () => ['p', 0] },
    text: {},
  },
});

const blocks = Number(new URLSearchParams(location.search).get('blocks'));
const words =
  'The driver asks for the fault queue before the domain is attached, and gives it back when the last user is gone. ';
const doc = schema.node(
  'doc',
  null,
  Array.from({ length: blocks }, (_, index) =>
    schema.node('paragraph', null, schema.text(`${index}. ${words.repeat((index % 3) + 1)}`)),
  ),
);
new EditorView(document.body, { state: EditorState.create({ doc, plugins: [keymap(baseKeymap)] }) });
