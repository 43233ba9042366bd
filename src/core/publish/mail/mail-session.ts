import type { Material, Session } from '../../event/model.ts';
import { clockTime, longDay, zoneLabel } from '../../event/time-text.ts';
import { addMinutes, wallTimeOf } from '../../event/times.ts';
import type { NoteNode } from '../../note/json.ts';
import { safeHref } from '../../note/links.ts';
import { plainText } from '../../note/outline.ts';
import { addressReference } from '../../references/block.ts';
import type { Layout } from '../../render/layout.ts';
import { personText } from '../../render/sheet.ts';
import { renderNote } from '../../render/walk.ts';
import { type Publication, type PublishedSession, sessionAddress } from '../publication.ts';
import { lines, say, titled, whole } from './lines.ts';
import { leftOf } from './left.ts';
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
  const left = withoutTitle(leftOf(note.content), session.title);
  const text = renderNote({ type: 'doc', content: forMail(left) }, mailTable(origin, numbered));
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

function withoutTitle(content: readonly NoteNode[], title: string): NoteNode[] {
  const [first, ...rest] = content;
  return first?.type === 'heading' && plainText(first).trim() === title ? rest : [...content];
}
