import type { Page } from '@playwright/test';
import { violations } from './axe.ts';
import { AGENDA, ROOM, enter, note, overhang } from './in-the-room.ts';
import { expect, test } from './journey.ts';

const LONG =
  'What it means for the interface of iommufd when a guest owns the first stage and the host keeps the second';

for (const width of [1440, 1024, 820, 390])
  test(`LK2 WR15: what is docked in the sheet stays in it, ${width} px`, async ({ people }) => {
    const [mara] = await people(1, { viewport: { width, height: 768 } });
    await enter(mara, 'Mara Lindqvist');
    await mara.keyboard.type('some words');
    await mara.keyboard.press('Control+f');
    await expect(mara.getByRole('search', { name: 'Find in this note' })).toBeVisible();
    await note(mara).getByText('some words').click();
    await mara.keyboard.press('Control+Alt+k');
    await expect(mara.getByRole('dialog', { name: 'Link' })).toBeVisible();
    await expect(mara.getByRole('toolbar', { name: 'Format' })).toBeVisible();
    await expect.poll(() => wider(mara)).toEqual([]);
    // The mark bar scrolls in itself, and only where there is no room for all of it.
    const hidden = () =>
      mara.getByRole('toolbar', { name: 'Format' }).evaluate((bar) => bar.scrollWidth - bar.clientWidth);
    if (width >= 1024) await expect.poll(hidden).toBe(0);
    if (width === 1024)
      for (const other of [1100, 1200, 1201, 1240, 1300, 1360, 1660, 1920]) {
        await mara.setViewportSize({ width: other, height: 768 });
        await expect.poll(hidden, `${other} px`).toBe(0);
      }
    await mara.setViewportSize({ width, height: 768 });
    await expect.poll(() => overhang(mara)).toBeLessThanOrEqual(0);
    expect(await violations(mara)).toEqual([]);
  });

test('LK2 PG2: a row of the agenda keeps room for its title, whatever stands beside it', async ({ people }) => {
  const [mara] = await people(1, { viewport: { width: 1024, height: 768 } });
  await enter(mara, 'Mara Lindqvist');
  for (const kind of ['patches', 'recording', 'slides', 'link'])
    await addMaterial(mara, { kind, title: LONG, url: 'https://example.org/' });
  await mara.goto(AGENDA);
  const row = mara
    .getByRole('listitem')
    .filter({ has: mara.locator(`a[href="${ROOM}"]`) })
    .last();
  await expect(row.getByText('1 more')).toBeVisible();
  const share = () =>
    row.evaluate((item) => {
      const words = item.querySelector('.what')?.getBoundingClientRect().width ?? 0;
      return words / item.getBoundingClientRect().width;
    });
  await expect.poll(share).toBeGreaterThan(0.38);
});

test('LK2 ED1: a page that lacks the editor says so; the note can be read and nothing asks for a name', async ({
  people,
  problems,
}) => {
  problems.allow(/ERR_FAILED/);
  // A service worker would ask past the route.
  const [jonas] = await people(1, { serviceWorkers: 'block' });
  await jonas.route('**/_app/immutable/chunks/*.js', async (route) => {
    const answer = await route.fetch();
    if ((await answer.text()).includes('ProseMirror')) await route.abort();
    else await route.fulfill({ response: answer });
  });
  await jonas.goto(ROOM);
  await expect(jonas.getByRole('alert')).toContainText('The editor did not load.');
  await expect(jonas.getByRole('button', { name: 'Reload' })).toBeVisible();
  await expect(jonas.getByRole('heading', { name: 'Discussion' })).toBeVisible();
  await expect(jonas.getByRole('button', { name: 'Start writing' })).toHaveCount(0);
  expect(await violations(jonas)).toEqual([]);
});

test('LK2: a printed room says event, time, speakers, topics and materials, and leaves bars and panes out', async ({
  people,
}) => {
  const [mara] = await people(1);
  await enter(mara, 'Mara Lindqvist');
  await addMaterial(mara, { kind: 'slides', title: 'Two queues', url: 'https://example.org/two.pdf' });
  await mara.reload();
  await mara.emulateMedia({ media: 'print' });
  const facts = mara.getByRole('article').locator('dl');
  await expect(facts).toContainText('VFIO/IOMMU/PCI MC');
  await expect(facts).toContainText('Not scheduled, 20 min');
  await expect(facts).toContainText('IOMMU › /dev/iommufd development');
  await expect(facts).toContainText('Slides: Two queues, https://example.org/two.pdf');
  await expect(mara.getByRole('navigation')).toHaveCount(0);
  await expect(mara.getByRole('region', { name: 'Beside the note' })).toBeHidden();
  await expect(mara.getByRole('toolbar')).toHaveCount(0);
});

/** What stands out of the sheet sideways. */
function wider(page: Page): Promise<string[]> {
  return page.locator('section.sheet').evaluate((sheet) => {
    const { left, right } = sheet.getBoundingClientRect();
    return [...sheet.querySelectorAll('.docked > *, [role=dialog], [role=search], [role=toolbar]')]
      .filter((part) => part.getBoundingClientRect().right > right + 1 || part.getBoundingClientRect().left < left - 1)
      .map((part) => `${part.tagName}.${part.className}`);
  });
}

/** By the API, as the form of the page does it. */
async function addMaterial(page: Page, material: { kind: string; title: string; url: string }): Promise<void> {
  const status = await page.evaluate(
    async ([room, material]) => {
      const [, event, session] = room.split('/');
      const answer = await fetch(`/api/events/${event}/sessions/${session}/materials`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(material),
      });
      return answer.status;
    },
    [ROOM, material] as const,
  );
  expect(status).toBe(201);
}
