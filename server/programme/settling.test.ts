import { fc } from '../../tests/support/properties.ts';
import { describe, expect, test } from 'vitest';
import { edited, fileText, newWorld, sessionTitled, type World } from '../../tests/support/programme.ts';
import { knownOwners } from '#core/outcomes/names.ts';
import { withInitials } from '#core/outcomes/signed.ts';
import { walkTopics } from '#core/event/topics.ts';
import type { Settled, SettingsChange } from '../context.ts';
import type { Actor } from '../identity/actor.ts';
import { importSample } from './sample.ts';

const guest: Actor = { id: 'g', name: 'Guest', organizer: false, loopback: true };
const ann: Actor = { id: 'a', name: 'Ann Lee', organizer: true, loopback: false };
const bob: Actor = { ...ann, id: 'b', name: 'Bob' };
const SLUG = 'vfio-iommu-pci-mc-2023';

async function sample(): Promise<World> {
  const world = newWorld();
  await importSample(world.events);
  world.told.length = 0;
  return world;
}
const change = (world: World, what: SettingsChange, actor = ann): Promise<Settled> =>
  world.events.settling.change(actor, SLUG, what);
const ok = { ok: true, slug: SLUG };
const lines = async (world: World, count = 1) =>
  (await world.events.settling.log(ann, SLUG, Infinity))
    .slice(0, count)
    .map(({ who, what, before, after }) => [who, what, before, after]);
const refusedAt = (settled: Settled) => (settled.ok ? [] : settled.refused.map(({ field }) => field));

describe('SE2: who may', () => {
  test('SE2: only an organizer reads, changes, makes and imports, and nothing is written for others', async () => {
    const world = await sample();
    const before = world.written();
    const { settling } = world.events;
    const asked = [
      settling.event(guest, SLUG),
      settling.log(guest, SLUG, Infinity),
      change(world, { kind: 'event', typed: { title: 'Mine' }, seen: {} }, guest),
      settling.setAccess(guest, SLUG, 'open', 'loopback'),
      settling.create(guest, { title: 'X', start: '2026-01-01', zone: 'UTC' }),
      settling.preview(guest, { text: fileText('page'), event: null, session: null }),
      settling.preview(guest, { text: fileText('page'), event: SLUG, session: null }),
      settling.import(guest, 'id-1'),
    ];
    for (const one of asked) await expect(one).rejects.toMatchObject({ kind: 'access' });
    await expect(settling.event(ann, 'nowhere')).rejects.toMatchObject({ kind: 'not-found' });
    expect(world.written()).toBe(before);
  });
});

