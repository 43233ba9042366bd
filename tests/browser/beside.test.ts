import type { Page } from '@playwright/test';
import { violations } from './axe.ts';
import { AGENDA, ROOM, enter, note, overhang, saved, write } from './in-the-room.ts';
import { expect, test } from './journey.ts';

const listed = (page: Page) => page.getByRole('region', { name: 'Outcomes' });

test('OU11: what one marks stands beside the note of another, and leads to its place by keys alone', async ({
  people,
}) => {
  const [mara, jonas] = await people(2);
  await enter(mara, 'Mara Lindqvist');
  await expect(listed(mara)).toContainText('No outcomes');
  await enter(jonas, 'Jonas Weber');
  await write(mara, ['TODO post it', 'some words']);
  const row = listed(jonas).getByRole('listitem');
  await expect(row).toContainText(/A1\s*post it\s*Open\s*No owner/);
  await expect(listed(jonas).getByRole('heading', { name: 'Actions' })).toContainText('1 without owner');

  await jonas.keyboard.press('F6');
  await expect(jonas.getByRole('region', { name: 'Beside the note' })).toBeFocused();
  await row.getByRole('link', { name: 'post it' }).focus();
  await jonas.keyboard.press('Enter');
  await expect(note(jonas)).toBeFocused();
  await jonas.keyboard.type(' soon');
  await expect(listed(mara).getByRole('link', { name: 'post it soon' })).toBeVisible();

  await note(mara).getByText('some words').click();
  await mara.keyboard.press('Control+Alt+q');
  await expect(listed(jonas).getByRole('listitem')).toHaveCount(2);
  expect(await violations(jonas)).toEqual([]);
});

test('OU11 KR4 OU12: without scripts outcomes, references and what is on a plate can be read; on a phone by tabs', async ({
  people,
  problems,
}) => {
  problems.allow(/404/);
  const [mara] = await people(1);
  await enter(mara, 'Mara Lindqvist');
  await write(mara, ['AI @jw: post <20231102031828.GA951173@rocinante> (due 2023-12-01)']);
  await expect(note(mara).locator('.outcome-short')).toHaveText(/-A1$/);
  await expect(saved(mara)).toHaveAttribute('data-kind', 'saved');
  const [plain] = await people(1, { javaScriptEnabled: false });
  await plain.goto(ROOM);
  await expect(listed(plain).getByRole('link', { name: /^post/ })).toHaveAttribute('href', /^#o-\w+-A1$/);
  await plain.getByText('References').click();
  await expect(plain.getByRole('group').getByRole('link', { name: /GA951173/ })).toHaveAttribute('href', /lore/);

  await plain.goto(`${AGENDA}/people/jw`);
  await expect(plain.getByRole('heading', { level: 1 })).toBeVisible();
  await plain.getByRole('link', { name: /^post/ }).click();
  await expect(plain).toHaveURL(new RegExp(`${ROOM}#o-\\w+-A1$`));
  expect((await plain.goto(`${AGENDA}/people/nobody-at-all`))?.status()).toBe(404);
  await expect(plain.getByRole('main')).toContainText('Nobody of this event is called “nobody-at-all”.');

  const [jonas] = await people(1, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await enter(jonas, 'Jonas Weber');
  await jonas.getByRole('navigation', { name: 'Room' }).getByRole('link', { name: 'Outcomes' }).click();
  await expect(note(jonas)).toBeHidden();
  await listed(jonas).getByRole('link', { name: /^post/ }).tap();
  await expect(note(jonas).locator('[data-outcome]')).toBeInViewport();
});

test('OU12 PG6: a person’s page is led to by the agenda and has no violation of axe', async ({ people }) => {
  const [mara] = await people(1);
  await mara.goto(AGENDA);
  const link = mara.getByRole('complementary', { name: 'About this event' }).getByRole('link').first();
  const name = await link.innerText();
  await link.click();
  await expect(mara.getByRole('heading', { level: 1, name })).toBeVisible();
  await expect(mara.getByRole('main')).toContainText('No open actions');
  for (const [colorScheme, width] of [
    ['light', 1440],
    ['dark', 1024],
    ['light', 390],
  ] as const) {
    await mara.emulateMedia({ colorScheme });
    await mara.setViewportSize({ width, height: 844 });
    expect(await violations(mara), `${width}`).toEqual([]);
    await expect.poll(() => overhang(mara)).toBeLessThanOrEqual(0);
  }
});
