import type { NoteJson } from '../note/json.ts';
import { renderHtml } from '../render/html.ts';
import { renderMarkdown } from '../render/markdown.ts';
import { item, bulletList, link, text, withoutEnd } from '../render/sheet.ts';
import { normalNote } from '../note/normal.ts';
import { type Publication, type PublishedSession, sessionAddress } from './publication.ts';

export type MinutesFormat = 'md' | 'html';

/**
 * The note of a session as its minutes on another page, which says title, time and speakers itself: the text, then where it is from. HTML is
 * a part of a page, without classes and ids of ours getting in the way of anything but themselves.
 */
export function minutes(publication: Publication, published: PublishedSession, format: MinutesFormat): string {
  const note = minutesNote(publication, published);
  const { origin } = publication;
  return format === 'md' ? renderMarkdown(note, origin) : `${renderHtml(note, origin)}\n`;
}

function minutesNote({ event, origin }: Publication, { session, note, empty, revision }: PublishedSession): NoteJson {
  if (empty) return normalNote({ content: [{ type: 'paragraph', content: [text('No notes.')] }] });
  const from = item(link('Notes', sessionAddress(event, origin, session)), text(`, revision ${revision}`));
  return normalNote({ content: [...withoutEnd(note.content), { type: 'horizontalRule' }, bulletList([from])] });
}
