import type { Page } from '@playwright/test';
import type { RunningServer } from '../support/start-server.ts';
import { violations } from './axe.ts';
import { enter, nameField, note, noteText, overhang, peopleHere, saved } from './in-the-room.ts';
import { NO_NETWORK, expect, test } from './journey.ts';

test('ED2 CL2: two write in one note at once; text, carets, people and saved state agree', async ({
  people,
  server,
}) => {
  const { path } = await talk(server);
  const [mara, jonas] = await people(2);
  await enter(mara, 'Mara Lindqvist', path);
  await mara.keyboard.type('First line of Mara');
  await expect(saved(mara)).toHaveAttribute('data-kind', 'saved');
  // Who starts to write stands at the end of what is there.
  await enter(jonas, 'Jonas Weber', path);
  await jonas.keyboard.press('Enter');
  await Promise.all([
    mara.keyboard.type(' and what Mara adds meanwhile'),
    jonas.keyboard.type('Second line, written by Jonas'),
  ]);
  for (const page of [mara, jonas]) {
    await expect(note(page)).toContainText('First line of Mara and what Mara adds meanwhile');
    await expect(note(page)).toContainText('Second line, written by Jonas');
    await expect(saved(page)).toHaveAttribute('data-kind', 'saved');
    await expect(peopleHere(page)).toContainText('Mara Lindqvist');
    await expect(peopleHere(page)).toContainText('Jonas Weber');
  }
  await expect.poll(async () => (await noteText(mara)) === (await noteText(jonas))).toBe(true);
  await mara.bringToFront();
  await expect(mara.locator('.caret-name')).toHaveText('Jonas');
  await mara.reload();
  await expect(note(mara)).toContainText('Second line, written by Jonas');
});

test('MA1 MA3 MA4: materials appear for the other, keep their order, and come back after Undo', async ({
  people,
  server,
}) => {
  const { path } = await talk(server);
  const [mara, jonas] = await people(2);
  await enter(mara, 'Mara Lindqvist', path);
  await jonas.goto(path);
  const before = await titles(jonas);
  await mara.getByText('Add slides or a link').click();
  await add(mara, 'recording', 'Talk on video', 'https://video.example/1');
  await expect(materials(jonas).getByRole('link', { name: 'Talk on video' })).toBeVisible();
  await expect(materials(jonas)).toContainText('Recording, added by Mara Lindqvist');
  await add(mara, 'patches', 'Series v7', 'https://lore.example/v7');
  await expect.poll(() => titles(jonas)).toEqual([...before, 'Talk on video', 'Series v7']);

  await mara.getByRole('button', { name: 'Move up: Series v7' }).focus();
  await mara.keyboard.press('Enter');
  const moved = [...before, 'Series v7', 'Talk on video'];
  await expect.poll(() => titles(jonas)).toEqual(moved);
  await expect(mara.getByRole('button', { name: 'Move up: Series v7' })).toBeFocused();

  await mara.getByRole('button', { name: 'Remove Series v7' }).click();
  await expect.poll(() => titles(jonas)).toEqual([...before, 'Talk on video']);
  await mara.locator('.toast').getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => titles(jonas)).toEqual(moved);
  await expect(materials(jonas)).toContainText('Patches, added by Mara Lindqvist');
  await jonas.reload();
  await expect.poll(() => titles(jonas)).toEqual(moved);
});

test('MA1: what is typed of the next material while the last one is on its way stays', async ({ people, server }) => {
  const { path } = await talk(server);
  const [mara] = await people(1);
  await enter(mara, 'Mara Lindqvist', path);
  let release = (): void => undefined;
  const held = new Promise<void>((go) => (release = go));
  await mara.route('**/materials', async (route) => {
    await held;
    await route.continue();
  });
  await mara.getByText('Add slides or a link').click();
  await add(mara, 'slides', 'First', 'https://slides.example/1');
  await mara.getByLabel('Title').fill('Second');
  await mara.getByLabel('Address').focus();
  release();
  await expect(materials(mara).getByRole('link', { name: 'First' })).toBeVisible();
  await expect(mara.getByRole('button', { name: 'Add', exact: true })).toBeEnabled();
  await expect(mara.getByLabel('Title')).toHaveValue('Second');
  await expect(mara.getByLabel('Address')).toBeFocused();
  await expect(mara.getByLabel('Address')).toHaveValue('');
});

test('MA4: what others added while the connection was gone is there when it is back', async ({
  people,
  server,
  problems,
}) => {
  problems.allow(NO_NETWORK);
  const { path } = await talk(server);
  const [mara, jonas] = await people(2);
  await enter(mara, 'Mara Lindqvist', path);
  await enter(jonas, 'Jonas Weber', path);
  await expect(saved(jonas)).toHaveAttribute('data-kind', 'saved');
  await jonas.context().setOffline(true);
  await expect(saved(jonas)).toHaveAttribute('data-kind', 'offline');
  await mara.getByText('Add slides or a link').click();
  await add(mara, 'slides', 'Late slides', 'https://slides.example/');
  await expect(materials(mara).getByRole('link', { name: 'Late slides' })).toBeVisible();
  await jonas.context().setOffline(false);
  await expect(materials(jonas).getByRole('link', { name: 'Late slides' })).toBeVisible({ timeout: 40_000 });
});

