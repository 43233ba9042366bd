import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Event } from '#core/event/model.ts';
import { withSettledPeople } from '#core/event/settle/people.ts';
import { topicTitles } from '#core/event/agenda.ts';
import { withoutNames } from '#core/publish/names/hide-event.ts';
import type { Named } from '#core/publish/names/hide-event.ts';
import { renderEvent, renderSession } from '#core/render/session.ts';
import type { TextFormat } from '#core/render/session.ts';
import { InputError } from '../errors.ts';
import { withoutKeys } from '../programme/events.ts';
import { readEvents } from '../store/sqlite/read-events.ts';
import { olderSchema } from '../store/sqlite/schema.ts';
import { requireData, requireFree, putInPlace } from './backup.ts';
import { DATABASE, IMAGES, imagesIn } from './parts.ts';

const FORMS: readonly TextFormat[] = ['md', 'txt', 'html', 'json'];

/** What was written, and notes that cannot be read any more, by the address of their session. */
export interface Exported {
  events: number;
  notes: number;
  images: number;
  damaged: { where: string; what: string }[];
}

/**
 * Writes notes into a folder that is not there yet, in every form for reading: `<event>.md` and `<event>/<session>.md` and so on, with
 * the images they show. Names are left out as on the pages. The folder gets its name when all of it is there. Throws InputError.
 */
export async function exportNotes(dataDir: string, folder: string, slug: string | null): Promise<Exported> {
  const target = resolve(folder);
  await requireData(dataDir);
  await requireFree(folder, target);
  if (olderSchema(join(dataDir, DATABASE)) !== null)
    throw new InputError(
      'DATA_DIR',
      `An earlier Plumbline made ${dataDir}. Start the server once; it brings it forward.`,
    );
  await mkdir(dirname(target), { recursive: true });
  const making = await mkdtemp(join(dirname(target), `.${basename(target)}-`));
  try {
    const done: Exported = { events: 0, notes: 0, images: 0, damaged: [] };
    for (const { event, notes, damaged } of readEvents(join(dataDir, DATABASE), slug)) {
      await writeEvent(making, withoutNames({ event: withSettledPeople(withoutKeys(event)), notes }, 'asked'));
      done.events++;
      done.notes += notes.size;
      done.images += await copyImages(dataDir, making, event.slug);
      for (const { session, what } of damaged) done.damaged.push({ where: `/${event.slug}/${session}`, what });
    }
    if (slug !== null && done.events === 0) throw new InputError('--event', `There is no event "${slug}".`);
    await putInPlace(making, target);
    return done;
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}

export function describeExported({ events, notes, images, damaged }: Exported): string {
  const what = `events: ${events}, notes: ${notes}, images: ${images}.`;
  if (damaged.length === 0) return what;
  const lines = damaged.map((one) => `  ${one.where}: ${one.what}`);
  return [`${what} Damaged and left out: ${damaged.length}.`, ...lines].join('\n');
}

async function writeEvent(folder: string, { event, notes }: Named): Promise<void> {
  await mkdir(join(folder, event.slug));
  for (const form of FORMS) {
    const whole = renderEvent(form, { event, notes, origin: '.' });
    await writeFile(join(folder, `${event.slug}.${form}`), whole.body);
    for (const session of event.sessions) {
      const state = notes.get(session.id);
      if (!state) continue;
      const topics = topicsOf(event, session);
      // Images lie beside the folders of events, so that they are found from here too.
      const { body } = renderSession(form, { event, session, origin: '..', topics, ...state });
      await writeFile(join(folder, event.slug, `${session.slug}.${form}`), body);
    }
  }
}

function topicsOf(event: Event, session: Event['sessions'][number]): string[] {
  return topicTitles(event, session).map((path) => path.join(' > '));
}

async function copyImages(dataDir: string, folder: string, slug: string): Promise<number> {
  const images = (await imagesIn(dataDir)).filter((image) => image.startsWith(`${slug}/`));
  if (images.length > 0) await mkdir(join(folder, IMAGES), { recursive: true });
  for (const image of images) await copyFile(join(dataDir, IMAGES, image), join(folder, IMAGES, basename(image)));
  return images.length;
}
