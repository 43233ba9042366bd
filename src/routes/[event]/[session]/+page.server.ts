import { error, fail, redirect } from '@sveltejs/kit';
import { findSession } from '#lib/http/find.ts';
import { materialIn, materialKindIn } from '#lib/http/material-input.ts';
import { problemOf, type Problem } from '#lib/http/problem.ts';
import { roomData, type FormBack, type RoomData } from '#lib/room/room-data.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals, params, isDataRequest }): Promise<RoomData> => {
  const { services, actor } = locals;
  const { event, session } = await findSession(services, params.event, params.session);
  const reading = await services.notes.read(session.noteId);
  if (!reading) error(404, 'This session has no note.');
  const mayWrite = services.authorize(actor, 'write', event);
  const here = services.notes.here(session.noteId);
  return roomData({ event, session, reading, actor, mayWrite, here, page: !isDataRequest });
};

/** The forms of browsers without scripts: with them the same goes through the API. */
export const actions: Actions = {
  setName: async ({ request, locals, url }) => {
    const typed = text(await request.formData(), 'name');
    const problem = await refusal(() => locals.services.identity.setName(locals.actor, typed));
    if (problem) return back(problem.status, { form: 'name', refused: { message: problem.title, typed } });
    // The page goes on where its scripts would have: the caret in the note.
    redirect(303, `${url.pathname}#write`);
  },

  addMaterial: async (event) => {
    const form = await event.request.formData();
    const typed = { kind: text(form, 'kind'), title: text(form, 'title'), url: text(form, 'url') };
    const { events } = event.locals.services;
    const problem = await refusal(() =>
      events.addMaterial(event.locals.actor, event.params, { ...typed, kind: materialKindIn(typed) }),
    );
    if (problem) return back(problem.status, { form: 'material', refused: materialRefusal(problem, typed) });
    toMaterials(event);
  },

  removeMaterial: async ({ request, locals, params }) => {
    const id = text(await request.formData(), 'id');
    const removing = locals.services.events.removeMaterial(locals.actor, params, id);
    return { form: 'removed', removed: await orError(removing) } satisfies FormBack;
  },

  restoreMaterial: async (event) => {
    const form = await event.request.formData();
    const material = await orError(parsed(form));
    const { locals, params } = event;
    await orError(locals.services.events.restoreMaterial(locals.actor, params, material, place(form)));
    toMaterials(event);
  },

  moveMaterial: async (event) => {
    const form = await event.request.formData();
    const { locals, params } = event;
    await orError(locals.services.events.moveMaterial(locals.actor, params, text(form, 'id'), place(form)));
    toMaterials(event);
  },
};

function back(status: number, refused: FormBack) {
  return fail(status, refused);
}

function materialRefusal({ field, title }: Problem, typed: { kind: string; title: string; url: string }) {
  return { field: field ?? null, message: title, typed };
}

function toMaterials({ url }: RequestEvent): never {
  redirect(303, `${url.pathname}#materials`);
}

function text(form: FormData, field: string): string {
  const value = form.get(field);
  return typeof value === 'string' ? value : '';
}

function place(form: FormData): number {
  const index = Number(text(form, 'index'));
  if (!Number.isSafeInteger(index)) error(400, 'index must be a whole number.');
  return index;
}

/** The material an Undo button carries. */
async function parsed(form: FormData) {
  let body: unknown;
  try {
    body = JSON.parse(text(form, 'material'));
  } catch {
    error(400, 'material must be JSON.');
  }
  return materialIn({ material: body });
}

/** Null when it went well; what is not the reader's to mend is thrown on. */
async function refusal(act: () => Promise<unknown>): Promise<Problem | null> {
  try {
    await act();
    return null;
  } catch (thrown) {
    const problem = problemOf(thrown);
    if (problem) return problem;
    throw thrown;
  }
}

/** For what has no field to mend: the error page with its sentence. */
async function orError<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (thrown) {
    const problem = problemOf(thrown);
    if (!problem) throw thrown;
    error(problem.status, problem.title);
  }
}
