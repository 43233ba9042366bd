import type { PageServerLoad } from './$types';

/** Newest first: whoever opens the list mostly wants today's event. */
export const load: PageServerLoad = async ({ locals }) => {
  const events = await locals.services.events.list();
  return {
    events: events.toSorted((one, other) => other.start.localeCompare(one.start)),
    organizer: locals.services.authorize(locals.actor, 'organize', { access: 'closed' }),
  };
};
