import { error, fail, redirect } from '@sveltejs/kit';
import { problemOf } from '#lib/http/problem.ts';
import type { RefusedField } from '#core/event/settle/form.ts';
import { backWith } from './read-form.ts';

/** What a thrown refusal means for a page without a field to say it at: the error page with its sentence. */
export async function orError<T>(asked: Promise<T>, event?: string): Promise<T> {
  try {
    return await asked;
  } catch (thrown) {
    const problem = problemOf(thrown);
    if (!problem) throw thrown;
    error(problem.status, { message: problem.title, ...(event !== undefined && { event }) });
  }
}

type Sent = Parameters<typeof backWith>[2];

/** The form again with what was typed, when something of it was not taken. */
export function refusedForm(form: string, target: string | null, sent: Sent, refused: RefusedField[]) {
  return fail(400, backWith(form, target, sent, refused));
}

/** To the settings, at the part that was written. */
export function toSaved(event: string, part: string): never {
  redirect(303, `/${event}/settings?saved=${part}#${part}`);
}
