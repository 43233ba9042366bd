import type { Publication } from '../publication.ts';
import { shortConference } from '../words.ts';
import { mailAddress, messageId } from './header-field.ts';
import { mailText } from './mail-text.ts';

/** A mail as it is handed to whoever sends it. We never send it. */
export interface Mail {
  to: string[];
  cc: string[];
  subject: string;
  /** Message-ID without brackets of the mail it answers. */
  inReplyTo: string | null;
  /** Lines end with `\n`. */
  body: string;
}

/** To the first list and in copy to the others, in answer to the event's thread, under its subject. */
export function mailOf(publication: Publication, columns?: number): Mail {
  const { lists, thread } = publication.event.settings;
  const [to, ...cc] = [...new Set(lists.flatMap((list) => mailAddress(list) ?? []))];
  return {
    to: to === undefined ? [] : [to],
    cc,
    subject: subjectOf(publication),
    inReplyTo: thread === null ? null : messageId(thread),
    body: mailText(publication, columns),
  };
}

function subjectOf({ event, sessions, single }: Publication): string {
  const [only] = sessions;
  const subject = event.settings.subject ?? defaultSubject(event);
  return single && only ? `${subject.replace(/: outcomes$/, '')}: ${only.session.title}` : subject;
}

/** `[LPC 2023] VFIO/IOMMU/PCI MC: outcomes`. */
function defaultSubject({ title, conference }: Publication['event']): string {
  return `${conference === null ? '' : `[${shortConference(conference)}] `}${title}: outcomes`;
}
