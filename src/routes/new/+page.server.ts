import { error, fail, redirect } from '@sveltejs/kit';
import { orError, refusedForm } from '#lib/settings/actions.ts';
import { lookAt, writeIt } from '#lib/settings/import-data.ts';
import { readForm } from '#lib/settings/read-form.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = ({ locals }) => {
  onlyOrganizers(locals);
  return { me: { shown: locals.actor.name, organizer: true } };
};

export const actions: Actions = {
  create: async ({ request, locals }) => {
    const sent = readForm(await request.formData());
    const made = await orError(locals.services.settings.create(locals.actor, sent.typed));
    if (!made.ok) return refusedForm('create', null, sent, made.refused);
    redirect(303, `/${made.slug}/settings`);
  },

  preview: async ({ request, locals }) => {
    // Before the body is read: a programme may be long.
    onlyOrganizers(locals);
    const back = await orError(lookAt(locals.services.settings, locals.actor, await request.formData(), null));
    return back.error ? fail(400, back) : back;
  },

  write: async ({ request, locals }) => {
    const written = await orError(writeIt(locals.services.settings, locals.actor, await request.formData()));
    if ('back' in written) return fail(409, written.back);
    redirect(303, `/${written.slug}`);
  },
};

/** An event that is not there yet is open to nobody else. */
function onlyOrganizers({ services, actor }: RequestEvent['locals']): void {
  if (!services.authorize(actor, 'organize', { access: 'closed' })) error(403, 'Only an organizer may make events.');
}
