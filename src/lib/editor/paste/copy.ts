import { Extension } from '@tiptap/core';
import {
  DOMParser,
  DOMSerializer,
  type Fragment,
  type Node,
  type ParseOptions,
  type Schema,
  type Slice,
} from '@tiptap/pm/model';
import { Plugin } from '@tiptap/pm/state';
import type { NoteNode } from '#core/note/json.ts';
import { normalNote } from '#core/note/normal.ts';
import { renderMarkdown } from '#core/render/markdown.ts';

/** Says that HTML came from a note, and with which schema. */
const OURS = 'data-plumbline-note';

/** Whether HTML on the clipboard was copied from a note: it is pasted as it is. */
export function isOurs(html: string): boolean {
  return html.includes('data-pm-slice') && html.includes(OURS);
}

/** Copy, cut and drag: Markdown as plain text; HTML that any program reads, and a note gets back as it was. */
export const Copy = Extension.create({
  name: 'copy-of-notes',
  // Before Tiptap's own.
  priority: 200,
  addProseMirrorPlugins() {
    const { schema } = this.editor;
    return [
      new Plugin({
        props: {
          clipboardTextSerializer: sliceText,
          clipboardSerializer: new Serializer(schema),
          clipboardParser: new Parser(schema, DOMParser.fromSchema(schema).rules),
        },
      }),
    ];
  },
});

/** Words copy as words, code as code, everything else as Markdown. */
function sliceText(slice: Slice): string {
  const alone = onlyTextblock(slice);
  if (alone?.type.spec.code) return alone.textContent;
  if (alone && !hasMarks(alone)) return alone.textBetween(0, alone.content.size, undefined, '\n');
  const content = alone ? [{ type: 'paragraph', content: json(alone.content) }] : json(slice.content);
  const markdown = renderMarkdown(normalNote({ content: content.filter(isSome) }), location.origin).trimEnd();
  // Beside other text a space needs no guard.
  return alone ? markdown.replace(/^&#32;|&#32;$/g, ' ') : markdown;
}

/** The block whose text is all that is selected; null when more is. */
function onlyTextblock({ content, openStart, openEnd }: Slice): Node | null {
  let fragment = content;
  for (let depth = 1; fragment.childCount === 1 && fragment.firstChild; depth++) {
    const only = fragment.firstChild;
    if (only.isTextblock) return depth <= openStart && depth <= openEnd ? only : null;
    fragment = only.content;
  }
  return null;
}

function hasMarks(block: Node): boolean {
  let found = false;
  block.descendants((node) => {
    // An address that is written out is a word.
    found ||= node.marks.some(({ type, attrs }) => type.name !== 'link' || attrs['href'] !== node.text);
  });
  return found;
}

const json = (content: Fragment) => (content.toJSON() ?? []) as NoteNode[];

/** Empty paragraphs have a form in Markdown that is not for reading. */
const isSome = (node: NoteNode) => node.type !== 'paragraph' || (node.content?.length ?? 0) > 0;

/** Reads our own HTML to the letter: no space of it is for looks, and a break at the end of a block is a break. */
class Parser extends DOMParser {
  override parseSlice(dom: globalThis.Node, options: ParseOptions = {}): Slice {
    const ours = dom instanceof Element && dom.querySelector(`[${OURS}]`) !== null;
    if (!ours) return super.parseSlice(dom, options);
    const { ruleFromNode: _, ...kept } = options as ParseOptions & { ruleFromNode?: unknown };
    return super.parseSlice(dom, { ...kept, preserveWhitespace: 'full' });
  }
}

/** As the schema writes HTML, without what is for the editor alone. */
class Serializer extends DOMSerializer {
  constructor(schema: Schema) {
    super(DOMSerializer.nodesFromSchema(schema), DOMSerializer.marksFromSchema(schema));
  }

  override serializeFragment(
    fragment: Fragment,
    options?: { document?: Document },
    target?: HTMLElement | DocumentFragment,
  ): HTMLElement | DocumentFragment {
    const made = super.serializeFragment(fragment, options, target);
    // Called again for what is inside.
    if (target) return made;
    for (const element of made.querySelectorAll('[contenteditable]')) element.removeAttribute('contenteditable');
    made.querySelector('*')?.setAttribute(OURS, '');
    return made;
  }
}