describe('SE3, SE4: what an organizer sets by hand', () => {
  test('SE3: stays over the next import, field by field; the rest follows the source', async () => {
    const world = await sample();
    const talk = sessionTitled(await world.event(), 'IOMMU overhead optimizations and observability');
    await change(world, {
      kind: 'event',
      typed: { title: 'Our MC', zone: 'Europe/Prague', end: '2023-11-16' },
      seen: {},
    });
    await change(world, {
      ...{ kind: 'session', session: talk.slug, seen: {} },
      typed: { title: 'Overheads', start: '2023-11-15T18:00', people: 'Ada Example (Org)', gone: 'yes' },
    });
    const text = edited('contributions', (json) => {
      const list = json.results[0].contributions as { title: string; duration: number; room: string }[];
      for (const one of list) Object.assign(one, { duration: 35, room: 'Elsewhere', roomFullname: 'Elsewhere' });
    });
    await world.run(text);
    await world.run(fileText('page'));
    const event = await world.event();
    expect(event).toMatchObject({ title: 'Our MC', zone: 'Europe/Prague', start: '2023-11-13', end: '2023-11-16' });
    expect(event.sessions.find(({ id }) => id === talk.id)).toMatchObject({
      ...{ title: 'Overheads', start: '2023-11-15T17:00:00Z', gone: true, minutes: 35, room: 'Elsewhere' },
      people: [{ name: 'Ada Example', affiliation: 'Org' }],
      ...{ slug: talk.slug, noteId: talk.noteId },
    });
  });

  test('SE4: each change is logged with who, and what it was and is; what changed nothing is not', async () => {
    const world = await sample();
    expect(await lines(world, 5)).toEqual([
      ['First start', 'Thread to answer', null, '20231102031828.GA951173@rocinante'],
      ['First start', 'Lists', null, expect.stringContaining('kvm@vger.kernel.org')],
      ['First start', 'Import', null, 'sessions: 2 new; event: people'],
      ['First start', 'Import', null, expect.any(String)],
      ['First start', 'Import', null, 'sessions: 11 new'],
    ]);
    const before = world.written();
    expect(await change(world, { kind: 'event', typed: { title: 'VFIO/IOMMU/PCI MC' }, seen: {} })).toEqual(ok);
    expect(world.written()).toBe(before);
    await change(world, { kind: 'event', typed: { title: 'New', prefix: 'vip23' }, seen: {} });
    expect(await lines(world, 2)).toEqual([
      ['Ann Lee', 'Prefix', 'PCI23', 'VIP23'],
      ['Ann Lee', 'Title', 'VFIO/IOMMU/PCI MC', 'New'],
    ]);
    const [session] = (await world.event()).sessions;
    expect(world.told).toContain(session?.noteId);
    await world.run(fileText('timetable'));
    await world.events.settling.setAccess(ann, SLUG, 'closed', 'loopback');
    expect(await lines(world, 2)).toEqual([
      ['Ann Lee', 'Access', 'loopback', 'closed'],
      ['Command line', 'Import', null, expect.any(String)],
    ]);
  });

  test('SE6: all that is wrong is said at its field, and nothing is written', async () => {
    const world = await sample();
    const before = world.written();
    const typed = { title: ' ', start: '2023-13-01', zone: 'Mars/Base', prefix: 'nope' };
    expect(refusedAt(await change(world, { kind: 'event', typed, seen: {} }))).toEqual(Object.keys(typed));
    const reversed = await change(world, { kind: 'event', typed: { end: '2023-11-01', title: 'X' }, seen: {} });
    expect(reversed).toMatchObject({ refused: [{ field: 'end', message: 'The last day is before the first.' }] });
    expect(refusedAt(await change(world, { kind: 'event', typed: { end: '2025-11-01' }, seen: {} }))).toEqual(['end']);
    expect(refusedAt(await change(world, { kind: 'add-session', typed: { title: '', minutes: 'x' } }))).toEqual([
      'title',
      'minutes',
    ]);
    expect(refusedAt(await change(world, { kind: 'add-person', typed: { name: 'Joerg Roedel' } }))).toEqual(['name']);
    expect(world.written()).toBe(before);
    for (const missing of [
      { kind: 'session', session: 'nowhere', typed: {}, seen: {} },
      { kind: 'person', person: 'Nobody', typed: {}, seen: {} },
    ] as const)
      await expect(change(world, missing)).rejects.toMatchObject({ kind: 'not-found' });
  });

  test('SE7: the second of two who change one field is told what it is now; other fields do not stand in each other’s way', async () => {
    const world = await sample();
    const seen = { title: 'VFIO/IOMMU/PCI MC', zone: 'America/New_York' };
    await change(world, { kind: 'event', typed: { ...seen, title: 'Ann’s' }, seen });
    const second: SettingsChange = { kind: 'event', typed: { title: 'Bob’s', zone: 'UTC' }, seen };
    expect(await change(world, second, bob)).toEqual({
      ok: false,
      refused: [{ field: 'title', message: expect.stringContaining('became “Ann’s”'), now: 'Ann’s' }],
    });
    expect(await world.event()).toMatchObject({ title: 'Ann’s', zone: 'America/New_York' });
    expect(await change(world, { ...second, typed: { title: seen.title, zone: 'UTC' } }, bob)).toEqual(ok);
    expect(await change(world, { ...second, seen: { ...seen, title: 'Ann’s' } }, bob)).toEqual(ok);
    expect(await world.event()).toMatchObject({ title: 'Bob’s', zone: 'UTC' });
    const access = await world.events.settling.setAccess(bob, SLUG, 'open', 'closed');
    expect(access).toMatchObject({ refused: [{ field: 'access', now: 'loopback' }] });
  });

  test('SE7: both at once: one wins, the other is told', async () => {
    const world = await sample();
    const seen = { title: 'VFIO/IOMMU/PCI MC' };
    const both = await Promise.all(
      [ann, bob].map((actor) => change(world, { kind: 'event', typed: { title: actor.name ?? '' }, seen }, actor)),
    );
    expect(both.map((one) => one.ok).toSorted()).toEqual([false, true]);
  });
});

