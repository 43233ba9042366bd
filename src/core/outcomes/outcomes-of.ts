import type { NoteJson, NoteNode } from '../note/json.ts';
import { stampLength } from '../note/line-marks.ts';
import { headings, type OutlineEntry, plainText } from '../note/outline.ts';
import { OUTCOME } from './elements.ts';
import { outcomeFacts, type OutcomeFacts, ownersOf } from './facts.ts';
import { OUTCOMES_PER_NOTE } from './short-id.ts';

/** An outcome as it stands in a note. Texts are single lines; what is not said is empty. */
export interface Outcome extends Omit<OutcomeFacts, 'owners'> {
  owners: string[];
  text: string;
  /** The heading it stands under, null before the first. */
  heading: { text: string; id: string } | null;
}

/** How outcomes are read. Raised with every change of what is read of a note: an index that was kept before is not believed then. */
export const READING = 1;

/** A field of an outcome is a line to read; longer ones are cut, in characters. A list of owners is a few names. */
export const LINE_LIMIT = 1_000;
const OWNERS = 20;

/** The outcomes of a note in reading order, at most as many as are numbered. Attributes are of any type: they arrive unchecked. */
export function outcomesOf(note: NoteJson): Outcome[] {
  const found: Outcome[] = [];
  const titles = headings(note);
  let heading: OutlineEntry | undefined;
  const visit = (node: NoteNode): void => {
    if (found.length === OUTCOMES_PER_NOTE) return;
    heading = titles.get(node) ?? heading;
    if (node.type === OUTCOME) found.push(outcomeOf(node, heading));
    node.content?.forEach(visit);
  };
  note.content.forEach(visit);
  return found;
}

function outcomeOf(node: NoteNode, heading: OutlineEntry | undefined): Outcome {
  return {
    ...shownFacts(node.attrs),
    text: withoutStamp(line(plainText(node))),
    heading: heading === undefined ? null : { text: line(heading.text), id: heading.id },
  };
}

/** The facts as they are listed. */
export function shownFacts(attrs: Readonly<Record<string, unknown>> | undefined): Omit<Outcome, 'text' | 'heading'> {
  const { owners, due, more, ...facts } = outcomeFacts(attrs);
  return { ...facts, owners: ownersOf(owners).slice(0, OWNERS).map(cut), due: cut(due), more: cut(more) };
}

/** The time of a line says when it was written, not what. */
const withoutStamp = (text: string): string => text.slice(stampLength(text)).trimStart();

function line(text: string): string {
  // Cut first: a text as long as a note allows must not be gone through.
  return cut(text)
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
}

function cut(text: string): string {
  return text.slice(0, LINE_LIMIT).toWellFormed();
}
