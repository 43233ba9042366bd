import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { violations } from './axe.ts';
import { enter, note, peopleHere, saved, write, pasteText } from './in-the-room.ts';
import { NO_NETWORK, expect, test } from './journey.ts';

const outcomes = (page: Page) => note(page).locator('section[data-outcome]');

test('OU2: marked by typing and by key; owner, due and state by keys alone; another sees it numbered', async ({
  people,
}) => {
  const [mara, jonas] = await people(2);
  await enter(mara, 'Mara Lindqvist');
  await enter(jonas, 'Jonas Weber');
  await expect(peopleHere(mara)).toContainText('Jonas Weber');
  await write(mara, ['DECISION: one queue', 'post the RFC']);
  await mara.keyboard.press('Control+Alt+a');
  await expect(outcomes(mara)).toHaveCount(2);

  await mara.keyboard.press('Alt+Enter');
  const bar = outcomes(mara).nth(1).getByRole('toolbar');
  await expect(bar.getByRole('button', { name: 'State: Open' })).toBeFocused();
  await mara.keyboard.press('ArrowRight');
  await mara.keyboard.press('Enter');
  await expect(bar.getByLabel('Owner')).toBeFocused();
  await mara.keyboard.type('jw');
  await mara.keyboard.press('Enter');
  await expect(note(mara)).toBeFocused();
  await expect(bar.getByRole('button', { name: 'Owner: Jonas Weber' })).toBeVisible();
  await mara.keyboard.press('Alt+Enter');
  await expect(bar.getByRole('button', { name: 'State: Open' })).toBeFocused();
  await mara.keyboard.press('ArrowRight');
  await mara.keyboard.press('ArrowRight');
  await mara.keyboard.press('Enter');
  await expect(bar.getByLabel('Due')).toBeFocused();
  await mara.keyboard.type('before v6.20');
  await mara.keyboard.press('Enter');
  await expect(note(mara)).toBeFocused();
  await mara.keyboard.press('Control+Enter');

  const seen = outcomes(jonas).nth(1);
  await expect(seen).toHaveAttribute('data-owners', 'Jonas Weber');
  await expect(seen).toHaveAttribute('data-due', 'before v6.20');
  await expect(seen).toHaveAttribute('data-state', 'done');
  await expect(seen.locator('.outcome-text')).toContainText('post the RFC');
  await expect(seen.locator('.outcome-short')).toHaveText(/^[A-Z]+23-A2$/);
  await expect(outcomes(jonas).first().locator('.outcome-short')).toHaveText(/^[A-Z]+23-D1$/);
});

test('OU2: notes of a session pasted into a room are exactly their outcomes, and a reader sees them alike', async ({
  people,
}) => {
  const [mara, reader] = await people(2);
  await enter(mara, 'Mara Lindqvist');
  const text = readFileSync(new URL('../fixtures/notes/iommufd.md', import.meta.url), 'utf8');
  await pasteText(mara, text);
  await expect(outcomes(mara)).toHaveCount(12);
  const kinds = () =>
    outcomes(mara).evaluateAll((all) => all.map((each) => each.getAttribute('data-outcome')).join(' '));
  await expect.poll(kinds).toBe(`${'decision '.repeat(3)}question gap question${' action'.repeat(6)}`);
  await expect(saved(mara)).toHaveAttribute('data-kind', 'saved');
  await expect(note(mara).locator('.outcome-short', { hasText: 'new' })).toHaveCount(0);
  expect(await violations(mara)).toEqual([]);

  await reader.goto(mara.url());
  await expect(reader.locator('.note-text section[data-outcome]')).toHaveCount(12);
});

