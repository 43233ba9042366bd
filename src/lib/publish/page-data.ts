import type { Event } from '#core/event/model.ts';
import { inAgendaOrder, listed } from '#core/event/agenda.ts';
import { type Mail, mailOf } from '#core/publish/mail/mail.ts';
import { type MailLink, mailLink } from '#core/publish/mail/mailto.ts';
import type { Publication } from '#core/publish/publication.ts';
import { resultsText } from '#core/publish/results.ts';
import type { Asked } from './asked.ts';

/** What the page of publishing shows. */
export interface PublishData {
  slug: string;
  title: string;
  conference: string | null;
  /** To choose from, in programme order. */
  sessions: { slug: string; title: string }[];
  /** Those with notes in what was chosen: minutes can be made of them. */
  written: { slug: string; title: string }[];
  outcomes: number;
  chosen: string[];
  mail: Mail;
  link: MailLink;
  results: string;
  /** The server knows no address but its own machine's: links in what goes out lead nowhere for others. */
  isLocal: boolean;
  columns: number;
  nameless: boolean;
  /** How many people asked not to be named. */
  unnamed: number;
  refused: string[];
}

export function publishData(event: Event, publication: Publication, asked: Asked): PublishData {
  const mail = mailOf(publication, asked.columns);
  const named = ({ slug, title }: { slug: string; title: string }) => ({ slug, title });
  return {
    ...{ slug: event.slug, title: event.title, conference: event.conference },
    sessions: inAgendaOrder(listed(event.sessions), event.topics).map(named),
    written: publication.sessions.filter(({ empty }) => !empty).map(({ session }) => named(session)),
    outcomes: publication.sessions.reduce((sum, { outcomes }) => sum + outcomes.length, 0),
    ...{ chosen: publication.chosen, mail, link: mailLink(mail), results: resultsText(publication) },
    ...{ columns: asked.columns, nameless: asked.unnamed === 'all' },
    isLocal: /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(publication.origin).hostname),
    unnamed: event.settings.people.filter(({ unnamed }) => unnamed).length,
    refused: asked.refused.map(({ message }) => message),
  };
}
