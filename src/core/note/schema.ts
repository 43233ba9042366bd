import { flattenExtensions, getSchema, Mark, Node } from '@tiptap/core';
import type { AnyExtension } from '@tiptap/core';
import { Blockquote } from '@tiptap/extension-blockquote';
import { Bold } from '@tiptap/extension-bold';
import { Code } from '@tiptap/extension-code';
import { CodeBlock } from '@tiptap/extension-code-block';
import { Document } from '@tiptap/extension-document';
import { HardBreak } from '@tiptap/extension-hard-break';
import { Heading } from '@tiptap/extension-heading';
import { HorizontalRule } from '@tiptap/extension-horizontal-rule';
import { Italic } from '@tiptap/extension-italic';
import { BulletList } from '@tiptap/extension-list/bullet-list';
import { ListItem } from '@tiptap/extension-list/item';
import { Paragraph } from '@tiptap/extension-paragraph';
import { Strike } from '@tiptap/extension-strike';
import { Text } from '@tiptap/extension-text';
import { Underline } from '@tiptap/extension-underline';
import { ANCHORED } from './anchors.ts';
import { Callout } from './nodes/callout.ts';
import { Details, DetailsContent, DetailsSummary } from './nodes/details.ts';
import type { ElementLike } from './nodes/element.ts';
import { Image } from './nodes/image.ts';
import { Link } from './nodes/link.ts';
import { OrderedList } from './nodes/ordered-list.ts';
import { Outcome } from './nodes/outcome.ts';
import { Table, TableCell, TableRow } from './nodes/table.ts';

export { NOTE_FRAGMENT } from './fragment.ts';
export { SCHEMA_VERSION } from './schema-version.ts';

/** Largest number CommonMark allows for a list item. */
export const LAST_LIST_NUMBER = 999_999_999;

/**
 * Nodes and marks of a note, as Tiptap extensions: what the schema is made of, with commands and typing rules but without
 * views, and without anything that needs a DOM. Cursors, undo and list keys are the editor's to add. Every attribute has a
 * default, because the binding deletes a node whose required attribute is missing.
 *
 * @param origin that of this server, in a page: pasted images with a whole address are known by it
 */
export function noteExtensions(origin = ''): AnyExtension[] {
  const standard = flattenExtensions(STANDARD)
    .filter((extension) => extension.type !== 'extension')
    .map(tighten);
  return [...standard, ...OWN, Image.configure({ origin })];
}

/** One by one, not Tiptap's starter kit: that brings its undo and more into every browser, and a note uses none of it. */
const STANDARD: AnyExtension[] = [
  ...[Bold, Blockquote, BulletList, Code, CodeBlock, Document, HardBreak, Heading, HorizontalRule, Italic, ListItem],
  ...[Paragraph, Strike, Text, Underline],
];

const OWN = [Link, OrderedList, Table, TableRow, TableCell, Details, DetailsSummary, DetailsContent, Callout, Outcome];

function tighten(extension: AnyExtension): AnyExtension {
  const change = CHANGES[extension.name];
  if (!change) return extension;
  if (extension instanceof Mark) return extension.extend(change);
  if (extension instanceof Node) return extension.extend(change);
  return extension;
}

/**
 * Where a note differs from Tiptap's own: only attributes that every text form can carry.
 *
 * No attribute has `validate`. ProseMirror runs it when a node is made, the binding makes nodes of what others wrote, and what
 * cannot be made it deletes from the document, for everyone: one bad `href` would take its paragraph along. So attributes
 * may be of any type in the editor too, and whoever reads one checks it: `safeHref`, `headingLevel`, `listStart`.
 */
const CHANGES: Record<string, object> = {
  doc: { addGlobalAttributes: () => [{ types: ANCHORED, attributes: { anchor: ANCHOR } }] },
  codeBlock: {
    addAttributes: () => ({ language: { default: null, rendered: false, parseHTML: languageOf } }),
    renderHTML: ({ node }: { node: { attrs: Record<string, unknown> } }) => ['pre', ['code', languageNames(node), 0]],
  },
  // `block+` instead of `paragraph block*`: an item whose paragraph was taken away by someone else stays valid and keeps the
  // rest, and Markdown has items that begin with a heading, a quote or code.
  listItem: { content: 'block+' },
  // Code may be a link or bold too; Tiptap's would drop the other marks.
  code: { excludes: 'code' },
};

/**
 * Which block this is, for links to it: set when somebody copies one, `anchorId` says how it is shown. Neither half of a split
 * block but the first keeps it, and what is pasted has none.
 */
const ANCHOR = { default: null, keepOnSplit: false, rendered: false, parseHTML: () => null };

/** Languages are anything people write; the class is for programs that look for one, and takes only a word. */
function languageNames({ attrs }: { attrs: Record<string, unknown> }): Record<string, string> {
  const language = attrs['language'];
  if (typeof language !== 'string' || language === '') return {};
  return { 'data-language': language, ...(/^[\w+#.-]+$/.test(language) && { class: `language-${language}` }) };
}

function languageOf(pre: ElementLike): string | null {
  const code = pre.firstElementChild;
  const written = code?.getAttribute('data-language') ?? pre.getAttribute('data-language');
  if (written !== null) return written;
  const named = /(?:^|\s)lang(?:uage)?-(\S+)/;
  return (named.exec(code?.className ?? '') ?? named.exec(pre.className))?.[1] ?? null;
}

/**
 * The schema of this version. There are no catch-all nodes for unknown content: the binding looks nodes up by their own name,
 * so such a node would never be asked. What this schema does not know is kept by the log, kept away by the schema gate,
 * read by `readNote`, and shown by the renderers in a marked box.
 */
export const noteSchema = getSchema(noteExtensions());

/**
 * Whether nodes of this name hold text: paragraphs, headings, code, cells of tables, summaries. Each is given its Y.XmlText when it is made. The binding would
 * make it with the first character, and of two who begin to write at once each would make one: two texts in one paragraph, which
 * the binding then joins on both sides, doubling or losing what the other wrote.
 */
export function isTextBlock(name: string): boolean {
  return noteSchema.nodes[name]?.inlineContent ?? false;
}
