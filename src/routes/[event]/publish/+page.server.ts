import { shownName } from '#core/event/names.ts';
import { findEvent } from '#lib/http/find.ts';
import { asked } from '#lib/publish/asked.ts';
import { publishData } from '#lib/publish/page-data.ts';
import { publicationOf } from '#lib/publish/read.ts';
import type { PageServerLoad } from './$types';

/** What cannot be asked is said on the page, and the rest is shown. */
export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { services, actor } = locals;
  const event = await findEvent(services, params.event);
  const wanted = asked(url.searchParams, event);
  const publication = await publicationOf(services, event, url.origin, wanted);
  const shown = actor.name === null ? null : shownName(actor.name, event.people);
  return { publish: publishData(event, publication, wanted), me: { shown, organizer: actor.organizer } };
};