test('MA4: an answer that comes late does not take back what a later one told', async ({ people, server }) => {
  const { path } = await talk(server);
  const [mara, jonas] = await people(2);
  await enter(mara, 'Mara Lindqvist', path);
  let release = (): void => undefined;
  const held = new Promise<void>((go) => (release = go));
  let asked = 0;
  await jonas.route('**/facts', async (route) => {
    asked += 1;
    const first = asked === 1;
    const response = await route.fetch();
    if (first) await held;
    await route.fulfill({ response });
  });
  await enter(jonas, 'Jonas Weber', path);
  await mara.getByText('Add slides or a link').click();
  await add(mara, 'slides', 'First', 'https://slides.example/1');
  await expect(materials(mara).getByRole('link', { name: 'First' })).toBeVisible();
  await expect.poll(() => asked).toBe(1);
  await add(mara, 'slides', 'Second', 'https://slides.example/2');
  await expect(materials(jonas).getByRole('link', { name: 'Second' })).toBeVisible();
  const late = jonas.waitForResponse('**/facts');
  release();
  await (await late).finished();
  await jonas.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await expect(materials(jonas).getByRole('link', { name: 'Second' })).toBeVisible();
});

test('MA2: a bad address is named beside its field and nothing typed is lost', async ({ people, server }) => {
  const { path } = await talk(server);
  const [mara] = await people(1);
  await enter(mara, 'Mara Lindqvist', path);
  await mara.getByText('Add slides or a link').click();
  await add(mara, 'link', 'Old page', 'http://old.example/');
  const address = mara.getByLabel('Address');
  await expect(address).toHaveAccessibleDescription(/starts with https:/);
  await expect(address).toBeFocused();
  await expect(mara.getByLabel('Title')).toHaveValue('Old page');
});

test('ID1 ID3: reading needs no name; a listed person’s name is shown as a guest’s, and can be changed', async ({
  people,
  server,
}) => {
  const { path, speaker } = await talk(server);
  const [mara, other] = await people(2);
  await mara.goto(path);
  await expect(note(mara)).toHaveAttribute('contenteditable', 'false');
  await mara.getByRole('button', { name: 'Start writing' }).click();
  await expect(nameField(mara)).toHaveAccessibleDescription(/A name is needed/);
  await enter(mara, speaker, path);
  await expect(peopleHere(mara)).toContainText(`${speaker} (guest)`);
  await other.goto(path);
  await expect(peopleHere(other)).toContainText(`${speaker} (guest)`);
  await mara.reload();
  await expect(note(mara)).toHaveAttribute('contenteditable', 'true');
  await mara.getByText('Change name').click();
  await mara.getByLabel('Name', { exact: true }).fill('Mara Lindqvist');
  await mara.getByRole('button', { name: 'Keep' }).click();
  await expect(peopleHere(other)).toContainText('Mara Lindqvist');
});

test('ID1: who gives a name before the editor is there writes as soon as it is', async ({ people, server }) => {
  const { path } = await talk(server);
  const [mara] = await people(1);
  let release = (): void => undefined;
  const held = new Promise<void>((go) => (release = go));
  await mara.routeWebSocket(/\/sync\//, async (socket) => {
    await held;
    socket.connectToServer();
  });
  await mara.goto(path);
  await nameField(mara).fill('Mara Lindqvist');
  await mara.getByRole('button', { name: 'Start writing' }).click();
  await expect(nameField(mara)).toHaveCount(0);
  await expect(note(mara)).toHaveCount(0);
  release();
  await expect(note(mara)).toBeFocused();
  await mara.keyboard.type('At the end');
  await expect(note(mara).locator('p').last()).toHaveText('At the end');
});