describe('SE5: the prefix', () => {
  test('SE5: another event’s is refused, also one it had while outcomes were numbered, also for an import', async () => {
    const world = await sample();
    const { settling } = world.events;
    const made = await settling.create(ann, { title: 'PCI MC', start: '2023-11-13', zone: 'UTC' });
    expect(made).toEqual({ ok: true, slug: 'pci-mc-2023' });
    expect((await world.event('pci-mc-2023')).prefix).not.toBe('PCI23');
    const take: SettingsChange = { kind: 'event', typed: { prefix: 'PCI23' }, seen: {} };
    expect(await settling.change(ann, 'pci-mc-2023', take)).toMatchObject({ refused: [{ field: 'prefix' }] });
    const [session] = (await world.event(SLUG)).sessions;
    await world.store.outcomes.number(session?.noteId ?? '', [{ id: 'one', letter: 'A' }]);
    await change(world, { kind: 'event', typed: { prefix: 'VIP23' }, seen: {} });
    expect(await settling.change(ann, 'pci-mc-2023', take)).toMatchObject({ refused: [{ field: 'prefix' }] });
    expect(await world.store.outcomes.find('PCI23-A1')).toMatchObject({ eventSlug: SLUG });
    const other = fileText('page').replace('13–15 Nov 2023', '20–21 Nov 2023');
    const { slug } = await world.run(other);
    expect(slug).not.toBe(SLUG);
    expect((await world.event(slug)).prefix).not.toMatch(/^(PCI|VIP)23$/);
    await change(world, { kind: 'event', typed: { prefix: 'PCI23' }, seen: {} });
    expect((await world.event(SLUG)).prefix).toBe('PCI23');
  });
});

