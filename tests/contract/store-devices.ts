import { describe, expect, test } from 'vitest';
import { beds, type StoreBed } from './store-bed.ts';

export function deviceContract(name: string, makeBed: () => StoreBed): void {
  describe(`${name}: devices`, { timeout: 30_000 }, () => {
    const { open } = beds(makeBed);

    test('ID1: a device is remembered from its first name on, also after a restart', async () => {
      const { bed, store } = await open();
      expect(await store.devices.get('d1')).toBeNull();
      await store.devices.setName('d1', 'Ada');
      await store.devices.setName('d1', 'Ada Ünïcode');
      await store.close();
      const reopened = await bed.open();
      expect(await reopened.devices.get('d1')).toEqual({ id: 'd1', name: 'Ada Ünïcode', organizer: false });
      expect(await reopened.devices.get('d2')).toBeNull();
      await reopened.close();
    });

    test('ID5: the organizer link works once, for one of all who try at once', async () => {
      const { store } = await open();
      await store.devices.setName('d1', 'Ada');
      expect(await store.devices.redeemOrganizerLink('hash', 'd1')).toBe(false);
      await store.devices.mintOrganizerLink('hash');
      expect(await store.devices.redeemOrganizerLink('other', 'd1')).toBe(false);
      const ids = ['d1', 'd2', 'd3'];
      const won = await Promise.all(ids.map((id) => store.devices.redeemOrganizerLink('hash', id)));
      expect(won.filter(Boolean)).toHaveLength(1);
      const organizers = await Promise.all(ids.map(async (id) => (await store.devices.get(id))?.organizer ?? false));
      expect(organizers).toEqual(won);
      expect(await store.devices.redeemOrganizerLink('hash', 'd3')).toBe(false);
    });

    test('ID5: a new link replaces the one that was not used; being organizer and having a name do not disturb each other', async () => {
      const { store } = await open();
      await store.devices.mintOrganizerLink('first');
      await store.devices.mintOrganizerLink('second');
      expect(await store.devices.redeemOrganizerLink('first', 'd1')).toBe(false);
      expect(await store.devices.get('d1')).toBeNull();
      expect(await store.devices.redeemOrganizerLink('second', 'd1')).toBe(true);
      expect(await store.devices.get('d1')).toEqual({ id: 'd1', name: null, organizer: true });
      await store.devices.setName('d1', 'Ada');
      expect(await store.devices.get('d1')).toEqual({ id: 'd1', name: 'Ada', organizer: true });
      await store.devices.mintOrganizerLink('second');
      expect(await store.devices.redeemOrganizerLink('second', 'd2')).toBe(true);
    });
  });
}
