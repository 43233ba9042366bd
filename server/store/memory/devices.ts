import type { Device, DeviceTables } from '../tables.ts';
import type { MemoryDisk } from './disk.ts';
import type { Gate } from './gate.ts';

export class MemoryDevices implements DeviceTables {
  readonly #disk: MemoryDisk;
  readonly #gate: Gate;

  constructor(disk: MemoryDisk, gate: Gate) {
    this.#disk = disk;
    this.#gate = gate;
  }

  get(id: string): Promise<Device | null> {
    return this.#gate.read(() => {
      const device = this.#disk.devices.get(id);
      return device === undefined ? null : { ...device };
    });
  }

  setName(id: string, name: string): Promise<void> {
    return this.#gate.write(() => {
      this.#device(id).name = name;
    });
  }

  mintOrganizerLink(sha256: string): Promise<void> {
    return this.#gate.write(() => {
      this.#disk.organizerLink = sha256;
    });
  }

  redeemOrganizerLink(sha256: string, deviceId: string): Promise<boolean> {
    return this.#gate.write(() => {
      if (this.#disk.organizerLink !== sha256) return false;
      this.#disk.organizerLink = null;
      this.#device(deviceId).organizer = true;
      return true;
    });
  }

  #device(id: string): Device {
    const device = this.#disk.devices.get(id) ?? { id, name: null, organizer: false };
    this.#disk.devices.set(id, device);
    return device;
  }
}
