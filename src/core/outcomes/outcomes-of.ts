import type { NoteJson, NoteNode } from '../note/json.ts';
import { headings, type OutlineEntry, plainText } from '../note/outline.ts';
import { OUTCOME } from './elements.ts';
import { isOutcomeId, OUTCOMES_PER_NOTE, shortId } from './short-id.ts';

/** An outcome as it stands in a note. Texts are single lines; what is not said is empty. */
export interface Outcome {
  /** Empty until it has one that can be cited. */
  id: string;
  /** `PCI23-A7`; empty until the server has given it. */
  short: string;
  kind: string;
  state: string;
  owners: string[];
  /** A date such as `2023-12-01`, or words. */
  due: string;
  /** Why it was dropped, where it was posted or moved. */
  more: string;
  text: string;
  /** The heading it stands under, null before the first. */
  heading: { text: string; id: string } | null;
}

/** A field of an outcome is a line to read; longer ones are cut, in characters. A list of owners is a few names. */
const LINE = 1_000;
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
  const { id, short, owners, ...facts } = node.attrs ?? {};
  return {
    id: isOutcomeId(id) ? id : '',
    short: shortId(short) ?? '',
    kind: line(facts.kind),
    state: line(facts.state),
    owners: typeof owners === 'string' ? names(owners) : [],
    due: line(facts.due),
    more: line(facts.more),
    text: line(plainText(node)),
    heading: heading === undefined ? null : { text: line(heading.text), id: heading.id },
  };
}

function names(owners: string): string[] {
  const all = owners.slice(0, LINE).split(';').map(line);
  return [...new Set(all.filter((name) => name !== ''))].slice(0, OWNERS);
}

function line(value: unknown): string {
  if (typeof value !== 'string') return '';
  // Cut first: a text as long as a note allows must not be gone through.
  return value
    .slice(0, LINE)
    .toWellFormed()
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
}
