import { error } from '@sveltejs/kit';
import { shownName } from '#core/event/names.ts';
import type { Texts } from '#core/event/settle/form.ts';
import { orError, refusedForm, toSaved } from '#lib/settings/actions.ts';
import { readForm, textIn } from '#lib/settings/read-form.ts';
import { settingsData } from '#lib/settings/settings-data.ts';
import type { SettingsChange } from '#server/context.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { services, actor } = locals;
  const event = await orError(services.settings.event(actor, params.event), params.event);
  const below = Number(url.searchParams.get('below') ?? Infinity);
  const log = await orError(services.settings.log(actor, params.event, below > 0 ? below : Infinity));
  const asked = {
    session: url.searchParams.get('session'),
    person: url.searchParams.get('person'),
    paged: url.searchParams.has('below'),
  };
  const shown = actor.name === null ? null : shownName(actor.name, event.people);
  return { ...settingsData(event, log, asked), me: { shown, organizer: actor.organizer } };
};

export const actions: Actions = {
  event: (event) => settle(event, 'event', null, (sent) => ({ kind: 'event', ...sent })),
  publishing: (event) => settle(event, 'publishing', null, (sent) => ({ kind: 'publishing', ...sent })),
  topics: (event) => settle(event, 'topics', null, (sent) => ({ kind: 'topics', ...sent })),
  session: (event) => {
    const session = event.url.searchParams.get('session') ?? '';
    return settle(event, 'sessions', session, (sent) => ({ kind: 'session', session, ...sent }));
  },
  person: (event) => {
    const person = event.url.searchParams.get('person') ?? '';
    return settle(event, 'people', person, (sent) => ({ kind: 'person', person, ...sent }));
  },
  removePerson: (event) => {
    const person = event.url.searchParams.get('person') ?? '';
    return settle(event, 'people', person, () => ({ kind: 'remove-person', person }));
  },
  addTopic: (event) => settle(event, 'topics', null, ({ typed }) => ({ kind: 'add-topic', typed })),
  addSession: (event) => settle(event, 'sessions', null, ({ typed }) => ({ kind: 'add-session', typed })),
  addPerson: (event) => settle(event, 'people', null, ({ typed }) => ({ kind: 'add-person', typed })),

  access: async ({ request, locals, params }) => {
    const sent = readForm(await request.formData());
    const { access = '' } = sent.typed;
    const known = (['open', 'loopback', 'invite', 'closed'] as const).find((one) => one === access);
    if (known === undefined) error(400, 'Access is open, loopback, invite or closed.');
    const { settings } = locals.services;
    const settled = await orError(settings.setAccess(locals.actor, params.event, known, sent.seen['access'] ?? ''));
    if (!settled.ok) return refusedForm('access', null, sent, settled.refused);
    toSaved(params.event, 'access');
  },

  // Titles that were typed are kept: the form that was sent holds them too.
  moveTopic: (event) => {
    return afterTitles(event, (form) => {
      const [way = '', topic = ''] = textIn(form, 'move').split(' ');
      return { kind: 'move-topic', topic, by: way === 'up' ? -1 : 1 };
    });
  },
  removeTopic: (event) => {
    return afterTitles(event, (form) => ({ kind: 'remove-topic', topic: textIn(form, 'remove') }));
  },
};

async function settle(
  event: RequestEvent,
  part: string,
  target: string | null,
  changeOf: (sent: { typed: Texts; seen: Texts }) => SettingsChange,
) {
  const { request, locals, params } = event;
  const sent = readForm(await request.formData());
  const change = changeOf(sent);
  const settled = await orError(locals.services.settings.change(locals.actor, params.event, change));
  // What refuses to remove somebody is said in the form with the button.
  const form = change.kind === 'remove-person' ? 'person' : change.kind;
  if (!settled.ok) return refusedForm(form, target, sent, settled.refused);
  toSaved(params.event, part);
}

async function afterTitles({ request, locals, params }: RequestEvent, changeOf: (form: FormData) => SettingsChange) {
  const form = await request.formData();
  const sent = readForm(form);
  for (const change of [{ kind: 'topics', ...sent } as const, changeOf(form)]) {
    const settled = await orError(locals.services.settings.change(locals.actor, params.event, change));
    if (!settled.ok) return refusedForm('topics', null, sent, settled.refused);
  }
  toSaved(params.event, 'topics');
}
