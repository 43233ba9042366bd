import { createHash } from 'node:crypto';
import { normaliseName } from '#core/event/names.ts';
import { SECRET_BYTES } from '#core/identity/device.ts';
import type { IdentityService, RequestFacts } from '../context.ts';
import { InputError } from '../errors.ts';
import type { DeviceTables } from '../store/tables.ts';
import type { Actor } from './actor.ts';

/** Who writes without a cookie: a tool, not a browser. */
const UNNAMED = 'unnamed';

/** 256 bits for a link that makes an organizer. */
const LINK_BYTES = 32;

/** Devices and the organizer link. Only hashes are stored: whoever reads the store can neither write as someone nor use a link. */
export class Identity implements IdentityService {
  private readonly devices: DeviceTables;
  private readonly random: (bytes: number) => Uint8Array;

  constructor(devices: DeviceTables, random: (bytes: number) => Uint8Array) {
    this.devices = devices;
    this.random = random;
  }

  newDeviceSecret(): string {
    return base64url(this.random(SECRET_BYTES));
  }

  async actorOf({ deviceSecret, loopback }: RequestFacts): Promise<Actor> {
    if (deviceSecret === null) return { id: UNNAMED, name: null, organizer: false, loopback };
    const id = sha256(deviceSecret);
    const device = await this.devices.get(id);
    return { id, name: device?.name ?? null, organizer: device?.organizer ?? false, loopback };
  }

  async setName(actor: Actor, name: string): Promise<void> {
    if (actor.id === UNNAMED) throw new InputError('name', 'A name is kept per device, and this one sent no cookie.');
    const checked = normaliseName(name);
    if (!checked.ok) throw new InputError(checked.field, checked.message);
    await this.devices.setName(actor.id, checked.value);
  }

  /** Makes a new one-time link and forgets the unused one before it. Returns the token for the URL's fragment. */
  async mintOrganizerLink(): Promise<string> {
    const token = base64url(this.random(LINK_BYTES));
    await this.devices.mintOrganizerLink(sha256(token));
    return token;
  }

  async redeemOrganizerLink(actor: Actor, token: string): Promise<boolean> {
    if (actor.id === UNNAMED || !/^[A-Za-z0-9_-]{43}$/.test(token)) return false;
    return this.devices.redeemOrganizerLink(sha256(token), actor.id);
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
