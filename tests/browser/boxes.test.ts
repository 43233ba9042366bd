import type { Page } from '@playwright/test';
import { violations } from './axe.ts';
import { AGENDA, ROOM, enter, note, write } from './in-the-room.ts';
import { expect, isFirefox, test } from './journey.ts';

test('WR10: find takes what is typed at once, counts, steps, follows what others write, and Escape puts the caret at the place', async ({
  people,
}) => {
  const [mara, jonas] = await people(2);
  await enter(mara, 'Mara Lindqvist');
  await write(mara, ['domain attach', 'a Domain and a domain', 'nothing here']);
  await enter(jonas, 'Jonas Weber');
  await expect(note(jonas)).toContainText('nothing here');

  await mara.keyboard.press('Control+f');
  const field = mara.getByRole('textbox', { name: 'Find' });
  await mara.keyboard.type('domain');
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('domain');
  await expect(count(mara)).toHaveText('1 of 3');
  await mara.keyboard.press('Enter');
  await expect(count(mara)).toHaveText('2 of 3');
  await mara.keyboard.press('Shift+Enter');
  await mara.keyboard.press('Shift+F3');
  await expect(count(mara)).toHaveText('3 of 3');

  // Jonas writes another one before it: the one that is shown stays the same.
  await jonas.keyboard.press('Control+End');
  await jonas.keyboard.press('ArrowUp');
  await jonas.keyboard.press('ArrowUp');
  await jonas.keyboard.press('Home');
  await jonas.keyboard.type('domain ');
  await expect(count(mara)).toHaveText('4 of 4');
  await expect(mara.locator('.found-now')).toHaveText('domain');
  await mara.getByRole('button', { name: 'Match case' }).click();
  await expect(mara.locator('.found')).toHaveCount(3);
  await expect(count(mara)).toHaveText('3 of 3');

  await field.press('Escape');
  await expect(note(mara)).toBeFocused();
  await mara.keyboard.type('DOMAIN');
  await expect(note(jonas)).toContainText('a Domain and a DOMAIN');
  await expect(mara.locator('.found')).toHaveCount(0);
});

test('WR10: replace one and all keep marks and the text between, each undone at once', async ({ people }) => {
  const [mara, jonas] = await people(2);
  await enter(mara, 'Mara Lindqvist');
  await write(mara, ['qz one **qz two** qz three', 'the qz four']);
  await enter(jonas, 'Jonas Weber');
  await expect(note(jonas)).toContainText('the qz four');
  // Jonas stands between two places of one line.
  await jonas.keyboard.press('Control+End');
  await jonas.keyboard.press('ArrowUp');
  await jonas.keyboard.press('Home');
  for (let step = 0; step < 4; step += 1) await jonas.keyboard.press('ArrowRight');

  await mara.keyboard.press('Control+f');
  await mara.keyboard.type('qz');
  await mara.getByRole('textbox', { name: 'Replace with' }).fill('Q/Z');
  await expect(count(mara)).toHaveText(/of 4/);
  await mara.getByRole('textbox', { name: 'Replace with' }).press('Enter');
  await expect(count(mara)).toHaveText(/of 3/);
  await mara.getByRole('button', { name: 'Replace all' }).click();
  await expect(count(mara)).toHaveText('3 replaced');
  await expect(note(jonas)).toContainText('Q/Z one Q/Z two Q/Z three');
  await expect(note(jonas)).toContainText('the Q/Z four');
  await expect(note(jonas).locator('strong')).toHaveText('Q/Z two');
  await jonas.keyboard.type('-');
  await expect(note(mara)).toContainText(/Q\/Z o-.*ne Q\/Z two/);

  await mara.keyboard.press('Escape');
  await expect(note(mara)).toBeFocused();
  await mara.keyboard.press('Control+z');
  await expect(mara.locator('.ProseMirror')).toContainText('the qz four');
  const replaced = async () => (await lines(mara)).filter((line) => line.includes('Q/Z')).length;
  await expect.poll(replaced).toBe(1);
  await mara.keyboard.press('Control+z');
  await expect.poll(replaced).toBe(0);
  await expect(note(jonas)).toContainText(/o-.*ne qz two qz three/);
});

test('WR10: Ctrl+F in the bar is the browser’s own', async ({ people }) => {
  const [mara] = await people(1);
  await enter(mara, 'Mara Lindqvist');
  await mara.evaluate(() =>
    addEventListener('keydown', (event) => Reflect.set(window, 'taken', event.defaultPrevented)),
  );
  await mara.keyboard.press('Control+f');
  await expect.poll(() => mara.evaluate(() => Reflect.get(window, 'taken'))).toBe(true);
  await expect(mara.getByRole('textbox', { name: 'Find' })).toBeFocused();
  await mara.keyboard.press('Control+f');
  await expect.poll(() => mara.evaluate(() => Reflect.get(window, 'taken'))).toBe(false);
});