describe('SE8: topics, sessions and people', () => {
  test('SE8: a topic is added with a session, renamed and moved; an import undoes none of it', async () => {
    const world = await sample();
    await change(world, { kind: 'add-topic', typed: { title: 'Hot reset', parent: 'pci', session: 'yes' } });
    await change(world, { kind: 'topics', typed: { iommu: 'IOMMU and friends' }, seen: { iommu: 'IOMMU' } });
    await change(world, { kind: 'move-topic', topic: 'iommu', by: -1 });
    const tree = (await world.event()).topics;
    await world.run(fileText('page'));
    await world.run(fileText('contributions'));
    const event = await world.event();
    expect(event.topics).toEqual(tree);
    expect(event.topics.map(({ title }) => title)).toContain('IOMMU and friends');
    expect(event.topics.find(({ id }) => id === 'pci')).toMatchObject({
      ...{ gap: null, children: [{ id: 'pci/hot-reset', title: 'Hot reset' }] },
    });
    expect(sessionTitled(event, 'Hot reset')).toMatchObject({ topics: ['pci/hot-reset'], gone: false, minutes: null });
    expect(await world.store.log.load(sessionTitled(event, 'Hot reset').noteId)).toMatchObject({ headSeq: 1 });
  });

  test('SE8: a topic of the source that came later stands under its group', async () => {
    const world = await sample();
    await change(world, { kind: 'topics', typed: { iommu: 'Renamed' }, seen: {} });
    const leaf = '/dev/iommufd development';
    await world.run(fileText('page').replace(leaf, `${leaf}\n    • A new one`));
    const group = (await world.event()).topics.find(({ id }) => id === 'iommu');
    expect(group?.title).toBe('Renamed');
    expect(group?.children.map(({ title }) => title)).toContain('A new one');
  });

  test('SE8: a topic with sessions or topics stays; one that nothing hangs on goes, and no import brings it back', async () => {
    const world = await sample();
    const remove = (topic: string) => change(world, { kind: 'remove-topic', topic });
    expect(await remove('iommu')).toMatchObject({ refused: [{ message: expect.stringContaining('topics under it') }] });
    const leaf = 'iommu/dev-iommufd-development';
    expect(await remove(leaf)).toMatchObject({ refused: [{ message: expect.stringContaining('has the session') }] });
    const session = (await world.event()).sessions.find(({ topics }) => topics.includes(leaf));
    const moved: SettingsChange = { kind: 'session', session: session?.slug ?? '', typed: { topic: 'pci' }, seen: {} };
    expect(await change(world, moved)).toEqual(ok);
    expect(await remove(leaf)).toEqual(ok);
    await world.run(fileText('page'));
    const event = await world.event();
    expect(JSON.stringify(event.topics)).not.toContain(leaf);
    expect(event.sessions.find(({ id }) => id === session?.id)?.topics).toEqual(['pci']);
    expect(event.sessions).toHaveLength(16);
  });

  test('SE8: a session by hand has a note and a slug of its own, and no import marks it gone', async () => {
    const world = await sample();
    const typed = { title: 'Dev-iommufd-development', start: '2023-11-15T09:00', minutes: '15', topic: 'iommu' };
    expect(await change(world, { kind: 'add-session', typed })).toEqual(ok);
    await world.run(fileText('page'));
    await world.run(edited('contributions', (json) => json.results[0].contributions.splice(1, 1)));
    const added = sessionTitled(await world.event(), 'Dev-iommufd-development');
    expect(added).toMatchObject({ start: '2023-11-15T14:00:00Z', minutes: 15, topics: ['iommu'], gone: false });
    expect(added.slug).toBe('dev-iommufd-development-2');
  });

  test('SE9: what is settled for a person goes before what imports say, and who was added is one of the event', async () => {
    const world = await sample();
    const speaker = (await world.event()).people.find(({ roles }) => roles.includes('speaker'))?.name ?? '';
    const typed = { initials: 'ms', affiliation: 'Elsewhere', unnamed: 'yes' };
    expect(await change(world, { kind: 'person', person: speaker, typed, seen: {} })).toEqual(ok);
    await change(world, { kind: 'add-person', typed: { name: 'Zoë Example', initials: 'zx', unnamed: 'yes' } });
    await world.run(fileText('contributions'));
    const event = await world.events.get(SLUG);
    const affiliations = event?.sessions.flatMap(({ people }) => people.filter(({ name }) => name === speaker));
    expect(affiliations?.map(({ affiliation }) => affiliation)).toContain('Elsewhere');
    expect(event?.people.at(-1)).toEqual({ name: 'Zoë Example', affiliation: null, roles: [] });
    expect(event?.settings.people).toEqual([
      { name: speaker, ...typed, unnamed: true },
      { name: 'Zoë Example', initials: 'zx', affiliation: null, unnamed: true },
    ]);
    expect((await world.event()).people.find(({ name }) => name === speaker)?.affiliation).not.toBe('Elsewhere');
    expect(refusedAt(await change(world, { kind: 'remove-person', person: speaker }))).toEqual(['person']);
    expect(await change(world, { kind: 'remove-person', person: 'Zoë Example' })).toEqual(ok);
    expect((await world.event()).settings.people.map(({ name }) => name)).toEqual([speaker]);
  });

  test('SE9: a person is named as settled everywhere, through imports, and found by the name of before', async () => {
    const world = await sample();
    const speaker = (await world.event()).people.find(({ roles }) => roles.includes('speaker'))?.name ?? '';
    const typed = { name: '  Zoë   Example ', initials: 'zx, zoe' };
    expect(await change(world, { kind: 'person', person: speaker, typed, seen: {} })).toEqual(ok);
    await world.run(fileText('contributions'));
    const event = await world.events.get(SLUG);
    const named = [event, ...(event?.sessions ?? [])].flatMap((one) => one?.people.map(({ name }) => name) ?? []);
    expect(named).toContain('Zoë Example');
    expect(named).not.toContain(speaker);
    const names = event?.people.map(({ name }) => name) ?? [];
    const people = withInitials(names, event?.settings.people ?? []);
    expect(knownOwners([speaker, 'zoe', 'zx', '@Zoe'], people)).toEqual(['Zoë Example']);
    // Two spellings of one person become one.
    const other = (await world.event()).people.find(({ name }) => name !== speaker)?.name ?? '';
    await change(world, { kind: 'person', person: other, typed: { name: 'Zoë Example' }, seen: {} });
    const one = (await world.events.get(SLUG))?.people.filter(({ name }) => name === 'Zoë Example');
    expect(one).toHaveLength(1);
    expect(await change(world, { kind: 'person', person: speaker, typed: { name: speaker }, seen: {} })).toEqual(ok);
    expect((await world.event()).settings.people[0]).toEqual({
      ...{ name: speaker, initials: 'zx, zoe', affiliation: null, unnamed: false },
    });
    expect(refusedAt(await change(world, { kind: 'person', person: speaker, typed: { name: ' ' }, seen: {} }))).toEqual(
      ['name'],
    );
  });
});