test('PG1 MA1 ID1: without scripts note, materials and both forms work', async ({ people, server, problems }) => {
  problems.allow(/status of 400/);
  const { path } = await talk(server);
  const [mara] = await people(1);
  await enter(mara, 'Mara Lindqvist', path);
  await note(mara).press('Control+End');
  await mara.keyboard.type('Readable by all');
  await expect(saved(mara)).toHaveAttribute('data-kind', 'saved');

  const [plain] = await people(1, { javaScriptEnabled: false });
  await plain.goto(path);
  await expect(plain.getByText('Readable by all')).toBeVisible();
  await expect(plain.locator('meta[property="og:title"]')).toHaveAttribute('content', /, notes/);
  const name = nameField(plain);
  await plain.getByRole('button', { name: 'Start writing' }).click();
  await expect(name).toHaveAccessibleDescription(/A name is needed/);
  await name.fill('Jonas Weber');
  await plain.getByRole('button', { name: 'Start writing' }).click();
  await expect(plain.getByRole('region', { name: 'Your name' })).toContainText('Jonas Weber');

  await plain.getByText('Add slides or a link').click();
  await add(plain, 'link', 'Bad', 'ftp://nowhere.example');
  await expect(plain.getByLabel('Address')).toHaveAccessibleDescription(/starts with https:/);
  await expect(plain.getByLabel('Title')).toHaveValue('Bad');
  await add(plain, 'link', 'Good', 'https://good.example/');
  await expect(materials(plain)).toContainText('Link, added by Jonas Weber');
  const added = await titles(plain);
  await plain.getByRole('button', { name: 'Move up: Good' }).click();
  const moved = [...added.slice(0, -2), ...added.slice(-2).reverse()];
  await expect(links(plain)).toHaveText(moved);
  await plain.getByRole('button', { name: 'Remove Good' }).click();
  await expect(materials(plain).getByRole('link', { name: 'Good' })).toHaveCount(0);
  await plain.getByRole('button', { name: 'Undo' }).click();
  await expect(links(plain)).toHaveText(moved);
});

test('TX1 ED5: the text forms and the outline of a room lead where they say', async ({ people, server }) => {
  const { path } = await talk(server);
  const [mara] = await people(1);
  await enter(mara, 'Mara Lindqvist', path);
  await note(mara).press('Control+End');
  await mara.keyboard.type('## Open questions');
  const entry = mara.getByRole('navigation', { name: 'Outline' }).getByRole('link', { name: 'Open questions' });
  await entry.click();
  await expect(mara).toHaveURL(/#h-open-questions$/);
  await expect(mara.locator('#h-open-questions')).toBeInViewport();
  await expect(saved(mara)).toHaveAttribute('data-kind', 'saved');
  await mara.getByRole('link', { name: 'Plain text' }).click();
  await expect(mara).toHaveURL(/\.txt$/);
  await expect(mara.locator('body')).toContainText('Open questions');
});

test('ED3: F6 leads from note to pane to rail and back', async ({ people, server }) => {
  const { path } = await talk(server);
  const [mara] = await people(1);
  await enter(mara, 'Mara Lindqvist', path);
  await mara.keyboard.press('F6');
  await expect(mara.getByRole('region', { name: 'Beside the note' })).toBeFocused();
  await mara.keyboard.press('F6');
  await expect(mara.getByRole('region', { name: 'Session and outline' })).toBeFocused();
  await mara.keyboard.press('F6');
  await expect(note(mara)).toBeFocused();
});

test('PG6: axe finds nothing in a room, light and dark, wide and on a phone, on each tab', async ({
  people,
  server,
}) => {
  const { path } = await talk(server);
  const [mara, jonas] = await people(2);
  await enter(jonas, 'Jonas Weber', path);
  await note(jonas).press('Control+End');
  await jonas.keyboard.type('Some text');
  await mara.goto(path);
  await expect(note(mara)).toContainText('Some text');
  for (const step of ['unnamed', 'named']) {
    if (step === 'named') await enter(mara, 'Mara Lindqvist', path);
    for (const colorScheme of ['light', 'dark'] as const) {
      await mara.emulateMedia({ colorScheme });
      await mara.setViewportSize({ width: 1440, height: 900 });
      expect(await violations(mara), `${step} ${colorScheme} 1440`).toEqual([]);
      await mara.setViewportSize({ width: 390, height: 844 });
      for (const tab of ['Materials', 'People', 'Note']) {
        await mara.getByRole('navigation', { name: 'Room' }).getByText(tab).click();
        expect(await violations(mara), `${step} ${colorScheme} 390 ${tab}`).toEqual([]);
      }
      await expect.poll(() => overhang(mara), 'no sideways scrolling').toBe(0);
    }
    await mara.setViewportSize({ width: 1440, height: 900 });
  }
});

const materials = (page: Page) => page.getByRole('region', { name: 'Materials' });

async function add(page: Page, kind: string, title: string, url: string): Promise<void> {
  await page.getByLabel('Kind').selectOption(kind);
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('Address').fill(url);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
}

const links = (page: Page) => materials(page).getByRole('listitem').getByRole('link');

const titles = (page: Page): Promise<string[]> => links(page).allInnerTexts();

/** A session of the sample event with a listed speaker. */
async function talk(server: RunningServer): Promise<{ path: string; speaker: string }> {
  const ask = async (path: string): Promise<unknown> => (await fetch(server.url + path)).json();
  const [event] = (await ask('/api/events')) as { slug: string }[];
  const { sessions } = (await ask(`/api/events/${event?.slug}`)) as {
    sessions: { slug: string; people: { name: string }[]; start: string | null }[];
  };
  const found = sessions.find(({ people, start }) => people.length > 0 && start !== null);
  const speaker = found?.people[0]?.name;
  if (!event || !found || speaker === undefined) throw new Error('The sample event has no talk with a speaker.');
  return { path: `/${event.slug}/${found.slug}`, speaker };
}
