import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { RunningServer } from '../support/start-server.ts';
import { violations } from './axe.ts';
import { overhang } from './in-the-room.ts';
import { expect, test } from './journey.ts';

const SEED = readFileSync(new URL('../../samples/seed.txt', import.meta.url), 'utf8');
const AGENDA = '/vfio-iommu-pci-mc-2023';
const TALK = 'iommu-overhead-optimizations-and-observability';

async function becomesOrganizer(page: Page, server: RunningServer): Promise<void> {
  const token = new URL(await server.organizerLink()).hash.slice(1);
  const made = await page.request.post('/api/organizer', { data: { token }, headers: { origin: server.url } });
  expect(made.status()).toBe(204);
}

/** The page's scripts run: what is filled in while they start may be put beside what stood there. */
async function awake(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: 'Search or jump' })).toBeEnabled();
}

test('SE10: an event is made by hand, its prefix proposed, and a session of it stands on the agenda', async ({
  people,
  problems,
  server,
}) => {
  problems.allow(/400 \(Bad Request\)/);
  const [ann] = await people(1);
  await becomesOrganizer(ann, server);
  await ann.goto('/');
  await ann.getByRole('link', { name: 'New event' }).click();
  await awake(ann);
  await ann.getByLabel('Title').fill('Rust in the kernel MC');
  await ann.getByLabel('First day').fill('2026-10-05');
  await expect(ann.getByText('Empty: RUST26.')).toBeVisible();
  await ann.getByLabel('Time zone').fill('Mars/Base');
  await ann.getByRole('button', { name: 'Make the event' }).click();
  await expect(ann.getByText('Expected the name of a time zone')).toBeVisible();
  await expect(ann.getByLabel('Title')).toHaveValue('Rust in the kernel MC');
  await awake(ann);
  await expect(ann.getByLabel('Time zone')).toBeFocused();
  await ann.getByLabel('Time zone').fill('Europe/Prague');
  await ann.getByRole('button', { name: 'Make the event' }).click();
  await expect(ann.getByLabel('Prefix')).toHaveValue('RUST26');
  await awake(ann);
  await ann.getByText('Add a session').click();
  const add = ann.locator('form').filter({ has: ann.getByRole('button', { name: 'Add', exact: true }) });
  const session = add.filter({ has: ann.getByLabel('Minutes') });
  await session.getByLabel('Title').fill('Opening');
  await session.getByLabel('Start').fill('2026-10-05T09:30');
  await session.getByRole('button', { name: 'Add' }).click();
  await expect(ann.getByText('2026-10-05 09:30')).toBeVisible();
  await ann.getByRole('link', { name: 'Agenda' }).click();
  await expect(ann.getByRole('link', { name: /Opening/ }).first()).toBeVisible();
});

test('SE10: a pasted programme is looked at before it is written, also without scripts', async ({
  people,
  problems,
  server,
}) => {
  problems.allow(/400 \(Bad Request\)/);
  const [ann] = await people(1, { javaScriptEnabled: false });
  await becomesOrganizer(ann, server);
  await ann.goto('/new');
  const text = ann.getByLabel('Or its text');
  await text.fill(SEED.replace('America/New_York', 'Mars/Base'));
  await ann.getByRole('button', { name: 'Look at it' }).click();
  await expect(ann.getByRole('alert')).toContainText('Line 2: expected the name of an IANA time zone');
  await expect(text).toHaveValue(/Mars\/Base timezone/);
  await text.fill(SEED.replace('13–15 Nov 2023', '12–14 Nov 2024'));
  await ann.getByRole('button', { name: 'Look at it' }).click();
  await expect(ann.getByRole('heading', { name: 'A new event: “VFIO/IOMMU/PCI MC”' })).toBeVisible();
  await ann.getByRole('button', { name: 'Import' }).click();
  await expect(ann).toHaveURL(/\/vfio-iommu-pci-mc-2024$/);
  await expect(ann.getByText('/dev/iommufd development').first()).toBeVisible();
});

test('SE7: who saves second is told what it became meanwhile, and the open room shows the new title', async ({
  people,
  problems,
  server,
}) => {
  problems.allow(/400 \(Bad Request\)/);
  const [ann, guest] = await people(2);
  await becomesOrganizer(ann, server);
  await guest.goto(`${AGENDA}/${TALK}`);
  await expect(guest.locator('.ProseMirror')).toBeVisible();
  const form = `${AGENDA}/settings?session=${TALK}`;
  await ann.goto(form);
  const second = await ann.context().newPage();
  await second.goto(form);
  await awake(ann);
  await awake(second);
  const title = (page: Page) => page.locator(`#session-${TALK}`).getByLabel('Title');
  await title(ann).fill('IOMMU overheads');
  await ann.locator(`#session-${TALK}`).getByRole('button', { name: 'Save' }).click();
  await expect(ann.getByText('IOMMU overheads').first()).toBeVisible();
  await expect(guest.getByRole('heading', { level: 1, name: 'IOMMU overheads' })).toBeVisible();
  await title(second).fill('Overheads of the IOMMU');
  const save = second.locator(`#session-${TALK}`).getByRole('button', { name: 'Save' });
  await save.click();
  await expect(second.getByText('became “IOMMU overheads” while you were typing')).toBeVisible();
  await expect(title(second)).toHaveValue('Overheads of the IOMMU');
  await save.click();
  await expect(second.getByText('IOMMU overheads became Overheads of the IOMMU')).toBeVisible();
});

test('PG6, SE2: settings, new event and import pass axe and do not scroll sideways', async ({ people, server }) => {
  const [ann] = await people(1);
  await becomesOrganizer(ann, server);
  await ann.emulateMedia({ colorScheme: 'light' });
  // The last one has nearly all that the others show, so it alone is looked at in the dark too.
  const pages = ['/new', `${AGENDA}/settings/import`, `${AGENDA}/settings?session=${TALK}`];
  for (const path of pages) {
    await ann.setViewportSize({ width: 1024, height: 900 });
    await ann.goto(path);
    await ann.waitForLoadState('networkidle');
    expect(await violations(ann), `${path} light`).toEqual([]);
    for (const width of [1024, 1440, 390]) {
      await ann.setViewportSize({ width, height: 900 });
      await expect.poll(() => overhang(ann), `${path} scrolls sideways at ${width}`).toBe(0);
    }
  }
  await ann.emulateMedia({ colorScheme: 'dark' });
  expect(await violations(ann), 'settings dark, 390 px').toEqual([]);
});
