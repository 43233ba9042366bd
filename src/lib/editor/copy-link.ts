import type { Editor } from '@tiptap/core';
import type { ResolvedPos } from '@tiptap/pm/model';
import { NodeSelection } from '@tiptap/pm/state';
import { anchorId } from '#core/note/anchors.ts';
import type { NoteJson } from '#core/note/json.ts';
import { entryBySlug, outline } from '#core/note/outline.ts';
import type { EditorContext } from './command.ts';

const SIGNS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const LENGTH = 8;
/** What is inside has no anchor of its own: details may be closed, and cells are no blocks. */
const WHOLE = new Set(['details', 'table']);

/** Copies a link to the block the caret is in. */
export function copyLinkHere(editor: Editor, context: EditorContext): void {
  const { selection } = editor.state;
  const selected = selection instanceof NodeSelection && 'anchor' in selection.node.attrs;
  const at = selected ? selection.from : blockAt(selection.$head);
  if (at !== null) void copyLink(editor, at, context);
}

/** Copies a link to the heading with this id. Who may write gives it a lasting one; for a reader it is the one it has. */
export function copyLinkTo(editor: Editor, heading: string, context: EditorContext): void {
  // The outline follows the note a little later.
  const now = () => entryBySlug(outline(editor.getJSON() as NoteJson), heading)?.id;
  const id = document.getElementById(heading) ? heading : (now() ?? heading);
  const element = document.getElementById(id);
  const $at = element && editor.view.dom.contains(element) ? insideOf(editor, element) : null;
  const at = $at && blockAt($at);
  if (editor.isEditable && at !== null) void copyLink(editor, at, context);
  else void copy(id, context);
}

function insideOf({ view }: Editor, element: Element): ResolvedPos {
  return view.state.doc.resolve(view.posAtDOM(element, 0));
}

/** Where the block begins that a link to this place leads to: the innermost one. */
function blockAt($at: ResolvedPos): number | null {
  let found: number | null = null;
  for (let depth = 1; depth <= $at.depth; depth++) {
    const { type, attrs } = $at.node(depth);
    if ('anchor' in attrs) found = $at.before(depth);
    if (WHOLE.has(type.name)) break;
  }
  return found;
}

/** The anchor is no change of the text: undo leaves it, for the link may have been sent. */
async function copyLink({ view }: Editor, at: number, context: EditorContext): Promise<void> {
  let id = anchorId(view.state.doc.nodeAt(at)?.attrs['anchor']);
  if (id === null) {
    const anchor = newAnchor();
    view.dispatch(view.state.tr.setNodeAttribute(at, 'anchor', anchor).setMeta('addToHistory', false));
    id = `b-${anchor}`;
  }
  await copy(id, context);
}

async function copy(id: string, context: EditorContext): Promise<void> {
  try {
    await navigator.clipboard.writeText(`${location.origin}${location.pathname}#${id}`);
    context.say('Link copied.');
  } catch {
    context.say('The link was not copied.');
  }
}

function newAnchor(): string {
  // 252 is the largest multiple of 36 in a byte: beyond it some signs would come more often.
  let made = '';
  while (made.length < LENGTH)
    for (const byte of crypto.getRandomValues(new Uint8Array(LENGTH)))
      if (byte < 252 && made.length < LENGTH) made += SIGNS[byte % SIGNS.length];
  return made;
}