describe('SE10: events in the browser', () => {
  test('SE10: an event by hand has what was typed, or says what is wrong of all of it', async () => {
    const world = newWorld();
    const { settling } = world.events;
    expect(refusedAt(await settling.create(ann, {}))).toEqual(['title', 'start', 'zone']);
    const wrong = { title: 'X', start: '2026-10-05', end: '2026-10-01', zone: 'UTC' };
    expect(refusedAt(await settling.create(ann, wrong))).toEqual(['end']);
    expect(await world.events.list()).toEqual([]);
    const typed = { title: 'New', start: '2026-10-05', zone: 'Europe/Prague', prefix: 'nw26' };
    expect(await settling.create(ann, typed)).toEqual({ ok: true, slug: 'new-2026' });
    expect(await world.event()).toMatchObject({
      ...{ title: 'New', start: '2026-10-05', end: '2026-10-05', zone: 'Europe/Prague', prefix: 'NW26' },
      ...{ access: 'loopback', sessions: [], own: ['days', 'title', 'zone'] },
    });
    expect(refusedAt(await settling.create(ann, typed))).toEqual(['prefix']);
  });

  test('SE10: a preview writes nothing and says what the import then does; by whom is logged', async () => {
    const world = newWorld();
    const { settling } = world.events;
    const before = world.written();
    const preview = await settling.preview(ann, { text: fileText('page'), event: null, session: null });
    expect(preview.summary).toMatchObject({ created: true, slug: SLUG });
    expect(preview.summary.added).toHaveLength(11);
    expect(world.written()).toBe(before);
    await expect(settling.import(bob, preview.id)).rejects.toMatchObject({ kind: 'input', field: 'text' });
    expect(await settling.import(ann, preview.id)).toEqual({ slug: SLUG });
    expect(await lines(world)).toEqual([['Ann Lee', 'Import', null, 'sessions: 11 new']]);
    await expect(settling.import(ann, preview.id)).rejects.toMatchObject({ field: 'text' });
    const again = await settling.preview(ann, { text: fileText('page'), event: SLUG, session: null });
    expect(again.summary.written).toBe(false);
    await expect(settling.preview(ann, { text: '{', event: null, session: null })).rejects.toMatchObject({
      ...{ kind: 'input', field: 'line 1' },
    });
  });

  test('SE10: what was changed between preview and import is shown again before it is written', async () => {
    const world = newWorld();
    const { settling } = world.events;
    const input = { text: fileText('page'), event: null, session: null };
    const [first, second] = [await settling.preview(ann, input), await settling.preview(ann, input)];
    await settling.import(ann, first.id);
    const before = world.written();
    expect(await settling.import(ann, second.id)).toMatchObject({ preview: { summary: { created: false } } });
    expect(world.written()).toBe(before);
    expect(await settling.import(ann, second.id)).toEqual({ slug: SLUG });
  });
});

