import { shownName } from '#core/event/names.ts';
import { agendaNow } from '#lib/agenda/agenda-now.ts';
import { findEvent } from '#lib/http/find.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { services, actor } = locals;
  const event = await findEvent(services, params.event);
  const shown = actor.name === null ? null : shownName(actor.name, event.people);
  return { event, first: await agendaNow(services, event, Date.now()), me: { shown, organizer: actor.organizer } };
};