test('WR6: Ctrl+K jumps, runs a command at the caret and gives the focus back, by keyboard alone', async ({
  people,
}) => {
  const [mara] = await people(1);
  await enter(mara, 'Mara Lindqvist');
  await mara.keyboard.type('one');
  // What is typed at once goes into the box, not into the note.
  await mara.keyboard.press('Control+k');
  await mara.keyboard.type('heading 2');
  await expect(box(mara)).toHaveValue('heading 2');
  await expect(mara.getByRole('dialog').getByRole('option').first()).toContainText('Heading 2');
  expect(await violations(mara)).toEqual([]);
  await mara.keyboard.press('Enter');
  await expect(note(mara)).toBeFocused();
  await expect(note(mara).locator('h2').last()).toHaveText('one');
  await mara.keyboard.type(' two');
  await expect(note(mara).locator('h2').last()).toHaveText('one two');

  await mara.keyboard.press('Control+k');
  await expect(mara.getByRole('dialog')).toContainText('Recent');
  await mara.keyboard.press('Escape');
  await expect(note(mara)).toBeFocused();
  await mara.keyboard.press('Control+k');
  await mara.keyboard.type('zzzz');
  await expect(mara.getByRole('dialog')).toContainText('Nothing found.');
  await jump(mara, 'agenda', /agenda/i);
  await expect(mara).toHaveURL(new RegExp(`${AGENDA}$`));
  await mara.keyboard.press('Control+k');
  await jump(mara, 'dev iommufd', /iommufd/);
  await expect(mara).toHaveURL(new RegExp(`${AGENDA}/[a-z0-9-]*iommufd`));
});

test('WR6: asked for twice before it is there the box takes what is typed once, and gives the keys back', async ({
  people,
}) => {
  // A service worker would ask past the route.
  const [mara] = await people(1, { serviceWorkers: 'block' });
  await enter(mara, 'Mara Lindqvist');
  await expect(mara.getByRole('toolbar', { name: 'Format' })).toBeVisible();
  let release = (): void => undefined;
  const held = new Promise<void>((go) => (release = go));
  await mara.route('**/*.js', async (route) => {
    await held;
    await route.continue();
  });
  await mara.keyboard.press('Control+k');
  await mara.keyboard.type('end');
  await mara.keyboard.press('Control+k');
  await mara.keyboard.type('point');
  await mara.keyboard.press('Enter');
  release();
  await expect(box(mara)).toHaveValue('endpoint');
  await expect(box(mara)).toBeFocused();
  await mara.keyboard.press('Escape');
  await expect(note(mara)).toBeFocused();
  await mara.keyboard.type('one');
  await expect(note(mara).locator('> p')).toHaveText(['one']);
});

test('WR6: Enter right after the last letter takes what fits the letters, not what was marked before', async ({
  people,
}) => {
  const [mara] = await people(1);
  await enter(mara, 'Mara Lindqvist');
  await mara.keyboard.press('Control+k');
  await expect(box(mara)).toBeFocused();
  await box(mara).fill('endpoint');
  await expect(mara.getByRole('dialog').getByRole('option').first()).toContainText('Endpoint');
  // Both in one task: nothing can be drawn in between.
  await box(mara).evaluate((field: HTMLInputElement) => {
    field.value = 'agenda';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
  });
  await expect(mara).toHaveURL(new RegExp(`${AGENDA}$`));
});

test('WR6 ED2: a room that is left, by its bar or by a jump to another, hears nothing more', async ({ people }) => {
  const [mara, jonas] = await people(2);
  const open = connections(mara);
  await enter(mara, 'Mara Lindqvist');
  await mara.keyboard.type('first');
  await enter(jonas, 'Jonas Weber');
  await expect(note(jonas)).toContainText('first');
  await jonas.keyboard.type(' second');
  await expect(note(mara)).toContainText('second');

  // From room to room with the caret in the note, then to the agenda and back.
  await mara.keyboard.press('Control+k');
  await jump(mara, 'endpoint', /Endpoint/);
  await expect(mara).toHaveURL(/endpoint/);
  await expect(mara.getByRole('textbox', { name: /^Note: .*Endpoint/ })).toBeEditable();
  await expect.poll(() => open.size).toBe(1);
  await expect(mara.locator('.ProseMirror')).toHaveCount(1);
  await note(mara).click();
  await mara.keyboard.type('third');
  await mara.getByRole('banner').getByRole('link', { name: /VFIO/ }).click();
  await expect(mara).toHaveURL(new RegExp(`${AGENDA}$`));
  await expect.poll(() => open.size).toBe(0);
  await jonas.keyboard.type(' fourth');
  await mara.goBack();
  await expect(note(mara)).toContainText('third');
  await expect.poll(() => open.size).toBe(1);
});

