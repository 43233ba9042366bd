import type { Locator, Page } from '@playwright/test';
import { violations } from './axe.ts';
import { ROOM, enter, HUNDRED_LINES, note, pasteHtml, peopleHere, writeAtLine } from './in-the-room.ts';
import { NO_NETWORK, expect, test } from './journey.ts';

test('TO3: following a person shows the place they write, by keyboard alone, also for who only reads', async ({
  people,
}) => {
  const [jonas, mara, reader] = await people(3);
  await enter(jonas, 'Jonas Weber');
  await pasteHtml(jonas, HUNDRED_LINES);
  await enter(mara, 'Mara Lindqvist');
  await reader.goto(ROOM);
  const carets = (page: Page) => page.locator('.caret', { hasText: 'Jonas' });
  for (const page of [mara, reader]) {
    await expect(note(page)).toContainText('line 99');
    await follow(page).focus();
    await page.keyboard.press('Enter');
    await expect(following(page)).toContainText('Following Jonas Weber. Esc stops.');
    await expect(follow(page)).toHaveAttribute('aria-pressed', 'true');
    expect(await violations(page)).toEqual([]);
  }
  for (const at of [30, 70, 50]) {
    await writeAtLine(jonas, at, ` seen ${at}`);
    for (const page of [mara, reader]) {
      await expect(note(page).locator('p', { has: carets(page) })).toContainText(`seen ${at}`);
      await expect.poll(() => inSight(carets(page))).toBe(true);
    }
  }
  // The button that stops it can be reached, and who pressed it is at the note.
  await following(reader).getByRole('button', { name: 'Stop' }).press('Enter');
  await expect(following(reader)).toHaveCount(0);
  await expect(reader.getByRole('region', { name: 'Note', exact: true })).toBeFocused();
});

test('TO3: nobody is offered to be followed while there is no connection', async ({ people, server, problems }) => {
  problems.allow(NO_NETWORK);
  const [jonas, mara] = await people(2);
  await enter(jonas, 'Jonas Weber');
  await enter(mara, 'Mara Lindqvist');
  await expect(follow(mara)).toBeVisible();
  await server.kill9();
  await expect(peopleHere(mara)).toContainText('Last seen at');
  await expect(peopleHere(mara)).toContainText('Jonas Weber');
  await expect(follow(mara)).toHaveCount(0);
  await server.restart();
  await expect(follow(mara)).toBeVisible({ timeout: 40_000 });
});

test('TO3: any move of mine ends following, and so does the leaving of who is followed', async ({ people }) => {
  const [jonas, mara] = await people(2);
  await enter(jonas, 'Jonas Weber');
  await pasteHtml(jonas, HUNDRED_LINES);
  await enter(mara, 'Mara Lindqvist');
  await expect(note(mara)).toContainText('line 99');
  // Far from where Jonas will be, for the view goes to my caret too.
  await mara.keyboard.press('Control+Home');
  const moves: Record<string, () => Promise<void>> = {
    Escape: () => mara.keyboard.press('Escape'),
    wheel: () => mara.mouse.wheel(0, -10),
    'a caret key': async () => {
      await note(mara).focus();
      await mara.keyboard.press('ArrowUp');
    },
    typing: async () => {
      await note(mara).focus();
      await mara.keyboard.type('x');
    },
    'a press in the note': () => mara.locator('.scroll').click({ position: { x: 300, y: 300 } }),
  };
  for (const [i, [name, move]] of Object.entries(moves).entries()) {
    await follow(mara).click();
    await expect(following(mara), name).toHaveCount(1);
    await writeAtLine(jonas, 20 + i, ' one');
    await expect(note(mara).locator('p', { has: mara.locator('.caret') })).toContainText('one');
    await expect.poll(() => inSight(mara.locator('.caret'))).toBe(true);
    await move();
    await expect(following(mara), name).toHaveCount(0);
    await writeAtLine(jonas, 80 + i, ' two');
    await expect(note(mara).locator('p', { has: mara.locator('.caret') })).toContainText('two');
    await mara.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    expect(await inSight(mara.locator('.caret')), name).toBe(false);
  }
  await follow(mara).click();
  await expect(following(mara)).toHaveCount(1);
  await jonas.close();
  await expect(mara.getByRole('status').filter({ hasText: 'Jonas Weber left.' })).toBeVisible();
  await expect(following(mara)).toHaveCount(0);
});

const following = (page: Page) => page.getByRole('status').filter({ hasText: 'Following' });
const follow = (page: Page) => page.getByRole('button', { name: 'Follow Jonas Weber' });

/** Whether the caret stands in the middle part of what is seen of the note. */
const inSight = (caret: Locator) =>
  caret.evaluate((caret) => {
    const view = caret.closest('.scroll')?.getBoundingClientRect() ?? new DOMRect();
    const { top, bottom } = caret.getBoundingClientRect();
    return top >= view.top + view.height * 0.2 && bottom <= view.bottom - view.height * 0.2;
  });
