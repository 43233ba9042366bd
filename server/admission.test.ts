import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CLOSES } from '#core/wire/closes.ts';
import type { Access } from '#core/event/model.ts';
import { smallEvent } from '../tests/support/sample-event.ts';
import { createAdmission } from './admission.ts';
import { systemClock } from './clock.ts';
import { Identity } from './identity/identity.ts';
import { memoryStore } from './store/memory.ts';
import type { Store } from './store/store.ts';

const HERE = { host: '127.0.0.1:3000' };
const OURS = { ...HERE, origin: 'http://127.0.0.1:3000' };
const NOTE = '/sync/pci-opening.1';

async function setUp({
  access = 'open' as Access,
  ready = true,
  config = { host: '127.0.0.1', origin: null as string | null },
} = {}) {
  const store: Store = memoryStore({ clock: systemClock });
  const { event, notes } = smallEvent('pci', access, ['opening']);
  await store.events.save(event, notes);
  const identity = new Identity(store.devices, randomBytes);
  const admit = createAdmission({ config, identity, store, ready: () => ready });
  const device = async (name: string | null, organizer = false) => {
    const deviceSecret = identity.newDeviceSecret();
    const actor = await identity.actorOf({ deviceSecret, loopback: false });
    if (name !== null) await identity.setName(actor, name);
    if (organizer) await identity.redeemOrganizerLink(actor, await identity.mintOrganizerLink());
    return { actor, cookie: `plumbline-device=${deviceSecret}` };
  };
  const ask = (headers: Record<string, string>, url = NOTE) => admit({ url, headers, remoteAddress: '127.0.0.1' });
  return { ask, device, store };
}

describe('the door', () => {
  it('ID8: a page of ours with its device is admitted under its name', async () => {
    const { ask, device } = await setUp();
    const { actor, cookie } = await device('Ada');
    expect(await ask({ ...OURS, cookie, 'sec-websocket-protocol': 'x, plumbline.v1' }, `${NOTE}?schema=3`)).toEqual({
      kind: 'admit',
      noteId: 'pci-opening.1',
      actor: { ...actor, name: 'Ada', loopback: true },
      shownName: 'Ada',
      canWrite: true,
      acks: true,
      schema: 3,
    });
  });

  it('ID8: a stock tool, with neither cookie nor Origin, is served as unnamed', async () => {
    const { ask } = await setUp();
    expect(await ask(HERE)).toMatchObject({
      kind: 'admit',
      actor: { id: 'unnamed' },
      shownName: 'unnamed',
      canWrite: true,
      acks: false,
      schema: null,
    });
  });

  it('ID8: a foreign Origin is refused with 403, with a cookie and without', async () => {
    const { ask, device } = await setUp();
    const { cookie } = await device('Ada');
    for (const origin of ['https://evil.example', 'http://127.0.0.1:3001', 'https://127.0.0.1:3000', 'null', ''])
      for (const more of [{}, { cookie }])
        expect(await ask({ ...HERE, ...more, origin }), origin).toMatchObject({ kind: 'refuse', status: 403 });
  });

  it('ID8: a device cookie without Origin is refused with 403', async () => {
    const { ask, device } = await setUp();
    const { cookie } = await device('Ada');
    expect(await ask({ ...HERE, cookie })).toMatchObject({ kind: 'refuse', status: 403 });
  });

  it('ID8: behind https the Origin must be ORIGIN itself', async () => {
    const { ask } = await setUp({ config: { host: '127.0.0.1', origin: 'https://notes.example.org' } });
    const host = 'notes.example.org';
    expect(await ask({ host, origin: 'https://notes.example.org' })).toMatchObject({ kind: 'admit' });
    expect(await ask({ host, origin: 'http://notes.example.org' })).toMatchObject({ kind: 'refuse', status: 403 });
  });

  it('ID3: the name of a listed person is shown as that of a guest', async () => {
    const { ask, device } = await setUp();
    const { cookie } = await device('Joerg Roedel');
    expect(await ask({ ...OURS, cookie })).toMatchObject({ shownName: 'Joerg Roedel (guest)' });
  });

  it('ID7: a loopback event is open on our own machine and closed to whatever was forwarded', async () => {
    const { ask, device } = await setUp({ access: 'loopback' });
    expect(await ask(HERE)).toMatchObject({ kind: 'admit', canWrite: true });
    expect(await ask({ ...HERE, 'x-forwarded-for': '1.2.3.4' })).toEqual({ kind: 'close', close: CLOSES.noAccess });
    const { cookie } = await device('Ada', true);
    expect(await ask({ ...OURS, cookie, 'x-forwarded-for': '1.2.3.4' })).toMatchObject({
      kind: 'admit',
      canWrite: true,
    });
  });

  it.each(['closed', 'invite'] as const)('ID6: an event with access %s lets only organizers in', async (access) => {
    const { ask, device } = await setUp({ access });
    const { cookie } = await device('Ada');
    expect(await ask({ ...OURS, cookie })).toEqual({ kind: 'close', close: CLOSES.noAccess });
    expect(await ask(HERE)).toEqual({ kind: 'close', close: CLOSES.noAccess });
    const organizer = await device('Grace', true);
    expect(await ask({ ...OURS, cookie: organizer.cookie })).toMatchObject({ kind: 'admit', canWrite: true });
  });

  it('SY13: an unknown note is turned away with 4404; one of an old epoch only after access was checked', async () => {
    const { ask } = await setUp();
    expect(await ask(HERE, '/sync/nobody.1')).toEqual({ kind: 'close', close: CLOSES.unknownNote });
    expect(await ask(HERE, '/sync/pci-opening.2')).toMatchObject({ kind: 'admit', noteId: 'pci-opening.2' });
    const closed = await setUp({ access: 'closed' });
    expect(await closed.ask(HERE, '/sync/pci-opening.2')).toEqual({ kind: 'close', close: CLOSES.noAccess });
  });

  it.each(['/sync/', '/sync/a/b', '/sync/%2e%2e', '/sync/a%20b', '/sync', '//sync/x', `/sync/${'a'.repeat(200)}`])(
    'the address %s is no note',
    async (url) => {
      const { ask } = await setUp();
      expect(await ask(HERE, url)).toMatchObject({ kind: 'refuse', status: 404 });
    },
  );

  it.each([
    ['?schema=12', 12],
    ['?schema=', 0],
    ['?schema=new', 0],
    ['?schema=-1', 0],
    ['', null],
  ])('SY13: %j says schema %j', async (query, schema) => {
    const { ask } = await setUp();
    expect(await ask(HERE, NOTE + query)).toMatchObject({ schema });
  });

  it('ST5: while the server stops, upgrades get 503 with Retry-After', async () => {
    const { ask } = await setUp({ ready: false });
    expect(await ask(HERE)).toMatchObject({ kind: 'refuse', status: 503, headers: { 'retry-after': '5' } });
  });

  it('ID8: a Host that is not ours is refused before anything is read', async () => {
    const { ask } = await setUp();
    expect(await ask({ host: 'evil.example', origin: 'http://evil.example' })).toMatchObject({
      kind: 'refuse',
      status: 421,
    });
  });
});
