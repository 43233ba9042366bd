import { violations } from './axe.ts';
import { AGENDA, enter, overhang } from './in-the-room.ts';
import { NO_NETWORK, expect, test } from './journey.ts';

const WIDTHS = [1440, 1024, 390];
const SCHEMES = ['light', 'dark'] as const;

test('PG1 PG2 EV2 EV3: without JavaScript the agenda shows every session, what the source lost, and what is missing', async ({
  people,
}) => {
  const [page] = await people(1, { javaScriptEnabled: false });
  await page.goto(AGENDA);
  await expect(page.getByRole('heading', { level: 1, name: 'VFIO/IOMMU/PCI MC' })).toBeVisible();
  await expect(page).toHaveTitle('VFIO/IOMMU/PCI MC, 13–15 November 2023 · Plumbline');
  await expect(page.locator('meta[name=description]')).toHaveAttribute('content', /\S{3}/);

  const sessions = page.getByRole('main').locator(`a[href^="${AGENDA}/"]:not([href*="/people/"])`);
  await expect(sessions).toHaveCount(16);
  const schedule = page.getByRole('region', { name: 'Schedule' });
  await expect(schedule.getByRole('heading', { level: 4 })).toHaveText([
    'PCI Endpoint Subsystem Open Items Discussion',
    'Non-discoverable devices in PCI devices',
    'IOMMU overhead optimizations and observability',
  ]);
  await expect(schedule.getByRole('time')).toHaveText(['Wednesday 15 November 2023', '10:00', '10:30', '11:30']);
  await expect(schedule.getByText('No materials yet')).toHaveCount(1);
  await expect(schedule.getByText('Lizhi Hou (AMD), Rob Herring (Arm)')).toBeVisible();

  const topics = page.getByRole('region', { name: 'Topics of the proposal' });
  await expect(topics.getByRole('link')).toHaveCount(11);
  await expect(topics.getByText('Not scheduled, 20 min')).toHaveCount(11);
  await expect(topics.getByText('List missing in source')).toHaveCount(1);
  await expect(page.getByText('No notes')).toHaveCount(16);
  await expect(page.getByText('Times in New York, EST')).toBeVisible();
});

test('PG2: a reader in another zone sees the times of either', async ({ people }) => {
  const [page] = await people(1, { timezoneId: 'Europe/Berlin' });
  await page.goto(AGENDA);
  const schedule = page.getByRole('region', { name: 'Schedule' });
  const first = schedule.getByRole('listitem').first();
  await expect(first).toContainText('10:00');
  await page.getByRole('button', { name: 'Your time, CET' }).click();
  await expect(first).toContainText('16:00');
  await page.getByRole('button', { name: 'New York, EST' }).click();
  await expect(first).toContainText('10:00');
});

test('PG2: a reader whose clock reads the same gets no choice', async ({ people }) => {
  const [page] = await people(1, { timezoneId: 'America/Toronto' });
  await page.goto(AGENDA);
  await page.waitForLoadState('networkidle');
  await expect(page.getByText('Times in New York, EST')).toBeVisible();
  await expect(page.getByRole('group', { name: 'Show times in' })).toHaveCount(0);
});

test('PG2: who enters a room shows on an open agenda, and stays there as last known without a connection', async ({
  people,
  problems,
}) => {
  const [reader, writer] = await people(2);
  await reader.goto(AGENDA);
  await reader.waitForLoadState('networkidle');
  await expect(reader.getByText('1 here')).toHaveCount(0);
  await enter(writer, 'Mara Lindqvist', `${AGENDA}/iommu-overhead-optimizations-and-observability`);
  const asked = async () => (await reader.request.get('/api/events/vfio-iommu-pci-mc-2023/here')).text();
  await expect.poll(asked).toContain('Mara Lindqvist');
  // What a browser sends when its tab comes to the front: the agenda asks then, and otherwise every 15 seconds.
  await reader.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await expect(reader.getByText('1 here')).toBeVisible();

  await reader.context().setOffline(true);
  problems.allow(NO_NETWORK);
  await reader.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await expect(reader.getByText('You are offline.')).toBeVisible();
  await expect(reader.getByText('1 here')).toBeVisible();
});

test('PG1: an address that does not exist says so and leads back', async ({ people, problems }) => {
  problems.allow(/404/);
  const [page] = await people(1);
  const answer = await page.goto('/no-such-event');
  expect(answer?.status()).toBe(404);
  await expect(page.getByText('There is no event "no-such-event".')).toBeVisible();
  await page.getByRole('link', { name: 'All events', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Events' })).toBeVisible();
});

for (const width of WIDTHS)
  test(`PG5 PG6: events, agenda, organizer and error page pass axe at ${width} px, light and dark`, async ({
    people,
    problems,
  }) => {
    problems.allow(/404/);
    const [page] = await people(1, { viewport: { width, height: 900 }, timezoneId: 'Europe/Berlin' });
    for (const path of ['/', AGENDA, '/organizer', '/no-such-event']) {
      await page.goto(path);
      await page.waitForLoadState('networkidle');
      for (const colorScheme of SCHEMES) {
        await page.emulateMedia({ colorScheme });
        expect(await violations(page), `${path} ${colorScheme}`).toEqual([]);
      }
      await expect.poll(() => overhang(page), `${path} scrolls sideways`).toBe(0);
    }
  });
