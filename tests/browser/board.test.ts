import type { Page } from '@playwright/test';
import { markOutcomes } from '../support/mark-outcomes.ts';
import { outcomeId } from '../support/outcomes.ts';
import type { RunningServer } from '../support/start-server.ts';
import { violations } from './axe.ts';
import { AGENDA, enter, note, overhang, saved, write } from './in-the-room.ts';
import { expect, NO_NETWORK, test } from './journey.ts';

const BOARD = `${AGENDA}/outcomes`;
const EVENT = AGENDA.slice(1);
const [SESSION, OTHER] = ['dev-iommufd-development', 'write-combine-on-non-x86-architectures'];

const rows = (page: Page) => page.getByRole('main').locator('[data-row]');
const pane = (page: Page) => page.getByRole('complementary');
const live = (page: Page) => page.getByText('Live', { exact: true });

/** Three outcomes in one session; D1, A2 and Q3. */
function mark(server: RunningServer): Promise<void> {
  return markOutcomes(server, EVENT, SESSION, [
    { id: outcomeId(1), kind: 'decision', text: 'Fault queue is a separate object with its own fd' },
    { id: outcomeId(2), text: 'Post the RFC to iommu@lists.linux.dev', due: '2023-12-01', owners: 'Jason Gunthorpe' },
    { id: outcomeId(3), kind: 'question', text: 'Who owns the PASID number space?' },
  ]);
}

async function giveName(page: Page, name: string): Promise<void> {
  await pane(page).getByRole('textbox', { name: 'Your name, to change this' }).fill(name);
  await pane(page).getByRole('button', { name: 'Go on' }).click();
  await expect(pane(page).getByLabel('State', { exact: true })).toBeVisible();
}

test('BO3 BO4: what one marks in a note another sees on the board and settles there; the note has it', async ({
  people,
}) => {
  const [mara, jonas] = await people(2);
  await jonas.goto(BOARD);
  await expect(jonas.getByText('No outcomes yet')).toBeVisible();
  await expect(live(jonas)).toBeVisible();
  await enter(mara, 'Mara Lindqvist');
  await write(mara, ['ACTION @mara: post the RFC']);
  await expect(saved(mara)).toHaveAttribute('data-kind', 'saved');
  await expect(rows(jonas).getByRole('link', { name: 'A1, in the note' })).toHaveText('A1');
  await rows(jonas).getByRole('link', { name: 'post the RFC' }).click();
  await giveName(jonas, 'Jonas Weber');
  await rows(jonas).getByRole('button', { name: 'State: Open' }).click();
  await jonas.getByRole('menuitemcheckbox', { name: 'Blocked' }).click();
  await expect(note(mara).locator('section[data-outcome]')).toHaveAttribute('data-state', 'blocked');
  await expect(rows(jonas)).toContainText('Blocked');
  await jonas.getByRole('button', { name: 'Undo' }).click();
  await expect(note(mara).locator('section[data-outcome]')).not.toHaveAttribute('data-state', 'blocked');
  await pane(jonas).getByLabel('Due').fill('before v6.20');
  await pane(jonas).getByLabel('Due').press('Enter');
  await expect(note(mara).locator('section[data-outcome]')).toHaveAttribute('data-due', 'before v6.20');
});

