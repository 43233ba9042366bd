import type { ContentMatch, Fragment as PmFragment, Mark, Node, NodeType, Schema } from '@tiptap/pm/model';
import { Fragment } from '@tiptap/pm/model';
import type { ProsemirrorBinding } from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import { MAX_DEPTH } from '#core/note/normal.ts';
import { looseText } from '#core/note/read.ts';

type Mapping = ProsemirrorBinding['mapping'];

/** Marks that may stand several times on one text are stored under their name and a hash. */
const HASHED_MARK = /--[a-zA-Z0-9+/=]{8}$/;

/**
 * The note's Yjs types as the editor's nodes. A node once built stays the same object until its type changes, so that the page
 * redraws nothing else. Reading writes nothing: what the schema cannot build is shown as a block that can be read, moved past and
 * deleted, and stays as it is for everyone else.
 */
export class DrawnNodes {
  readonly #schema: Schema;
  /** The binding's own table: it counts positions and finds changed blocks with it. */
  readonly #mapping: Mapping;
  /** Nodes that are known to say what their type says, all that is in them included. */
  readonly #drawn = new WeakMap<object, Node>();

  constructor(schema: Schema, mapping: Mapping) {
    this.#schema = schema;
    this.#mapping = mapping;
  }

  /** The content of the document. Never empty: an empty note is one empty paragraph that stands in no Yjs document yet. */
  read(note: Y.XmlFragment): PmFragment {
    const top = this.#schema.topNodeType;
    const content = this.#content(top, note, 0);
    return content && content.childCount > 0 ? content : (top.createAndFill()?.content ?? Fragment.empty);
  }

  /** Forgets what the transaction changed, and what that is in. */
  forget(transaction: Y.Transaction): void {
    // Not `changedParentTypes`: of a transaction that is told of later Yjs does not know them yet.
    for (const changed of transaction.changed.keys())
      for (let type: unknown = changed; type instanceof Y.AbstractType; type = type._item?.parent) this.#drop(type);
    Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
      if (struct instanceof Y.Item && struct.content instanceof Y.ContentType) this.#drop(struct.content.type);
    });
  }

  /** Takes the nodes of the editor's document for those of the note: they say the same, and are the ones to compare with. */
  pair(parent: Y.XmlFragment, node: Node): void {
    const types = (parent.toArray() as unknown[]).filter((type) => !(type instanceof Y.XmlText && isGone(type, node)));
    const nodes = node.inlineContent ? node.children.filter((child) => !child.isText) : node.children;
    const fits = types.length === nodes.length;
    types.forEach((type, at) => {
      const child = nodes[at];
      if (!fits || !child) return this.#drawn.delete(type as object);
      if (this.#drawn.get(type as object) === child) return;
      this.#keep(type as object, child);
      if (type instanceof Y.XmlElement && type.nodeName === child.type.name) this.pair(type, child);
    });
  }

  #drop(type: object): void {
    this.#drawn.delete(type);
    this.#mapping.delete(type as Y.XmlElement);
  }

  #keep(type: object, node: Node): void {
    this.#drawn.set(type, node);
    this.#mapping.set(type as Y.XmlElement, node);
  }

  #node(type: unknown, depth: number): Node | null {
    if (!(type instanceof Y.XmlElement)) return null;
    const known = this.#drawn.get(type);
    if (known) return known;
    const node = this.#built(type, depth);
    if (node) this.#keep(type, node);
    return node;
  }

  #built(element: Y.XmlElement, depth: number): Node | null {
    const type = this.#schema.nodes[element.nodeName];
    if (!type || type.isText || type === this.#schema.topNodeType || depth >= MAX_DEPTH) return null;
    const content = this.#content(type, element, depth);
    // Not `getAttributes()` itself: an attribute named `__proto__` changes what it inherits.
    return content && type.create({ ...element.getAttributes() }, content);
  }

  /** The children that `type` may have; what it may not have is shown closed. null when not even that fits. */
  #content(type: NodeType, parent: Y.XmlFragment, depth: number): PmFragment | null {
    const fitting: Node[] = [];
    let match: ContentMatch | null = type.contentMatch;
    for (const child of parent.toArray() as unknown[]) {
      for (const node of this.#fit(type, match, child, depth)) {
        match = match?.matchType(node.type) ?? null;
        fitting.push(node.mark(type.allowedMarks(node.marks)));
      }
      if (!match) return null;
    }
    return match.validEnd ? Fragment.fromArray(fitting) : null;
  }

  /** A child as nodes: several for a text with marks, none for an empty one. */
  #fit(type: NodeType, match: ContentMatch, source: unknown, depth: number): Node[] {
    if (source instanceof Y.XmlText && (type.inlineContent || source.length === 0)) return this.#texts(source);
    const node = this.#node(source, depth + 1);
    if (node && match.matchType(node.type)) return [node];
    const closed = this.#closed(type.inlineContent, source);
    if (typeof source === 'object' && source !== null) this.#keep(source, closed);
    return [closed];
  }

  #texts(text: Y.XmlText): Node[] {
    return (text.toDelta() as { insert: unknown; attributes?: Record<string, unknown> }[]).map(
      ({ insert, attributes = {} }) =>
        typeof insert === 'string' ? this.#schema.text(insert, this.#marks(attributes)) : this.#closed(true, insert),
    );
  }

  #marks(formats: Record<string, unknown>): readonly Mark[] {
    return Object.entries(formats).reduce<readonly Mark[]>((marks, [name, attrs]) => {
      const type = this.#schema.marks[name.replace(HASHED_MARK, '')];
      return type ? type.create(attrs as Record<string, unknown>).addToSet(marks) : marks;
    }, []);
  }

  /** A node that stands for what this editor cannot build. */
  #closed(inline: boolean, source: unknown): Node {
    const type = this.#schema.nodes[inline ? 'closedInline' : 'closedBlock'];
    if (!type) throw new Error('the editor lacks its nodes for unknown content');
    const name = source instanceof Y.XmlElement ? source.nodeName : 'content';
    return type.create({ name, text: looseText(source) });
  }
}

/** Whether a text has no node of its own here: it is part of its block's text, or empty. */
function isGone(text: Y.XmlText, parent: Node): boolean {
  return parent.inlineContent || text.length === 0;
}
