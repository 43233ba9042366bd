import { problemOf } from '#lib/http/problem.ts';
import { textIn } from './read-form.ts';

type SettingsService = App.Locals['services']['settings'];
export type ImportPreview = Awaited<ReturnType<SettingsService['preview']>>;
type Actor = App.Locals['actor'];

/** An import form that came back: refused, or looked at. */
export interface ImportBack {
  text: string;
  session: string;
  error: { at: 'text' | 'session'; message: string } | null;
  preview: ImportPreview | null;
  /** Of the sessions that the source no longer has, the titles of those in whose notes somebody wrote. */
  written: string[];
  /** The event changed since it was looked at. */
  changed: boolean;
}

/** As the importer takes; a page that comes back shows no more of it than can be edited. */
const SHOWN_TEXT = 200_000;

/** What was sent, looked at or refused. A refusal that has no field here is thrown. */
export async function lookAt(
  services: SettingsService,
  actor: Actor,
  form: FormData,
  event: string | null,
): Promise<ImportBack> {
  const file = form.get('file');
  const chosen = file instanceof File && file.size > 0;
  const text = chosen ? await file.text() : textIn(form, 'text').replace(/\r\n?/g, '\n');
  const session = textIn(form, 'session').trim();
  const back = { text: !chosen && text.length <= SHOWN_TEXT ? text : '', session, changed: false, written: [] };
  try {
    const preview = await services.preview(actor, { text, event, session: session === '' ? null : session });
    return { ...back, error: null, preview };
  } catch (thrown) {
    return { ...back, error: refusalOf(thrown), preview: null };
  }
}

/** With what is to be known of the notes before it is written: a topic with another title is another session. */
export async function withWritten(
  { events, notes }: Pick<App.Locals['services'], 'events' | 'notes'>,
  slug: string,
  back: ImportBack,
): Promise<ImportBack> {
  const gone = new Set(back.preview?.summary.gone);
  const written: string[] = [];
  for (const { title, noteId } of (await events.get(slug))?.sessions ?? []) {
    if (gone.has(title) && (await notes.read(noteId))?.empty === false) written.push(title);
  }
  return { ...back, written };
}

/** Writes what was looked at: its slug, or the form again. */
export async function writeIt(
  services: SettingsService,
  actor: Actor,
  form: FormData,
): Promise<{ slug: string } | { back: ImportBack }> {
  const blank = { text: '', session: '', error: null, preview: null, changed: false, written: [] };
  try {
    const written = await services.import(actor, textIn(form, 'preview'));
    return 'slug' in written ? written : { back: { ...blank, preview: written.preview, changed: true } };
  } catch (thrown) {
    return { back: { ...blank, error: refusalOf(thrown) } };
  }
}

/** The importer names a place in the file, or an option of the command line. */
function refusalOf(thrown: unknown): ImportBack['error'] {
  const problem = problemOf(thrown);
  if (problem?.status !== 400) throw thrown;
  if (problem.field === '--session') return { at: 'session', message: sentence(problem.title) };
  const { field = 'text', title } = problem;
  const message = sentence(title);
  return {
    at: 'text',
    message: field === 'text' || field.startsWith('--') ? message : `${sentence(field)}: ${title}.`,
  };
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
