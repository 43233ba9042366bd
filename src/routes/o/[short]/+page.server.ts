import { error, redirect } from '@sveltejs/kit';
import { outcomeAnchor, shortId } from '#core/outcomes/short-id.ts';
import type { PageServerLoad } from './$types';

/** Where a short id leads, in whatever letters it was written. For the time being: an outcome may move to another note. */
export const load: PageServerLoad = async ({ locals, params }) => {
  const short = shortId(params.short);
  const place = short === null ? null : await locals.services.outcomes.place(short);
  if (!place) error(404, `There is no outcome “${params.short}”.`);
  redirect(302, `/${place.event}/${place.session}#${outcomeAnchor(place.short) ?? ''}`);
};
