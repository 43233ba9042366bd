import { document } from '../render/session.ts';
import { csvFile } from './csv.ts';
import type { PublishForm } from './form-names.ts';
import { icsFile } from './ics.ts';
import { emlFile, type Written } from './mail/eml.ts';
import { mailOf } from './mail/mail.ts';
import { mailText } from './mail/mail-text.ts';
import { outcomesFile } from './outcomes-file.ts';
import type { Publication } from './publication.ts';
import { outcomesSheet } from './sheet.ts';
import { normalNote } from '../note/normal.ts';

export interface Asked extends Written {
  columns: number;
}

interface Form {
  contentType: string;
  /** To be kept as a file, rather than read in the browser. */
  kept: boolean;
  body: (publication: Publication, asked: Asked) => string | Uint8Array;
}

/** Every form that outcomes go out in, by the ending of its address. */
export const FORMS = {
  md: { contentType: 'text/markdown; charset=utf-8', kept: false, body: (all) => sheet('md', all) },
  txt: { contentType: 'text/plain; charset=utf-8', kept: false, body: (all, { columns }) => mailText(all, columns) },
  html: { contentType: 'text/html; charset=utf-8', kept: false, body: (all) => sheet('html', all) },
  json: {
    contentType: 'application/json; charset=utf-8',
    kept: false,
    body: (all) => `${JSON.stringify(outcomesFile(all), null, 2)}\n`,
  },
  csv: { contentType: 'text/csv; charset=utf-8; header=present', kept: true, body: csvFile },
  ics: { contentType: 'text/calendar; charset=utf-8', kept: true, body: (all, { date }) => icsFile(all, date) },
  eml: { contentType: 'message/rfc822', kept: true, body: (all, asked) => emlFile(mailOf(all, asked.columns), asked) },
} as const satisfies Record<PublishForm, Form>;

function sheet(format: 'md' | 'html', publication: Publication): string {
  const { event, origin } = publication;
  const title = `${event.title}: outcomes`;
  const about = { title, description: `What came out of ${event.title}`, path: `/${event.slug}/outcomes.html`, origin };
  return document(format, about, normalNote({ content: outcomesSheet(publication) }).content).body;
}
