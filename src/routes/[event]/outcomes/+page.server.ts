import { fail, redirect } from '@sveltejs/kit';
import { findEvent } from '#lib/http/find.ts';
import { problemOf } from '#lib/http/problem.ts';
import { iso } from '#core/event/times.ts';
import { boardData, type BoardData } from '#lib/outcomes/board-data.ts';
import { factChangeIn, type BoardBack } from '#lib/outcomes/fact-change-in.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** All outcomes, whatever the address asks for: who changes the filter need not ask again. */
export const load: PageServerLoad = async ({ locals, params }): Promise<BoardData> => {
  const { services, actor } = locals;
  const event = await findEvent(services, params.event);
  const news = await services.outcomes.news(event.slug, null);
  return boardData({ event, news, actor, mayWrite: services.authorize(actor, 'write', event), now: iso(Date.now()) });
};

/** The forms of browsers without scripts: with them the same goes through the API. */
export const actions: Actions = {
  setName: async (event) => {
    const name = text(await event.request.formData(), 'name');
    const { identity } = event.locals.services;
    return settled(event, { form: 'name', typed: name }, () => identity.setName(event.locals.actor, name));
  },

  change: async (event) => {
    const form = await event.request.formData();
    const [session, fact, value] = [text(form, 'session'), text(form, 'fact'), text(form, 'value')];
    const place = { event: event.params.event, session };
    const { outcomes } = event.locals.services;
    return settled(event, { form: 'fact', fact, typed: value }, async () =>
      outcomes.change(
        event.locals.actor,
        place,
        factChangeIn(text(form, 'id'), { fact, was: text(form, 'was'), value }),
      ),
    );
  },
};

/** Back to what was shown; with the reason and what was typed when it was refused. */
async function settled({ url }: RequestEvent, typed: Omit<BoardBack, 'message'>, act: () => Promise<void>) {
  try {
    await act();
  } catch (thrown) {
    const problem = problemOf(thrown);
    if (!problem) throw thrown;
    return fail(problem.status, { ...typed, message: problem.title } satisfies BoardBack);
  }
  const query = new URLSearchParams([...url.searchParams].filter(([name]) => !name.startsWith('/')));
  redirect(303, `${url.pathname}?${query.toString()}`);
}

function text(form: FormData, field: string): string {
  const value = form.get(field);
  return typeof value === 'string' ? value : '';
}
