import { describe, expect, test } from 'vitest';
import { edited, fileText, newWorld, sessionTitled, type World } from '../../tests/support/programme.ts';
import type { Actor } from '../identity/actor.ts';
import { emptyDisk } from '../store/memory/disk.ts';
import { importSample } from './sample.ts';

const ann: Actor = { id: 'a', name: 'Ann Lee', organizer: false, loopback: true };
const organizer: Actor = { ...ann, organizer: true };
const at = { event: 'vfio-iommu-pci-mc-2023', session: 'dev-iommufd-development' };
const slides = { kind: 'slides', title: 'Slides', url: 'https://a.example/s.pdf' } as const;

async function ready(): Promise<World> {
  const world = newWorld();
  await world.run(fileText('page'));
  await world.run(fileText('contributions'));
  world.told.length = 0;
  return world;
}
async function titles(world: World): Promise<string[]> {
  const event = await world.events.get(at.event);
  return event?.sessions.find((one) => one.slug === at.session)?.materials.map((one) => one.title) ?? [];
}

describe('MA1 to MA4: materials', () => {
  test('MA1: whoever may write adds; who and when is kept, and the room is told (MA4)', async () => {
    const world = await ready();
    const added = await world.events.addMaterial(ann, at, { ...slides, title: ' My  slides ' });
    expect(added).toMatchObject({
      kind: 'slides',
      title: 'My slides',
      url: slides.url,
      addedBy: 'Ann Lee',
      addedAt: '2023-11-20T00:00:00Z',
    });
    const session = (await world.events.get(at.event))?.sessions.find((one) => one.slug === at.session);
    expect(session?.materials).toEqual([added]);
    expect(world.told).toEqual([session?.noteId]);
  });

  test('MA1: one who may not write, or has no name, adds nothing', async () => {
    const world = await ready();
    const outside = { ...ann, loopback: false };
    await expect(world.events.addMaterial(outside, at, slides)).rejects.toMatchObject({ kind: 'access' });
    await expect(world.events.addMaterial({ ...ann, name: null }, at, slides)).rejects.toMatchObject({
      kind: 'input',
      field: 'name',
    });
    const added = await world.events.addMaterial(ann, at, slides);
    for (const change of [
      world.events.removeMaterial(outside, at, added.id),
      world.events.moveMaterial(outside, at, added.id, 0),
      world.events.restoreMaterial(outside, at, added, 0),
    ])
      await expect(change).rejects.toMatchObject({ kind: 'access' });
    expect(await titles(world)).toEqual(['Slides']);
    expect(world.told).toHaveLength(1);
  });

  test('ID3: a listed person’s name given by a guest is kept as a guest’s', async () => {
    const world = await ready();
    expect((await world.events.addMaterial({ ...ann, name: 'jorg rodel' }, at, slides)).addedBy).toBe(
      'jorg rodel (guest)',
    );
  });

  test('MA2: a refusal names the field and writes nothing', async () => {
    const world = await ready();
    const written = world.written();
    await expect(world.events.addMaterial(ann, at, { ...slides, url: 'javascript:1' })).rejects.toMatchObject({
      kind: 'input',
      field: 'url',
    });
    await expect(world.events.addMaterial(ann, at, { ...slides, title: '' })).rejects.toMatchObject({
      kind: 'input',
      field: 'title',
    });
    expect(world.written()).toBe(written);
  });

  test('MA3: order is kept, changed, and a removal comes back to its place with its author', async () => {
    const world = await ready();
    const added = [];
    for (const title of ['a', 'b', 'c']) added.push(await world.events.addMaterial(ann, at, { ...slides, title }));
    const [first, second] = added;
    if (!first || !second) throw new Error('Three were added.');
    await world.events.moveMaterial(organizer, at, first.id, 2);
    expect(await titles(world)).toEqual(['b', 'c', 'a']);
    await world.events.moveMaterial(organizer, at, first.id, 0);
    const { material, index } = await world.events.removeMaterial(organizer, at, second.id);
    expect([material, index]).toEqual([second, 1]);
    expect(await titles(world)).toEqual(['a', 'c']);
    await world.events.restoreMaterial(
      { ...ann, name: 'Eve' },
      at,
      { ...material, addedBy: 'Eve', url: 'https://evil.example/' },
      index,
    );
    await world.events.restoreMaterial(ann, at, material, index);
    const session = (await world.events.get(at.event))?.sessions.find((one) => one.slug === at.session);
    expect(session?.materials).toEqual([first, second, added[2]]);
  });

  test('MA3: only what was removed here can come back', async () => {
    const world = await ready();
    const forged = { ...slides, id: 'forged', addedBy: 'Jörg Rödel', addedAt: '2023-11-15T00:00:00Z' };
    await expect(world.events.restoreMaterial(ann, at, forged, 0)).rejects.toMatchObject({ kind: 'not-found' });
    const { id } = await world.events.addMaterial(ann, at, slides);
    const { material } = await world.events.removeMaterial(ann, at, id);
    const elsewhere = { ...at, session: 'iommu-virtualisation' };
    await expect(world.events.restoreMaterial(ann, elsewhere, material, 0)).rejects.toMatchObject({
      kind: 'not-found',
    });
  });

  test('MA3: many people at once lose nothing', async () => {
    const world = await ready();
    const all = Array.from({ length: 12 }, (_, index) =>
      world.events.addMaterial(ann, at, { ...slides, title: `${index}` }),
    );
    await Promise.all(all);
    expect((await titles(world)).toSorted()).toEqual(Array.from({ length: 12 }, (_, index) => `${index}`).toSorted());
  });

  test('MA1: what is not there is said to be not there', async () => {
    const world = await ready();
    await expect(world.events.removeMaterial(ann, at, 'x')).rejects.toMatchObject({ kind: 'not-found' });
    await expect(world.events.moveMaterial(ann, at, 'x', 0)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(world.events.addMaterial(ann, { ...at, session: 'x' }, slides)).rejects.toMatchObject({
      kind: 'not-found',
    });
    expect(await world.events.get('x')).toBeNull();
  });
});

describe('EV10: an organizer joins a talk to a topic', () => {
  const talk = 'title-not-verified-iommufd';

  test('EV10: the place is the talk’s, both notes stay, later imports keep it', async () => {
    const world = await ready();
    const notes = JSON.stringify([...world.disk.notes]);
    await world.events.joinTopic(organizer, at.event, talk, at.session);
    for (const file of ['contributions', 'page', 'timetable', 'sessions'] as const) {
      const event = await world.event();
      const joined = event.sessions.find((one) => one.slug === talk);
      expect(joined?.topics).toEqual(['iommu/dev-iommufd-development']);
      expect(event.sessions.find((one) => one.slug === at.session)).toMatchObject({
        joinedTo: joined?.id,
        gone: false,
      });
      await world.run(fileText(file));
    }
    expect(JSON.stringify([...world.disk.notes])).toBe(notes);
    expect(world.told.length).toBeGreaterThan(0);
  });

  test('EV10: nobody else may, and what makes no sense is refused', async () => {
    const world = await ready();
    const written = world.written();
    const join = (actor: Actor, one: string, other: string) => world.events.joinTopic(actor, at.event, one, other);
    await expect(join(ann, talk, at.session)).rejects.toMatchObject({ kind: 'access' });
    await expect(join(organizer, at.session, talk)).rejects.toMatchObject({ kind: 'input', field: 'session' });
    await expect(join(organizer, at.session, at.session)).rejects.toMatchObject({ kind: 'input', field: 'talk' });
    await expect(join(organizer, 'x', at.session)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(world.events.joinTopic(organizer, 'x', talk, at.session)).rejects.toMatchObject({ kind: 'not-found' });
    expect(world.written()).toBe(written);
    await join(organizer, 'iommu-virtualisation', at.session);
    await expect(join(organizer, at.session, 'iommu-virtualisation')).rejects.toMatchObject({
      kind: 'input',
      field: 'talk',
    });
    await expect(join(organizer, at.session, 'device-assignment-sub-assignment')).rejects.toMatchObject({
      kind: 'input',
      field: 'talk',
    });
  });
});

describe('EV15: the sample event', () => {
  test('EV15: it is made by the importer: eleven topics, five talks, slides of four, open on this machine only', async () => {
    const world = newWorld(emptyDisk());
    await importSample(world.events);
    const event = await world.event();
    expect(event).toMatchObject({ slug: 'vfio-iommu-pci-mc-2023', access: 'loopback', breaks: [] });
    expect(event.sessions).toHaveLength(16);
    expect(event.sessions.filter((one) => one.topics.length > 0)).toHaveLength(11);
    expect(event.sessions.filter((one) => one.materials.length > 0)).toHaveLength(4);
    expect(sessionTitled(event, 'IOMMU overhead optimizations and observability').start).toBe('2023-11-15T16:30:00Z');
  });

  test('SE1: it has its settings, and no import changes them', async () => {
    const world = newWorld(emptyDisk());
    await importSample(world.events);
    const { settings } = await world.event();
    expect(settings).toEqual({
      lists: ['linux-pci@vger.kernel.org', 'iommu@lists.linux.dev', 'kvm@vger.kernel.org'],
      thread: '20231102031828.GA951173@rocinante',
      ...{ subject: null, words: [], people: [] },
    });
    await world.run(edited('contributions', (json) => (json.results[0].title = 'Another conference')));
    expect((await world.event()).settings).toEqual(settings);
  });

  test('EV8: what pages get holds no source keys', async () => {
    const world = await ready();
    expect(JSON.stringify(await world.events.get(at.event))).not.toContain('sourceKeys');
  });
});
