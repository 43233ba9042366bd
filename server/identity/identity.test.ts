import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isDeviceSecret } from '#core/identity/device.ts';
import { systemClock } from '../clock.ts';
import { memoryStore } from '../store/memory.ts';
import { Identity } from './identity.ts';

function setUp() {
  const { devices } = memoryStore({ clock: systemClock });
  const identity = new Identity(devices, randomBytes);
  const secret = identity.newDeviceSecret();
  const actor = () => identity.actorOf({ deviceSecret: secret, loopback: false });
  return { devices, identity, secret, actor };
}

describe('identity', () => {
  it('ID4: a device secret has 128 random bits or more and the store sees only its SHA-256', async () => {
    const { devices, identity, secret, actor } = setUp();
    expect(isDeviceSecret(secret)).toBe(true);
    expect(Buffer.from(secret, 'base64url').length * 8).toBeGreaterThanOrEqual(128);
    expect(identity.newDeviceSecret()).not.toBe(secret);
    const id = createHash('sha256').update(secret).digest('hex');
    await identity.setName(await actor(), 'Ada');
    expect((await devices.get(id))?.name).toBe('Ada');
    expect(await devices.get(secret)).toBeNull();
  });

  it('ID1: a name is remembered for the device, and nothing is stored before there is one', async () => {
    const { devices, identity, actor } = setUp();
    const before = await actor();
    expect(before).toMatchObject({ name: null, organizer: false });
    expect(await devices.get(before.id)).toBeNull();
    await identity.setName(before, 'Ada');
    expect(await actor()).toMatchObject({ id: before.id, name: 'Ada' });
  });

  it.each([
    ['  Ada   Lovelace ', 'Ada Lovelace'],
    ['Jose\u0301', 'José'],
    ['x'.repeat(60), 'x'.repeat(60)],
  ])('ID2: %j is kept as %j', async (given, kept) => {
    const { identity, actor } = setUp();
    await identity.setName(await actor(), given);
    expect((await actor()).name).toBe(kept);
  });

  it.each(['', '   ', 'x'.repeat(61), 'Ada\u202eecalevoL', 'Ada\u0007'])(
    'ID2: %j is refused by field',
    async (given) => {
      const { identity, actor } = setUp();
      await expect(identity.setName(await actor(), given)).rejects.toMatchObject({ kind: 'input', field: 'name' });
      expect((await actor()).name).toBeNull();
    },
  );

  it('without a cookie nobody has a name to keep', async () => {
    const { identity } = setUp();
    const tool = await identity.actorOf({ deviceSecret: null, loopback: true });
    expect(tool).toEqual({ id: 'unnamed', name: null, organizer: false, loopback: true });
    await expect(identity.setName(tool, 'Ada')).rejects.toMatchObject({ kind: 'input' });
  });

  it('ID5: the organizer link works once', async () => {
    const { identity, actor } = setUp();
    const token = await identity.mintOrganizerLink();
    expect(await identity.redeemOrganizerLink(await actor(), token)).toBe(true);
    expect((await actor()).organizer).toBe(true);
    const other = await identity.actorOf({ deviceSecret: identity.newDeviceSecret(), loopback: true });
    expect(await identity.redeemOrganizerLink(other, token)).toBe(false);
  });

  it('ID5: a new link ends the unused one before it; a made-up one and a device without a cookie get nothing', async () => {
    const { identity, actor } = setUp();
    const old = await identity.mintOrganizerLink();
    const current = await identity.mintOrganizerLink();
    expect(await identity.redeemOrganizerLink(await actor(), old)).toBe(false);
    expect(await identity.redeemOrganizerLink(await actor(), 'x'.repeat(43))).toBe(false);
    const tool = await identity.actorOf({ deviceSecret: null, loopback: true });
    expect(await identity.redeemOrganizerLink(tool, current)).toBe(false);
    expect((await actor()).organizer).toBe(false);
    expect(await identity.redeemOrganizerLink(await actor(), current)).toBe(true);
  });
});
