import type { DatabaseSync } from 'node:sqlite';
import type { Device } from '../tables.ts';
import { transaction } from './transaction.ts';

/** Reading side of DeviceTables. */
export function deviceReader(db: DatabaseSync): (id: string) => Device | null {
  const get = db.prepare('SELECT name, organizer FROM device WHERE id = ?');
  return (id) => {
    const row = get.get(id);
    if (row === undefined) return null;
    const name = row['name'];
    return { id, name: typeof name === 'string' ? name : null, organizer: row['organizer'] === 1 };
  };
}

/** Writing side of DeviceTables. */
export class DeviceWriter {
  readonly #db: DatabaseSync;
  readonly #setName;
  readonly #makeOrganizer;
  readonly #dropLinks;
  readonly #addLink;
  readonly #useLink;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#setName = db.prepare(
      'INSERT INTO device (id, name) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name',
    );
    this.#makeOrganizer = db.prepare(
      'INSERT INTO device (id, organizer) VALUES (?, 1) ON CONFLICT (id) DO UPDATE SET organizer = 1',
    );
    this.#dropLinks = db.prepare('DELETE FROM organizer_link');
    this.#addLink = db.prepare('INSERT INTO organizer_link (sha256) VALUES (?)');
    this.#useLink = db.prepare('DELETE FROM organizer_link WHERE sha256 = ?');
  }

  setName(id: string, name: string): void {
    this.#setName.run(id, name);
  }

  mintLink(sha256: string): void {
    transaction(this.#db, () => {
      this.#dropLinks.run();
      this.#addLink.run(sha256);
    });
  }

  redeemLink(sha256: string, deviceId: string): boolean {
    return transaction(this.#db, () => {
      if (this.#useLink.run(sha256).changes === 0) return false;
      this.#makeOrganizer.run(deviceId);
      return true;
    });
  }
}
