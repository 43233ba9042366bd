import type * as Y from 'yjs';
import { NOTE_FRAGMENT } from '#core/note/fragment.ts';
import { outcomeElements } from '#core/outcomes/elements.ts';

/** What an outcome of a note says of itself. */
export interface Seen {
  /** Which node of the document it is, for as long as it is there. */
  node: string;
  id: unknown;
  short: unknown;
  kind: unknown;
}

/** What has to be written into a node that is still the one that was seen. */
export interface Correction {
  /** The id it had. */
  was: unknown;
  id: string;
  short: string;
}

/** The outcomes of a note in document order, at most so many. */
export function seenIn(doc: Y.Doc, most: number): Seen[] {
  return elements(doc)
    .slice(0, most)
    .map((element) => ({ node: nodeOf(element), ...read(element) }));
}

/** Writes corrections by node; of nodes that are gone, or another outcome by now, none. */
export function correct(doc: Y.Doc, corrections: ReadonlyMap<string, Correction>): void {
  for (const element of elements(doc)) {
    const correction = corrections.get(nodeOf(element));
    const now = read(element);
    if (correction === undefined || now.id !== correction.was) continue;
    if (now.id !== correction.id) element.setAttribute('id', correction.id);
    if (now.short !== correction.short) element.setAttribute('short', correction.short);
  }
}

function elements(doc: Y.Doc): Y.XmlElement[] {
  return outcomeElements(doc.getXmlFragment(NOTE_FRAGMENT));
}

function read(element: Y.XmlElement): { id: unknown; short: unknown; kind: unknown } {
  const [id, short, kind] = ['id', 'short', 'kind'].map((name): unknown => element.getAttribute(name));
  return { id, short, kind };
}

function nodeOf({ _item: item }: Y.XmlElement): string {
  return `${item?.id.client}:${item?.id.clock}`;
}
