import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fc } from '../../tests/support/properties.ts';
import { describe, expect, test } from 'vitest';
import { isSlug, RESERVED_NAMES } from '#core/event/slugs.ts';
import type { Material } from '#core/event/model.ts';
import {
  edited,
  FILES,
  type FileName,
  fileText,
  type Loose,
  newWorld,
  sessionTitled,
  withoutIds,
  type World,
} from '../../tests/support/programme.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import { Events } from './events.ts';
import { describeSummary } from './import.ts';

const ENDPOINT = 'PCI Endpoint Subsystem Open Items Discussion';
const IOMMUFD = '/dev/iommufd development';
const NAMES = Object.keys(FILES) as FileName[];

async function imported(...names: FileName[]): Promise<World> {
  const world = newWorld();
  for (const name of names) await world.run(fileText(name));
  return world;
}

/** The talks of an export; the first contribution is the proposal. */
const talks = (json: Loose): Loose[] => json.results[0].contributions;

describe('EV3: sessions of topics', () => {
  test('EV3: eleven leaves have eleven sessions of 20 minutes, not scheduled, with a note each', async () => {
    const world = await imported('page');
    const { sessions, topics, slug, prefix } = await world.event();
    expect(slug).toBe('vfio-iommu-pci-mc-2023');
    expect(prefix).toBe('PCI23');
    expect(sessions).toHaveLength(11);
    expect(new Set(sessions.map((one) => one.noteId)).size).toBe(11);
    for (const one of sessions)
      expect(one).toMatchObject({ start: null, minutes: 20, gone: false, joinedTo: null, people: [], materials: [] });
    expect(sessions.map((one) => one.topics[0])).toEqual(
      topics.flatMap((group) => group.children.map((leaf) => leaf.id)),
    );
    expect((await world.store.log.load(sessions[0]?.noteId ?? ''))?.valueOf()).toMatchObject({ headSeq: 1 });
  });
});

