import * as Y from 'yjs';

/** One UTF-16 unit of a text, whether it is in the note or not. */
export interface Character {
  id: Y.ID;
  /** Empty when it does not count. */
  sign: string;
  /** It was deleted before; what is neither this nor counts was not here then. */
  gone: boolean;
  /** Marks on it by name, such as a link with its address. */
  marks: Readonly<Record<string, unknown>>;
}

/** When an item of a text is looked at: `counts` as part of the text, or `gone` from it. */
export interface View {
  counts(item: Y.Item): boolean;
  gone(item: Y.Item): boolean;
}

/** All characters that a text has or had, in their order. */
export function charactersOf(text: Y.XmlText, view: View): Character[] {
  const found: Character[] = [];
  let marks: Character['marks'] = {};
  for (let item = text._start; item; item = item.right) {
    const { id, content, length } = item;
    if (content instanceof Y.ContentFormat && view.counts(item)) marks = marked(marks, content);
    if (!(content instanceof Y.ContentString || content instanceof Y.ContentDeleted)) continue;
    const signs = content instanceof Y.ContentString && view.counts(item) ? content.str : '';
    const gone = view.gone(item);
    for (let i = 0; i < length; i++)
      found.push({ id: Y.createID(id.client, id.clock + i), sign: signs[i] ?? '', gone, marks });
  }
  return found;
}

function marked(marks: Character['marks'], { key, value }: Y.ContentFormat): Character['marks'] {
  const { [key]: _, ...others } = marks;
  return value === null ? others : { ...others, [key]: value as unknown };
}

/** The note as it was here before the transaction. */
export function before({ deleteSet, beforeState }: Y.Transaction): View {
  const stays = (item: Y.Item): boolean => !item.deleted || Y.isDeleted(deleteSet, item.id);
  return {
    counts: (item) => !isNew(item, beforeState) && stays(item),
    gone: (item) => !isNew(item, beforeState) && !stays(item),
  };
}

/** What the transaction put in. */
export function putInBy({ beforeState }: Y.Transaction): View {
  return { counts: (item) => !item.deleted && isNew(item, beforeState), gone: () => false };
}

export function isNew({ id }: Y.Item, beforeState: Map<number, number>): boolean {
  return id.clock >= (beforeState.get(id.client) ?? 0);
}

/** The texts that were in the note and that the transaction took out. Their characters can still be read while it is told of. */
export function textsTakenOut(transaction: Y.Transaction): Y.XmlText[] {
  return takenOut(transaction).flatMap((item) => textOf(item) ?? []);
}

/** The same for images, whose attributes can still be read. */
export function imagesTakenOut(transaction: Y.Transaction): Y.XmlElement[] {
  return takenOut(transaction).flatMap(({ content }) => {
    const type: unknown = content instanceof Y.ContentType && content.type;
    return type instanceof Y.XmlElement && type.nodeName === 'image' ? [type] : [];
  });
}

function takenOut(transaction: Y.Transaction): Y.Item[] {
  const found: Y.Item[] = [];
  Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
    if (struct instanceof Y.Item && !isNew(struct, transaction.beforeState)) found.push(struct);
  });
  return found;
}

export function textOf({ content }: Y.Item): Y.XmlText | null {
  return content instanceof Y.ContentType && content.type instanceof Y.XmlText ? content.type : null;
}
