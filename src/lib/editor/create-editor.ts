import { type AnyExtension, Editor } from '@tiptap/core';
import { Collaboration } from '@tiptap/extension-collaboration';
import { ListKeymap } from '@tiptap/extension-list/keymap';
import { Dropcursor } from '@tiptap/extensions/drop-cursor';
import { Gapcursor } from '@tiptap/extensions/gap-cursor';
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import { NOTE_FRAGMENT, noteExtensions } from '#core/note/schema.ts';
import { BLOCKS } from './blocks/blocks.ts';
import { Outcomes } from './blocks/outcomes.ts';
import { CaretNames } from './caret-names.ts';
import { closedNodes } from './binding/closed-nodes.ts';
import { OthersChanges } from './binding/others-changes.ts';
import { CodeKeys } from './code-keys.ts';
import type { EditorContext } from './command.ts';
import { CommandKeys } from './command-keys.ts';
import { COMMANDS } from './commands.ts';
import { FindMarks } from './find/find-marks.ts';
import { HeadingAnchors } from './heading-anchors.ts';
import { withImageView } from './images/image-view.ts';
import { Images } from './images/images.ts';
import { KeptSelection } from './kept-selection.ts';
import { LineLooks } from './line-looks.ts';
import { LinkRule } from './link-rule.ts';
import { Links } from './links.ts';
import { LongNote } from './long-note.ts';
import { CaretMenu } from './menu/caret-menu.ts';
import { GivenSpace } from './menu/given-space.ts';
import { OthersCarets } from './others-carets.ts';
import { OwnCaret } from './own-caret.ts';
import { Copy } from './paste/copy.ts';
import { Paste } from './paste/paste.ts';
import { TextFromStart } from './text-from-start.ts';
import { ToldReadOnly } from './told-read-only.ts';
import { TypedInPlace } from './typed-in-place.ts';
import { TypingRules } from './typing/typing-rules.ts';
import { UndoCaret } from './undo-caret.ts';
import { UndoKeepsOthers } from './undo-keeps-others.ts';
import { KeepTabInLists, WayOut } from './way-out.ts';
import './editor.css';

export { OwnTurn } from './own-turn.ts';

/** Pixels at the lower edge in which a caret counts as hidden. */
const UNDER_THE_BAR = 64;

export interface EditorParts {
  /** Empty element that the editor fills. */
  element: HTMLElement;
  /** Must hold the note already: an editor on a document that is not loaded would show nothing and write over it. */
  doc: Y.Doc;
  awareness: Awareness;
  /** Name of the text field for screen readers. */
  label: string;
  /** Id of the element that says how to leave the field by keyboard. */
  describedBy: string;
  editable: boolean;
  /** What commands need of the page. */
  context: EditorContext;
  /** What comes in chunks of its own, and what the note can be written without. */
  more?: readonly AnyExtension[];
}

/**
 * The editor of a note. It writes nothing by being opened, undoes only what was done in this tab, and puts no style sheet and no
 * style attribute into the page.
 */
export function createEditor(parts: EditorParts): Editor {
  const { element, doc, awareness, label, describedBy, editable, context, more = [] } = parts;
  return new Editor({
    element,
    editable,
    injectCSS: false,
    enableInputRules: [TypingRules, LinkRule],
    enablePasteRules: false,
    extensions: [
      ...noteExtensions(location.origin).map(withImageView),
      ...closedNodes,
      // Nothing that adds a last paragraph: it would write one as soon as a note is opened, once for each reader.
      Dropcursor.configure({ color: false, class: 'note-dropcursor' }),
      Gapcursor,
      ListKeymap,
      // With a table given the binding leaves the first drawing to `OthersChanges`.
      Collaboration.configure({ document: doc, field: NOTE_FRAGMENT, ySyncOptions: { mapping: new Map() } }),
      OthersCarets.configure({ awareness }),
      CaretNames,
      OwnCaret,
      OthersChanges,
      TypedInPlace,
      TextFromStart,
      HeadingAnchors,
      Images.configure({ address: context.images }),
      LongNote,
      FindMarks,
      Links,
      LinkRule,
      TypingRules.configure({ people: () => context.people() }),
      UndoCaret,
      UndoKeepsOthers,
      Copy,
      Paste.configure({ say: (words) => context.say(words), people: () => context.people() }),
      ToldReadOnly,
      WayOut,
      CodeKeys,
      KeptSelection,
      CommandKeys.configure({ context }),
      CaretMenu.configure({ context, commands: COMMANDS.filter(({ slash }) => slash) }),
      GivenSpace,
      LineLooks.configure({ context }),
      ...more,
      ...BLOCKS,
      Outcomes.configure({ people: () => context.people() }),
      KeepTabInLists,
    ],
    editorProps: {
      // On a phone the mark bar stands over the last lines.
      scrollThreshold: { top: 0, right: 0, bottom: UNDER_THE_BAR, left: 0 },
      scrollMargin: { top: 5, right: 5, bottom: UNDER_THE_BAR, left: 5 },
      attributes: {
        class: 'note-text',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': label,
        'aria-describedby': describedBy,
        spellcheck: 'true',
      },
    },
  });
}