describe('EV7: sources of one event', () => {
  test('EV7: an export adds the talks, the address and the organizers to the event of the page text', async () => {
    const event = await (await imported('page', 'contributions', 'sessions')).event();
    expect(event).toMatchObject({
      ...{ url: 'https://lpc.events/event/17/contributions/1410/', conference: 'Linux Plumbers Conference 2023' },
      ...{ venue: 'Omni Richmond Hotel', start: '2023-11-13', end: '2023-11-15', zone: 'America/New_York' },
    });
    expect(event.sessions).toHaveLength(16);
    expect(event.sessions.filter((one) => one.start !== null)).toHaveLength(3);
    expect(sessionTitled(event, '[title not verified] iommufd')).toMatchObject({
      start: null,
      gone: false,
      topics: [],
    });
    expect(event.people.find((one) => one.name === 'Bjorn Helgaas')?.roles).toEqual(['organizer', 'key attendee']);
    expect(event.people.find((one) => one.name === 'Jason Gunthorpe')?.roles).toEqual(['key attendee', 'speaker']);
    expect(event.people.find((one) => one.name === 'Lizhi Hou')).toEqual({
      name: 'Lizhi Hou',
      affiliation: 'AMD',
      roles: ['speaker'],
    });
  });

  test('EV7: in whatever order and how often the files come, the event is the same', async () => {
    const expected = withoutIds(await (await imported(...NAMES)).event());
    const orders = fc
      .tuple(
        fc.shuffledSubarray(NAMES, { minLength: NAMES.length }),
        fc.array(fc.constantFrom(...NAMES), { maxLength: 4 }),
      )
      .map(([all, again]) => [...all, ...again]);
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        expect(withoutIds(await (await imported(...order)).event())).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  test('EV7: what only one source lists stays while that source lists it, in either order', async () => {
    const withMore = edited('contributions', (json) => {
      talks(json)[0].description = talks(json)[0]
        .description.replace('<li>PCI</li>', '<li>PCI<ul><li>Resizable BARs</li></ul></li>')
        .replace('<li>/dev/iommufd development</li>', '<li>Nested translation</li>');
    });
    const results = [];
    for (const order of [
      [fileText('page'), withMore],
      [withMore, fileText('page')],
      [fileText('contributions'), withMore, fileText('page'), withMore],
    ]) {
      const world = newWorld();
      for (const text of order) await world.run(text);
      results.push(withoutIds(await world.event()));
      const { topics } = await world.event();
      expect(topics[0]).toMatchObject({ title: 'PCI', gap: null, children: [{ title: 'Resizable BARs' }] });
      expect(topics[2]?.children.map((leaf) => leaf.title)).toEqual(
        expect.arrayContaining([IOMMUFD, 'Nested translation']),
      );
    }
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  });

  test('EV7: another year of the same microconference is another event', async () => {
    const world = await imported('page', 'contributions');
    await world.run(
      fileText('page').replace('13–15 Nov 2023', '18–20 Sep 2024').replace('America/New_York', 'Europe/Vienna'),
    );
    expect((await world.store.events.list()).map((one) => one.slug)).toEqual([
      'vfio-iommu-pci-mc-2023',
      'vfio-iommu-pci-mc-2024',
    ]);
  });

  test('EV7: --event says where a file goes, whatever its title', async () => {
    const world = await imported('page');
    const renamed = fileText('sessions').replaceAll('VFIO\\/IOMMU\\/PCI MC', 'PCI track');
    await world.run(renamed, { event: 'vfio-iommu-pci-mc-2023', session: '172' });
    expect(await world.event()).toMatchObject({ title: 'VFIO/IOMMU/PCI MC' });
    expect((await world.event()).sessions.some((one) => one.title === ENDPOINT)).toBe(true);
    await world.run(renamed);
    expect(await world.store.events.list()).toHaveLength(1);
  });

  test('EV5: a number known from an earlier import finds the session in an export that has titles only', async () => {
    const world = await imported('sessions');
    await world.run(fileText('contributions'), { session: '172' });
    expect((await world.event()).sessions).toHaveLength(16);
    await expect(newWorld().run(fileText('contributions'), { session: '172' })).rejects.toThrow(/detail=sessions/);
  });
});

describe('EV8: importing again', () => {
  test('EV8: the same files again write nothing at all', async () => {
    const world = await imported(...NAMES);
    const written = world.written();
    for (const name of NAMES) {
      const summary = await world.run(fileText(name));
      expect(summary).toMatchObject({
        written: false,
        added: [],
        changed: [],
        gone: [],
        back: [],
        event: [],
        unchanged: 16,
      });
    }
    expect(world.written()).toBe(written);
  });

  test('EV8: changed times, titles, rooms, people and slides arrive; notes, slugs and people’s materials stay', async () => {
    const world = await imported('page', 'contributions');
    const before = sessionTitled(await world.event(), ENDPOINT);
    const own: Material = {
      id: 'own',
      kind: 'link',
      title: 'Mine',
      url: 'https://a.example/',
      addedBy: 'Ann',
      addedAt: '2023-11-15T00:00:00Z',
    };
    const [slides] = before.materials;
    if (!slides) throw new Error('The sample talk has slides.');
    await world.store.events.setMaterials(before.id, [slides.id], [own, slides]);
    await world.store.log.append({
      noteId: before.noteId,
      updates: [{ actor: 'a', payload: new Uint8Array([1, 2]) }],
      binds: [],
    });
    const notes = JSON.stringify([...world.disk.notes]);

    await world.run(
      edited('contributions', (json) => {
        const talk = talks(json)[1];
        talk.startDate.time = '10:15:00';
        Object.assign(talk, {
          title: 'Endpoint!',
          room: '"Salon B"',
          duration: 45,
          speakers: [{ fullName: 'Ann Lee', affiliation: 'ACME' }],
        });
        talk.folders[0].attachments[0].title = 'Final slides';
        talk.folders[0].attachments.push({ id: 9, type: 'link', title: 'More', link_url: 'https://b.example/' });
      }),
    );
    const after = sessionTitled(await world.event(), 'Endpoint!');
    expect(after).toMatchObject({
      ...{ id: before.id, slug: before.slug, noteId: before.noteId },
      ...{
        start: '2023-11-15T15:15:00Z',
        minutes: 45,
        room: '"Salon B"',
        people: [{ name: 'Ann Lee', affiliation: 'ACME' }],
      },
    });
    expect(after.materials.map((one) => one.title)).toEqual(['Mine', 'Final slides', 'More']);
    expect(after.materials[0]).toEqual(own);
    expect(JSON.stringify([...world.disk.notes])).toBe(notes);
  });

  test('EV8: slides that the source took away go, a timetable takes none away', async () => {
    const world = await imported('contributions');
    await world.run(
      edited('timetable', (json) => (json.results['17']['20231115'].s8001.entries.c8100.attachments.files = null)),
    );
    expect(sessionTitled(await world.event(), ENDPOINT).materials).toHaveLength(1);
    await world.run(edited('contributions', (json) => (talks(json)[1].folders = [])));
    expect(sessionTitled(await world.event(), ENDPOINT).materials).toHaveLength(0);
  });

  test('EV8: a timetable moves talks and brings breaks, and an export without breaks leaves them', async () => {
    const world = await imported('page', 'contributions');
    await world.run(
      edited('timetable', (json) => (json.results['17']['20231115'].s8001.entries.c8100.startDate.time = '10:05:00')),
    );
    expect(sessionTitled(await world.event(), ENDPOINT).start).toBe('2023-11-15T15:05:00Z');
    await world.run(fileText('sessions'));
    expect(sessionTitled(await world.event(), ENDPOINT).start).toBe('2023-11-15T15:00:00Z');
    expect((await world.event()).breaks).toHaveLength(1);
  });

  test('EV8: the same on disk', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'plumbline-import-'));
    const clock = { now: () => 0, elapsed: () => 0, after: () => () => {} };
    const store = await openSqliteStore({ dataDir, clock, log: { warn() {}, error() {} } });
    try {
      let ids = 0;
      const events = new Events({
        tables: store.events,
        clock,
        newId: () => `id-${++ids}`,
        factsChanged() {},
        setAccess: store.events.setAccess,
      });
      for (const name of NAMES) await events.import(fileText(name), {});
      const first = await store.events.get('vfio-iommu-pci-mc-2023');
      for (const name of NAMES) expect(await events.import(fileText(name), {})).toMatchObject({ written: false });
      expect(await store.events.get('vfio-iommu-pci-mc-2023')).toEqual(first);
      expect(first?.sessions).toHaveLength(16);
    } finally {
      await store.close();
      await rm(dataDir, { recursive: true });
    }
  });
});

