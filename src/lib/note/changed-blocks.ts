import * as Y from 'yjs';

/**
 * The top-level blocks of a note that were changed in this tab since everything was last saved: what "Copy my changes"
 * copies.
 */
export class ChangedBlocks {
  readonly #note: Y.XmlFragment;
  readonly #changed = new Set<unknown>();

  constructor(note: Y.XmlFragment) {
    this.#note = note;
    note.observeDeep(this.#observe);
  }

  destroy(): void {
    this.#note.unobserveDeep(this.#observe);
  }

  /** Everything is saved. */
  clear(): void {
    this.#changed.clear();
  }

  /**
   * A document that holds the changed blocks alone, in their order; the whole note when none is known, as after a reload or
   * when text was only deleted.
   */
  extract(): Y.Doc {
    const blocks = this.#note.toArray().filter((block) => this.#changed.has(block));
    const copy = new Y.Doc();
    const wanted = blocks.length > 0 ? blocks : this.#note.toArray();
    copy.getXmlFragment('note').insert(
      0,
      wanted
        .filter((block) => block instanceof Y.XmlElement || block instanceof Y.XmlText)
        .map((block) => block.clone()),
    );
    return copy;
  }

  readonly #observe = (events: Y.YEvent<Y.XmlFragment>[], transaction: Y.Transaction): void => {
    if (!transaction.local) return;
    for (const event of events) {
      if (event.target === this.#note) this.#addInserted(event);
      else this.#changed.add(this.#blockOf(event.target));
    }
  };

  #addInserted(event: Y.YEvent<Y.XmlFragment>): void {
    for (const item of event.changes.added)
      if (item.content instanceof Y.ContentType) this.#changed.add(item.content.type);
  }

  #blockOf(target: unknown): unknown {
    let block = target as { parent: unknown };
    while (block.parent && block.parent !== this.#note) block = block.parent as { parent: unknown };
    return block;
  }
}
