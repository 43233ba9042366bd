import { fail } from '@sveltejs/kit';
import { shownName } from '#core/event/names.ts';
import { lookAt, withWritten, writeIt } from '#lib/settings/import-data.ts';
import { orError, toSaved } from '#lib/settings/actions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { services, actor } = locals;
  const event = await orError(services.settings.event(actor, params.event), params.event);
  const { slug, title, conference } = event;
  const shown = actor.name === null ? null : shownName(actor.name, event.people);
  return { event: { slug, title, conference }, me: { shown, organizer: actor.organizer } };
};

export const actions: Actions = {
  preview: async ({ request, locals, params }) => {
    const { settings } = locals.services;
    // Asked before the body is read: a programme may be long.
    await orError(settings.event(locals.actor, params.event));
    const back = await orError(lookAt(settings, locals.actor, await request.formData(), params.event));
    if (back.error) return fail(400, back);
    return orError(withWritten(locals.services, params.event, back));
  },

  write: async ({ request, locals, params }) => {
    const written = await orError(writeIt(locals.services.settings, locals.actor, await request.formData()));
    if ('back' in written) return fail(409, written.back);
    toSaved(params.event, 'changes');
  },
};