describe('SE3: whatever is changed and imported, in any order', () => {
  const title = fc.constantFrom('IOMMU virtualisation', 'A', '/dev/iommufd development', '', '\u202e', 'B'.repeat(300));
  const topic = fc.constantFrom('iommu', 'pci', 'vfio', 'iommu/dev-iommufd-development', 'a', 'nowhere');
  const session = fc.constantFrom(
    'a',
    'iommu-virtualisation',
    'dev-iommufd-development',
    'pci-endpoint-subsystem-open-items-discussion',
  );
  const step = fc.oneof(
    fc.record({ kind: fc.constant('add-session' as const), typed: fc.record({ title, topic }) }),
    fc.record({
      kind: fc.constant('add-topic' as const),
      typed: fc.record({ title, parent: topic, session: fc.constantFrom('yes', '') }),
    }),
    fc.record({
      kind: fc.constant('session' as const),
      session,
      typed: fc.record({ title, topic, gone: fc.constantFrom('yes', '') }),
      seen: fc.constant({}),
    }),
    fc.record({ kind: fc.constant('topics' as const), typed: fc.dictionary(topic, title), seen: fc.constant({}) }),
    fc.record({ kind: fc.constant('move-topic' as const), topic, by: fc.constantFrom(-1 as const, 1 as const) }),
    fc.record({ kind: fc.constant('remove-topic' as const), topic }),
    fc.constantFrom('page' as const, 'contributions' as const, 'sessions' as const),
  );

  test('SE3, SE4: no session, slug or note goes, what was set by hand stays, and the log only grows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        const world = newWorld();
        await world.run(fileText('page'));
        for (const one of steps) {
          const before = await world.event();
          const log = await world.events.settling.log(ann, SLUG, Infinity);
          if (typeof one === 'string') await world.run(fileText(one));
          else await change(world, one).catch((error: { kind?: string }) => expect(error.kind).toBe('not-found'));
          const after = await world.event();
          const told = new Map(after.sessions.map((each) => [each.id, each]));
          for (const each of before.sessions) {
            const { slug, noteId } = each;
            expect(told.get(each.id)).toMatchObject({ slug, noteId });
            if (typeof one === 'string' && each.own.includes('title'))
              expect(told.get(each.id)?.title).toBe(each.title);
            if (typeof one === 'string' && each.own.includes('gone')) expect(told.get(each.id)?.gone).toBe(each.gone);
          }
          const now = await world.events.settling.log(ann, SLUG, Infinity);
          expect(now.slice(now.length - log.length)).toEqual(log);
          const ids = [...walkTopics(after.topics)].map((each) => each.topic.id);
          expect(new Set(ids).size).toBe(ids.length);
        }
        expect(world.disk.notes.size).toBe((await world.event()).sessions.length);
      }),
      { numRuns: 40 },
    );
  });
});
