import { expect, test } from 'vitest';
import { smallEvent } from '../../../tests/support/sample-event.ts';
import { settingsData } from './settings-data.ts';

const { event } = smallEvent('pci', 'open', ['opening']);
const asked = { session: null, person: null, paged: false };
const line = (number: number) => ({
  ...{ number, at: Date.UTC(2026, 0, 5, 17), actor: 'device', who: 'Ann' },
  ...{ what: 'Title', before: 'A', after: 'B' },
});

test('SE4: a page of changes says when by the clock of the event, and whether there are older ones', () => {
  const { log, older } = settingsData(event, [line(9), line(8)], asked);
  expect(log[0]).toMatchObject({ number: 9, when: 'Monday 5 January 2026, 12:00', who: 'Ann' });
  expect(JSON.stringify(log)).not.toContain('device');
  expect(older).toBe(8);
  expect(settingsData(event, [line(2), line(1)], asked).older).toBeNull();
  expect(settingsData(event, [], asked).older).toBeNull();
});

test('SE8: a topic says whether something hangs on it, and where it can move', () => {
  const rows = settingsData(event, [], asked).topics;
  expect(rows.map(({ id, depth, kept, first, last }) => [id, depth, kept, first, last])).toEqual([
    ['iommu', 0, true, true, true],
    ['iommu/dev-iommufd-development', 1, true, true, true],
  ]);
});

test('SE9: people of the programme and those who were added, with what is settled; one of them is open', () => {
  const zoe = { name: 'Zoë Example', called: 'Zoë Mustermann', initials: 'zx', affiliation: null, unnamed: true };
  const rodel = { name: 'Joerg Roedel', initials: 'jr', affiliation: 'Elsewhere', unnamed: false };
  const settled = { ...event, settings: { ...event.settings, people: [zoe, rodel] } };
  const data = settingsData(settled, [], { ...asked, person: 'Jörg Rödel', session: 'opening' });
  expect(data.people).toEqual([
    { name: 'Jörg Rödel', called: 'Jörg Rödel', facts: 'jr · Elsewhere · key attendee', unnamed: false },
    { name: 'Zoë Example', called: 'Zoë Mustermann', facts: 'zx', unnamed: true },
  ]);
  expect(data.person).toEqual({
    ...{ name: 'Jörg Rödel', added: false },
    fields: { name: 'Joerg Roedel', initials: 'jr', affiliation: 'Elsewhere', unnamed: '' },
  });
  expect(data.session?.fields).toMatchObject({ title: 'Session opening', topic: 'iommu/dev-iommufd-development' });
  expect(settingsData(settled, [], { ...asked, person: 'Nobody', session: 'nowhere' })).toMatchObject({
    ...{ person: null, session: null },
  });
});