test('OU4: on a phone owner, due and state are set by touch, on targets of 24 pixels and more', async ({ people }) => {
  const [mara] = await people(1, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await enter(mara, 'Mara Lindqvist');
  await write(mara, ['AI: post it']);
  const bar = outcomes(mara).getByRole('toolbar');
  for (const button of await bar.getByRole('button').all())
    await expect.poll(async () => (await button.boundingBox())?.height).toBeGreaterThanOrEqual(24);
  await bar.getByRole('button', { name: /^Owner/ }).tap();
  await mara.getByRole('option', { name: 'Mara Lindqvist' }).tap();
  await expect(outcomes(mara)).toHaveAttribute('data-owners', 'Mara Lindqvist');
  await bar.getByRole('button', { name: /^Owner/ }).tap();
  await mara.getByRole('combobox', { name: 'Owner' }).fill('Rae Ito');
  await mara.keyboard.press('Enter');
  await bar.getByRole('button', { name: /^State/ }).tap();
  await mara.getByRole('menuitemcheckbox', { name: 'Blocked' }).tap();
  await expect(outcomes(mara)).toHaveAttribute('data-owners', 'Rae Ito');
  await expect(outcomes(mara)).toHaveAttribute('data-state', 'blocked');
});

test('OU4: owner, due point and state take at most six keys each; people are offered as they are behind @', async ({
  people,
}) => {
  const [mara, jonas] = await people(2);
  await enter(jonas, 'Jonas Weber');
  await enter(mara, 'Mara Lindqvist');
  await expect(peopleHere(mara)).toContainText('Jonas Weber');
  await write(mara, ['AI: post it']);
  const it = outcomes(mara);
  await expect(it).toHaveCount(1);
  const button = (name: RegExp) => it.getByRole('toolbar').getByRole('button', { name });
  const field = mara.getByRole('combobox', { name: 'Owner' });
  const offered = mara.getByRole('listbox', { name: 'People' });
  let keys = 0;
  const press = async (...pressed: string[]): Promise<void> => {
    for (const key of pressed) await mara.keyboard.press(key);
    keys += pressed.length;
  };
  const inSix = (): void => {
    expect(keys).toBeLessThanOrEqual(6);
    keys = 0;
  };

  await press('Alt+Enter', 'ArrowRight', 'Enter');
  await expect(field).toBeFocused();
  await expect(offered.getByRole('option')).not.toHaveCount(1);
  await press('j', 'w');
  await expect(offered.getByRole('option', { selected: true })).toHaveText('Jonas Weber');
  await press('Enter');
  await expect(it).toHaveAttribute('data-owners', 'Jonas Weber');
  await expect(note(mara)).toBeFocused();
  inSix();

  await press('Alt+Enter', 'ArrowRight', 'ArrowRight', 'Enter');
  await expect(mara.getByRole('textbox', { name: 'Due' })).toBeFocused();
  await mara.keyboard.type('before v6.20');
  await press('Enter');
  await expect(it).toHaveAttribute('data-due', 'before v6.20');
  inSix();

  await press('Alt+Enter', 'Enter');
  await expect(mara.getByRole('menuitemcheckbox', { name: 'Open' })).toBeFocused();
  await press('b');
  await expect(mara.getByRole('menuitemcheckbox', { name: 'Blocked' })).toBeFocused();
  await press('Enter');
  await expect(it).toHaveAttribute('data-state', 'blocked');
  await expect(note(mara)).toBeFocused();
  inSix();

  // A second one behind a comma, by @ and arrows; any other name is taken as it is; Escape leaves what was there.
  await press('Alt+Enter', 'ArrowRight', 'Enter');
  await expect(field).toBeFocused();
  await mara.keyboard.type('Rae Ito, @');
  await expect(offered.getByRole('option', { name: 'Mara Lindqvist' })).toBeVisible();
  await mara.keyboard.type('mara');
  await expect(offered.getByRole('option', { selected: true })).toHaveText('Mara Lindqvist');
  await press('Enter');
  await expect(it).toHaveAttribute('data-owners', 'Rae Ito; Mara Lindqvist');
  await expect(button(/^Owner/)).toHaveText('Rae Ito, Mara Lindqvist');
  await expect(note(mara)).toBeFocused();
  await press('Alt+Enter', 'ArrowRight', 'Enter');
  await expect(field).toBeFocused();
  await mara.keyboard.type('jon');
  await press('Escape');
  await expect(field).toHaveCount(0);
  await expect(it).toHaveAttribute('data-owners', 'Rae Ito; Mara Lindqvist');
});

test('OU6: two who mark lines while one is offline keep both', async ({ people, problems }) => {
  problems.allow(NO_NETWORK);
  const [mara, jonas] = await people(2);
  await enter(mara, 'Mara Lindqvist');
  await write(mara, ['one', 'two']);
  await enter(jonas, 'Jonas Weber');
  await expect(note(jonas)).toContainText('two');
  await mara.context().setOffline(true);
  await note(mara).getByText('one', { exact: true }).click();
  await mara.keyboard.press('Control+Alt+d');
  // Her caret stands in it, and its name is text too.
  await note(jonas).locator('p', { hasText: 'two' }).click();
  await jonas.keyboard.press('Control+Alt+q');
  await expect(outcomes(jonas)).toHaveCount(1);
  await mara.context().setOffline(false);
  await expect(outcomes(mara)).toHaveCount(2);
  await expect(outcomes(jonas)).toHaveCount(2);
  await expect(outcomes(jonas).locator('.outcome-text')).toContainText(['one', 'two']);
});