describe('EV9: what a source no longer has', () => {
  const without = (name: FileName) =>
    name === 'contributions'
      ? edited(name, (json) => talks(json).splice(1, 1))
      : edited(name, (json) => json.results[0].sessions[0].contributions.splice(0, 1));

  test.each(['contributions', 'sessions'] as const)(
    'EV9: a talk gone from %s is kept, marked, and unmarked when it is back',
    async (name) => {
      const world = await imported('page', 'contributions', 'sessions');
      const before = sessionTitled(await world.event(), ENDPOINT);
      expect(await world.run(without(name))).toMatchObject({ gone: [ENDPOINT], added: [] });
      expect(sessionTitled(await world.event(), ENDPOINT)).toEqual({ ...before, gone: true });
      expect((await world.event()).sessions.filter((one) => one.gone)).toHaveLength(1);
      expect((await world.event()).people.map((one) => one.name)).not.toContain('Manivannan Sadhasivam');
      expect(await world.run(without(name))).toMatchObject({ gone: [], written: false });
      expect(await world.run(fileText(name))).toMatchObject({ back: [ENDPOINT] });
      expect(sessionTitled(await world.event(), ENDPOINT)).toEqual(before);
    },
  );

  test.each(['sessions', 'timetable', 'page'] as const)(
    'EV9: %s, which lists no unscheduled talk, marks none',
    async (name) => {
      const world = await imported('contributions', name);
      expect((await world.event()).sessions.filter((one) => one.gone)).toEqual([]);
    },
  );

  test('EV9: a topic gone from the page text is kept and marked, under the group it stood in', async () => {
    const world = await imported('page');
    const slug = sessionTitled(await world.event(), IOMMUFD).slug;
    await world.run(fileText('page').replace(/.*iommufd development\n/, ''));
    expect(sessionTitled(await world.event(), IOMMUFD)).toMatchObject({ gone: true, topics: ['iommu'], slug });
    expect((await world.event()).topics[2]?.children).toHaveLength(4);
    await world.run(fileText('page'));
    expect(sessionTitled(await world.event(), IOMMUFD)).toMatchObject({
      gone: false,
      topics: ['iommu/dev-iommufd-development'],
      slug,
    });
  });

  test('EV9: a topic that Indico still lists is not gone', async () => {
    const world = await imported('page', 'contributions');
    await world.run(fileText('page').replace(/.*iommufd development\n/, ''));
    expect(sessionTitled(await world.event(), IOMMUFD).gone).toBe(false);
  });

  test('EV9: another session’s list does not mark this one’s talks', async () => {
    const world = await imported('sessions');
    const other = edited('sessions', (json) => {
      const [block] = json.results[0].sessions;
      block.session = { ...block.session, db_id: 180, title: 'RDMA MC' };
      block.contributions = [{ ...block.contributions[0], db_id: 1500, title: 'Verbs' }];
    });
    await world.run(other, { event: 'vfio-iommu-pci-mc-2023', session: '180' });
    const event = await world.event();
    expect(event.sessions.filter((one) => one.gone)).toEqual([]);
    expect(event.sessions.some((one) => one.title === 'Verbs')).toBe(true);
  });
});

