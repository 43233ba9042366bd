import { error } from '@sveltejs/kit';
import type { Event, Session } from '#core/event/model.ts';

type Services = App.Locals['services'];

/** Throws 404 when there is none, 403 when this actor may not read it. */
export async function findEvent(services: Services, slug: string): Promise<Event> {
  const event = await services.events.get(slug);
  if (!event) error(404, `There is no event "${slug}".`);
  return event;
}

/** Throws 404 when the event or the session is unknown, 403 when this actor may not read it. */
export async function findSession(
  services: Services,
  eventSlug: string,
  slug: string,
): Promise<{ event: Event; session: Session }> {
  const event = await findEvent(services, eventSlug);
  const session = event.sessions.find((each) => each.slug === slug);
  if (!session) error(404, { message: `There is no session "${slug}" in this event.`, event: event.slug });
  return { event, session };
}
