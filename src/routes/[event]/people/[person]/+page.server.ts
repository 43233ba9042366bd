import { error, redirect } from '@sveltejs/kit';
import { shownName } from '#core/event/names.ts';
import { findEvent } from '#lib/http/find.ts';
import { personData } from '#lib/people/person-data.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { services, actor } = locals;
  const event = await findEvent(services, params.event);
  const found = personData(event, await services.outcomes.ofEvent(event.slug), params.person);
  if (found === null) error(404, { message: `Nobody of this event is called “${params.person}”.`, event: event.slug });
  if (typeof found === 'string') redirect(302, `/${event.slug}/people/${found}`);
  const shown = actor.name === null ? null : shownName(actor.name, event.people);
  return { ...found, me: { shown, organizer: actor.organizer } };
};
