import { agendaNow } from '#lib/agenda/agenda-now.ts';
import { findEvent } from '#lib/http/find.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const event = await findEvent(locals.services, params.event);
  return { event, first: await agendaNow(locals.services, event, Date.now()) };
};
