import { error } from '@sveltejs/kit';
import type { Event, EventHead } from '#core/event/model.ts';
import { problemOf } from './problem.ts';

type Services = App.Locals['services'];
type Actor = App.Locals['actor'];

/**
 * The services as one actor may see them. Routes get only this, so that a page that forgets to ask cannot show a closed event.
 * Throws HttpErrors, which SvelteKit renders with the site's error page: 403 and, when the store is gone, 503.
 */
export function seenBy(actor: Actor, services: Services): Services {
  const events = services.events;
  const get = async (slug: string): Promise<Event | null> => {
    const event = await fromStore(services, events.get(slug));
    if (event && !services.authorize(actor, 'read', event)) error(403, 'This event is not open to you.');
    return event;
  };
  const list = async (): Promise<EventHead[]> => {
    const heads = await fromStore(services, events.list());
    const whole = await Promise.all(heads.map((head) => fromStore(services, events.get(head.slug))));
    return heads.filter((_, i) => {
      const event = whole[i];
      return event && services.authorize(actor, 'read', event);
    });
  };
  return {
    ...services,
    outcomes: {
      // Whoever may not read the event is not told either that there is such an outcome.
      async place(short) {
        const place = await fromStore(services, services.outcomes.place(short));
        const event = place && (await fromStore(services, events.get(place.event)));
        return event && services.authorize(actor, 'read', event) ? place : null;
      },
      async ofEvent(slug) {
        await get(slug);
        return fromStore(services, services.outcomes.ofEvent(slug));
      },
      async news(slug, at) {
        await get(slug);
        return fromStore(services, services.outcomes.news(slug, at));
      },
      async watch(slug, at) {
        await get(slug);
        return fromStore(services, services.outcomes.watch(slug, at));
      },
      // Asks for itself whether the actor may.
      change: (...given) => services.outcomes.change(...given),
    },
    events: {
      get,
      list,
      // These ask for themselves whether the actor may.
      addMaterial: (...given) => events.addMaterial(...given),
      removeMaterial: (...given) => events.removeMaterial(...given),
      restoreMaterial: (...given) => events.restoreMaterial(...given),
      moveMaterial: (...given) => events.moveMaterial(...given),
      joinTopic: (...given) => events.joinTopic(...given),
    },
  };
}

async function fromStore<T>(services: Services, asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (thrown) {
    const problem = problemOf(thrown);
    if (problem?.status !== 503) throw thrown;
    error(503, { message: problem.title, id: services.report(thrown, 'read event') });
  }
}