test('WR6: ? outside text and Ctrl+/ in it list every key, with what can be typed', async ({ people }) => {
  const [mara] = await people(1);
  await enter(mara, 'Mara Lindqvist');
  await mara.keyboard.type('?');
  await expect(note(mara)).toContainText('?');
  await mara.keyboard.press('Control+/');
  const list = mara.getByRole('dialog', { name: 'Keys' });
  await expect(list.getByRole('row', { name: /Bold/ })).toContainText('Ctrl+B');
  await expect(list.getByRole('row', { name: /Bold/ })).toContainText('**bold**');
  expect(await violations(mara)).toEqual([]);
  await list.getByRole('searchbox').fill('divider');
  await expect(list.getByRole('rowheader')).toHaveText(['Divider']);
  await mara.keyboard.press('Escape');
  await expect(note(mara)).toBeFocused();
  await alive(mara);
  await mara.keyboard.press('?');
  await expect(list).toBeVisible();
});

test('WR6: ? lists the keys on the organizer’s page too, and the box opens on an agenda that has just come', async ({
  people,
}) => {
  const [mara] = await people(1);
  await mara.goto('/organizer');
  await expect(mara.getByRole('button', { name: 'Search or jump' })).toBeEnabled();
  await mara.keyboard.press('?');
  await expect(mara.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await mara.keyboard.press('Escape');
  await expect(mara.getByRole('dialog')).toHaveCount(0);
  await mara.goto(AGENDA);
  await expect(mara.getByRole('button', { name: 'Search or jump' })).toBeEnabled();
  await mara.keyboard.press('Control+k');
  // What is typed at once goes into the box.
  await mara.keyboard.type('endpoint');
  await expect(box(mara)).toHaveValue('endpoint');
  await jump(mara, 'endpoint', /Endpoint/);
  await expect(mara).toHaveURL(/endpoint/);
});

test('LK2: the theme that was chosen comes with the page', async ({ people }) => {
  const [mara] = await people(1, { colorScheme: 'light', viewport: { width: 390, height: 844 } });
  await alive(mara);
  await mara.keyboard.press('Control+k');
  await expect(box(mara)).toBeFocused();
  await box(mara).fill('theme dark');
  expect(await violations(mara)).toEqual([]);
  await mara.keyboard.press('Enter');
  await expect(mara.locator('html')).toHaveAttribute('data-theme', 'dark');
  const html = await (await mara.request.get(ROOM)).text();
  expect(html).toContain('data-theme="dark"');
  expect(html).toContain('<meta name="color-scheme" content="dark" />');
  await alive(mara);
  await mara.keyboard.press('Control+/');
  await expect(mara.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  expect(await violations(mara)).toEqual([]);
});

test('LK1: the gallery of controls is not in the built application', async ({ people, problems }) => {
  problems.allow(/404/);
  const [mara] = await people(1);
  await mara.goto('/dev/ui');
  await expect(mara.getByRole('heading', { level: 1 })).toHaveText('Nothing at this address');
});

/** Chooses in the open box, by keys. */
async function jump(page: Page, typed: string, words: RegExp): Promise<void> {
  // What is put in before the focus is there is taken for nothing: until then keys are held for it.
  await expect(box(page)).toBeFocused();
  await box(page).fill(typed);
  await expect(page.getByRole('dialog').getByRole('option').first()).toContainText(words);
  await page.keyboard.press('Enter');
}

/** Opens a room and waits for its scripts: keys that come before are the browser's. */
async function alive(page: Page): Promise<void> {
  await page.goto(ROOM);
  await expect(page.locator('[data-live]')).toHaveCount(1);
}

/** The connections of notes that are open now. */
function connections(page: Page): Set<unknown> {
  test.skip(isFirefox(page), 'Connections are watched in Chromium alone.');
  const open = new Set<unknown>();
  page.on('websocket', (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  return open;
}

function box(page: Page) {
  return page.getByRole('combobox', { name: 'Search or jump to' });
}

function count(page: Page) {
  return page.getByRole('search', { name: 'Find in this note' }).getByRole('status');
}

function lines(page: Page): Promise<string[]> {
  return page.locator('.ProseMirror > *').allInnerTexts();
}