test('BO2: filters stand in the address, back goes back, and what is none is said', async ({ people, server }) => {
  await mark(server);
  const [mara] = await people(1);
  await mara.goto(`${BOARD}?kind=wish`);
  await expect(mara.getByText('The kind must be one of')).toBeVisible();
  await expect(rows(mara)).toHaveCount(3);
  await expect(live(mara)).toBeVisible();
  await mara.getByRole('navigation', { name: 'Kind' }).getByRole('link', { name: 'Questions' }).click();
  await expect(rows(mara)).toHaveCount(1);
  await mara.getByLabel('Group by').selectOption('Kind');
  await expect(mara.getByRole('heading', { name: 'Questions' })).toBeVisible();
  await mara.getByRole('searchbox').fill('rfc');
  await expect(mara.getByText('Nothing fits')).toBeVisible();
  await expect(mara).toHaveURL(`${BOARD}?kind=question&by=kind&q=rfc`);
  await mara.goBack();
  await expect(mara.getByLabel('Group by')).toHaveValue('session');
  await expect(rows(mara)).toHaveCount(1);
  await mara.getByRole('link', { name: '1 question without answer' }).click();
  await expect(mara).toHaveURL(`${BOARD}?lack=answer`);
  await expect(rows(mara)).toContainText('PASID');
  await rows(mara).getByRole('link', { name: 'in the note' }).click();
  await expect(mara).toHaveURL(/#o-[A-Z]+23-Q3$/);
});

test('BO4: by keys alone', async ({ people, server }) => {
  await mark(server);
  const [mara] = await people(1);
  await mara.goto(AGENDA);
  await expect(mara.getByRole('button', { name: 'Search or jump' })).toBeEnabled();
  await mara.keyboard.press('Control+k');
  await mara.keyboard.type('go to the outcomes');
  await expect(mara.getByRole('option', { name: 'Go to the outcomes' })).toBeVisible();
  await mara.keyboard.press('Enter');
  await expect(live(mara)).toBeVisible();
  for (const key of ['j', 'j', 'Enter']) await mara.keyboard.press(key);
  await expect(mara.getByRole('textbox', { name: 'Your name, to change this' })).toBeFocused();
  await mara.keyboard.type('Mara Lindqvist');
  await mara.keyboard.press('Enter');
  await expect(pane(mara).getByLabel('State', { exact: true })).toBeVisible();
  await mara.keyboard.press('Escape');
  await expect(rows(mara).nth(1).getByRole('link', { name: 'Post the RFC' })).toBeFocused();
  await mara.keyboard.press('x');
  await expect(rows(mara).nth(1)).toContainText('Done');
  await mara.keyboard.press('s');
  await expect(mara.getByRole('menuitemcheckbox', { name: 'Open' })).toBeFocused();
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter']) await mara.keyboard.press(key);
  await expect(rows(mara).nth(1)).toContainText('Blocked');
  await mara.keyboard.press('o');
  const owner = pane(mara).getByLabel('Owner');
  await expect(owner).toBeFocused();
  await owner.fill('mw, alex');
  const offered = mara.getByRole('listbox', { name: 'People' });
  await expect(offered.getByRole('option', { selected: true })).toHaveText('Alex Williamson');
  await mara.keyboard.press('Enter');
  await expect(rows(mara).nth(1)).toContainText('Alex Williamson');
  await expect(pane(mara).getByRole('button', { name: 'Set owner' })).toBeEnabled();
  await owner.fill('Bo Nobody');
  await mara.keyboard.press('Enter');
  await expect(rows(mara).nth(1)).toContainText('Bo Nobody');
  await mara.keyboard.press('Escape');
  await mara.keyboard.press('k');
  await expect(rows(mara).nth(0).getByRole('link', { name: 'Fault queue' })).toBeFocused();
});

test('BO1 BO4: without scripts it is read, narrowed and changed', async ({ people, server }) => {
  await mark(server);
  const [mara] = await people(1, { javaScriptEnabled: false });
  await mara.goto(BOARD);
  await expect(rows(mara)).toHaveCount(3);
  await mara.getByRole('combobox', { name: 'State' }).selectOption('Open');
  await mara.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(rows(mara)).toHaveCount(2);
  await rows(mara).getByRole('link', { name: 'Post the RFC' }).click();
  await giveName(mara, 'Mara Lindqvist');
  await pane(mara).getByLabel('State', { exact: true }).selectOption('Done');
  await pane(mara).getByRole('button', { name: 'Set state' }).click();
  await expect(rows(mara)).toHaveCount(1);
  await mara.getByRole('link', { name: 'Without Open' }).click();
  await expect(rows(mara).nth(1)).toContainText('Done');
});

test('BO1: of a long board the first rows are drawn, and the rest without scripts by a link, with them on the way down', async ({
  people,
  server,
}) => {
  const many = Array.from({ length: 170 }, (_, i) => ({ id: outcomeId(i), text: `Outcome number ${i}` }));
  await markOutcomes(server, EVENT, SESSION, many);
  const [reader] = await people(1, { javaScriptEnabled: false });
  const [mara] = await people(1);
  await reader.goto(`${BOARD}?kind=action`);
  await expect(rows(reader)).toHaveCount(150);
  await reader.getByText('150 outcomes of 170 on this page').getByRole('link', { name: 'Show all' }).click();
  await expect(rows(reader)).toHaveCount(170);
  await mara.goto(BOARD);
  await expect(live(mara)).toBeVisible();
  await mara.keyboard.press('End');
  await expect(rows(mara)).toHaveCount(170);
});

test('BO3: says that it is not live, keeps what is typed beside a change by another, and is live again', async ({
  people,
  server,
  problems,
}) => {
  problems.allow(NO_NETWORK);
  await mark(server);
  const [mara, jonas] = await people(2);
  await mara.route('**/outcomes/live?*', (route) => route.abort());
  await mara.goto(`${BOARD}?open=${outcomeId(2)}`);
  await expect(mara.getByText('Not live: asked for every 10 s')).toBeVisible();
  await giveName(mara, 'Mara Lindqvist');
  await mara.unroute('**/outcomes/live?*');
  await expect(live(mara)).toBeVisible();
  await pane(mara).getByLabel('Due').fill('next week');
  await jonas.goto(`${BOARD}?open=${outcomeId(2)}`);
  await expect(live(jonas)).toBeVisible();
  await giveName(jonas, 'Jonas Weber');
  await pane(jonas).getByLabel('Due').fill('never');
  await jonas.keyboard.press('Enter');
  await expect(pane(mara).getByText('Somebody else has set this to “never” meanwhile.')).toBeVisible();
  await expect(pane(mara).getByLabel('Due')).toHaveValue('next week');
  await pane(mara).getByRole('button', { name: 'Set due' }).click();
  await expect(rows(jonas).nth(1)).toContainText('next week');
});

test('BO1 PG6 LK2: nothing for axe to find, at three widths, light and dark', async ({ people, server }) => {
  await mark(server);
  await markOutcomes(server, EVENT, OTHER, [{ id: outcomeId(4), kind: 'gap', text: 'Numbers of the second slide' }]);
  const [mara] = await people(1);
  await mara.goto(`${BOARD}?open=${outcomeId(2)}`);
  await expect(live(mara)).toBeVisible();
  await giveName(mara, 'Mara Lindqvist');
  for (const [width, colorScheme] of [
    [1440, 'light'],
    [1024, 'dark'],
    [390, 'light'],
    [390, 'dark'],
  ] as const) {
    await mara.setViewportSize({ width, height: 844 });
    await mara.emulateMedia({ colorScheme });
    expect(await violations(mara), `${width} ${colorScheme}`).toEqual([]);
    await expect.poll(() => overhang(mara), `${width}`).toBe(0);
  }
});

test('LK2 BO1: on paper the board says of which event and when, with every row and no controls', async ({
  people,
  server,
}) => {
  await mark(server);
  const [mara] = await people(1);
  await mara.goto(`${BOARD}?kind=action`);
  await expect(live(mara)).toBeVisible();
  const event = mara.getByText('VFIO/IOMMU/PCI MC, Linux Plumbers Conference 2023', { exact: true });
  await expect(event).toBeHidden();
  await mara.emulateMedia({ media: 'print' });
  await expect(event).toBeVisible();
  const asOf = mara.getByText('As of');
  await expect(asOf).toBeVisible();
  await expect(asOf).toHaveText(/As of \w+day \d+ \w+ \d{4}, \d\d:\d\d\s+UTC\./);
  await expect(mara.getByText('1 of 3 outcomes:')).toBeVisible();
  await expect(rows(mara)).toContainText('1 Dec 2023');
  await expect(mara.getByRole('searchbox')).toBeHidden();
  await expect(live(mara)).toBeHidden();
});
