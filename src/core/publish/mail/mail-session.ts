import type { Material, Session } from '../../event/model.ts';
import { clockTime, longDay, zoneLabel } from '../../event/time-text.ts';
import { addMinutes, wallTimeOf } from '../../event/times.ts';
import type { NoteNode } from '../../note/json.ts';
import { safeHref } from '../../note/links.ts';
import { headingLevel, plainText } from '../../note/outline.ts';
import { templateNote } from '../../note/template.ts';
import { OUTCOME } from '../../outcomes/elements.ts';
import { outcomeFacts } from '../../outcomes/facts.ts';
import { addressReference } from '../../references/block.ts';
import { type Layout, prefixed } from '../../render/layout.ts';
import { personText } from '../../render/sheet.ts';
import { visible } from '../../render/text.ts';
import { renderNote } from '../../render/walk.ts';
import { type Run, wrapRuns } from '../../render/wrap.ts';
import { type Publication, type PublishedSession, sessionAddress } from '../publication.ts';
import { stateWords } from '../words.ts';
import { lines, say, titled, whole } from './lines.ts';
import { forMail, mailTable } from './mail-note.ts';
import type { Numbered } from './numbered.ts';

/** A session that has notes: what and when it was, and its text without what the summary says. */
export function mailSession(publication: Publication, published: PublishedSession, numbered: Numbered): Layout[] {
  const { event, origin, single } = publication;
  const { session, topics, note } = published;
  const facts = [
    titled(session.title, single ? '=' : '-'),
    ...(session.people.length > 0 ? [say(session.people.map(personText).join('; '))] : []),
    say([timeWords(session, event.zone), session.room].filter((part) => part !== null).join(', ')),
    ...topics.filter((path) => path.at(-1) !== session.title).map((path) => say(`Topic: ${path.join(' > ')}`)),
    ...session.materials.map((material) => say(materialWords(material, numbered))),
    whole(sessionAddress(event, origin, session)),
  ];
  const left = withoutListed(withoutHollowHeadings(withoutTitle(note.content, session.title)));
  const text = renderNote({ type: 'doc', content: forMail(left) }, mailTable(origin, numbered, gap));
  return [lines(...facts), ...(left.length > 0 ? [text] : [])];
}

/** The head of the mail says the zone. */
function timeWords({ start, minutes }: Session, zone: string): string {
  if (start === null) return 'Not scheduled';
  const until = minutes === null ? '' : ` to ${clockTime(addMinutes(start, minutes), zone)}`;
  return `${longDay(wallTimeOf(start, zone).date)}, ${clockTime(start, zone)}${until} ${zoneLabel(start, zone)}`;
}

function materialWords({ title, url }: Material, numbered: Numbered): string {
  const href = safeHref(url);
  return href === null ? title : `${title}: ${numbered.mark(addressReference(href)?.key ?? href, href)}`;
}

/** What the scribe missed stays at its place. */
function gap(node: NoteNode, words: Run[]): Layout {
  const { short, owners, ...facts } = outcomeFacts(node.attrs);
  const who = owners === '' ? '' : ` (${owners})`;
  const state = stateWords(facts as Parameters<typeof stateWords>[0]);
  const after = `${state && ` (${state})`}${short && ` [${short}]`}`;
  const runs: Run[] = [
    { kind: 'text', text: visible(`Gap${who}: `) },
    ...words,
    { kind: 'text', text: visible(after) },
  ];
  return prefixed('', '  ', (width) => wrapRuns(runs, width));
}

function withoutTitle(content: readonly NoteNode[], title: string): NoteNode[] {
  const [first, ...rest] = content;
  return first?.type === 'heading' && plainText(first).trim() === title ? rest : [...content];
}

/** Decisions, actions and questions are in the summary; empty lines are for the editor. */
function withoutListed(nodes: readonly NoteNode[]): NoteNode[] {
  return nodes.flatMap((node) => {
    if (isListed(node)) return [];
    if (node.type === 'paragraph') return plainText(node).trim() === '' ? [] : [node];
    if (!node.content?.some(hasListed)) return [node];
    const content = withoutListed(node.content);
    return content.length === 0 && HOLDERS.has(node.type) ? [] : [{ ...node, content }];
  });
}

const isListed = (node: NoteNode): boolean => node.type === OUTCOME && outcomeFacts(node.attrs).kind !== 'gap';
const hasListed = (node: NoteNode): boolean => isListed(node) || (node.content ?? []).some(hasListed);

const HOLDERS = new Set(['bulletList', 'orderedList', 'listItem', 'blockquote', 'callout']);

/** Without the headings over nothing but what went into the summary, and those of the template that nobody wrote below. */
function withoutHollowHeadings(nodes: readonly NoteNode[]): NoteNode[] {
  return nodes.filter((node, i) => node.type !== 'heading' || !isHollow(node, nodes.slice(i + 1)));
}

const TEMPLATE = new Set(
  templateNote()
    .content.filter(({ type }) => type === 'heading')
    .map(plainText),
);

function isHollow(heading: NoteNode, after: readonly NoteNode[]): boolean {
  const end = after.findIndex((node) => node.type === 'heading' && headingLevel(node) <= headingLevel(heading));
  const section = end < 0 ? after : after.slice(0, end);
  return (
    (section.some(hasListed) || TEMPLATE.has(plainText(heading))) &&
    section.every((node, i) =>
      node.type === 'heading' ? isHollow(node, section.slice(i + 1)) : withoutListed([node]).length === 0,
    )
  );
}
