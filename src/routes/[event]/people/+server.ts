import { redirect } from '@sveltejs/kit';
import { findEvent } from '#lib/http/find.ts';
import type { RequestHandler } from './$types';

/** People have pages of their own; the agenda lists them. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const { slug } = await findEvent(locals.services, params.event);
  redirect(303, `/${slug}#people`);
};
