import { shownName } from '#core/event/names.ts';
import { agendaNow } from '#lib/agenda/agenda-now.ts';
import { NO_SETTINGS } from '#core/event/settings.ts';
import { findEvent } from '#lib/http/find.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { services, actor } = locals;
  const event = await findEvent(services, params.event);
  const shown = actor.name === null ? null : shownName(actor.name, event.people);
  const first = await agendaNow(services, event, Date.now());
  // What organizers settled, who asked not to be named among it, is no part of an agenda.
  return { event: { ...event, settings: NO_SETTINGS }, first, me: { shown, organizer: actor.organizer } };
};