describe('EV10: talk and topic', () => {
  const titled = edited('contributions', (json) => (talks(json)[5].title = ' /DEV/iommufd   development'));

  test.each([[[fileText('page'), titled]], [[titled, fileText('page')]]])(
    'EV10: a talk with the title of a topic is the topic’s session',
    async (order) => {
      const world = newWorld();
      for (const text of order) await world.run(text);
      const event = await world.event();
      expect(event.sessions).toHaveLength(15);
      const session = event.sessions.find((one) => one.slug === 'dev-iommufd-development');
      expect(session).toMatchObject({
        title: '/DEV/iommufd development',
        topics: ['iommu/dev-iommufd-development'],
        url: expect.stringContaining('1418'),
      });
      expect(await world.run(titled)).toMatchObject({ written: false });
      expect(await world.run(fileText('page'))).toMatchObject({ written: false });
    },
  );

  test('EV10: titles that become equal later join, and neither note goes', async () => {
    const world = await imported('page', 'contributions');
    await world.run(titled);
    const event = await world.event();
    const talk = sessionTitled(event, '/DEV/iommufd development');
    expect(event.sessions).toHaveLength(16);
    expect(sessionTitled(event, IOMMUFD)).toMatchObject({ joinedTo: talk.id, gone: false });
    expect(talk.topics).toEqual(['iommu/dev-iommufd-development']);
  });
});

describe('EV12 and EV13: what is kept', () => {
  test('EV12: no hash, no address of anybody is written', async () => {
    const world = newWorld();
    const leaky = edited('sessions', (json) => {
      const hash = '0123456789abcdef0123456789abcdef';
      const talk = json.results[0].sessions[0].contributions[0];
      for (const person of [
        talk.speakers[0],
        json.results[0].sessions[0].session.sessionConveners[0],
        json.results[0].creator,
      ])
        Object.assign(person, { emailHash: hash, email: 'somebody@secret.example', phone: '555' });
      talk.speakers.push({ fullName: 'Bo Li <bo@secret.example>', affiliation: 'bo@secret.example', emailHash: hash });
      talks(json)[0].description += '<p>Mail <a href="mailto:me@secret.example">me@secret.example</a></p>';
    });
    await world.run(leaky);
    expect(world.written()).toContain('Bo Li');
    const nothing = /emailHash|0123456789abcdef|secret\.example/;
    expect(world.written()).not.toMatch(nothing);
    await world.run(
      fileText('timetable').replaceAll('"emailHash":null', '"emailHash":"0123456789abcdef0123456789abcdef"'),
    );
    expect(world.written()).not.toMatch(nothing);
  });

  test('EV13: slugs stay when titles change, and are never reserved', async () => {
    const world = await imported('page');
    await world.run(
      edited('contributions', (json) => talks(json).forEach((talk, index) => index > 0 && (talk.title = 'Outcomes'))),
    );
    const slugs = (await world.event()).sessions.map((one) => one.slug);
    expect(slugs.filter((slug) => slug.startsWith('outcomes')).toSorted()).toEqual([
      ...['outcomes-1418', 'outcomes-1419', 'outcomes-1420', 'outcomes-1421', 'outcomes-1466'],
    ]);
    for (const slug of slugs) expect(isSlug(slug) && !RESERVED_NAMES.has(slug)).toBe(true);
    await world.run(fileText('contributions'));
    expect((await world.event()).sessions.map((one) => one.slug).toSorted()).toEqual(slugs.toSorted());
  });
});

test('EV13: talks of one title get the same slugs however their source sorts them', async () => {
  const slugs = async (sort: (all: Loose[]) => void) => {
    const world = newWorld();
    await world.run(
      edited('contributions', (json) => {
        for (const talk of talks(json).slice(1)) talk.title = 'Opening';
        sort(talks(json));
      }),
    );
    return Object.fromEntries((await world.event()).sessions.map((one) => [one.url ?? one.title, one.slug]));
  };
  expect(await slugs((all) => all.reverse())).toEqual(await slugs(() => {}));
});

test('EV7: of two lists of key attendees the page text’s counts, whichever came first', async () => {
  const withPeople = edited('contributions', (json) => {
    talks(json)[0].description += '<p>Key Attendees:</p><ul><li>Ann Lee</li></ul>';
  });
  for (const order of [
    [withPeople, fileText('page')],
    [fileText('page'), withPeople],
  ]) {
    const world = newWorld();
    for (const text of order) await world.run(text);
    const named = (await world.event()).people.filter((one) => one.roles.includes('key attendee'));
    expect(named).toHaveLength(19);
    expect(named.map((one) => one.name)).not.toContain('Ann Lee');
  }
});

test('EV8: the summary says what happened, one line each', async () => {
  const world = await imported('page', 'contributions');
  const summary = await world.run(
    edited('contributions', (json) => {
      talks(json)[1].startDate.time = '10:15:00';
      talks(json).splice(2, 1);
    }),
  );
  expect(describeSummary(summary)).toBe(
    [
      'Updated “VFIO/IOMMU/PCI MC” at /vfio-iommu-pci-mc-2023',
      `  changed: ${ENDPOINT} (start)`,
      '  no longer in the source, kept: Non-discoverable devices in PCI devices',
      '  changed in the event: people',
      '  14 sessions unchanged; no note was touched',
    ].join('\n'),
  );
});
