import type { Page } from '@playwright/test';
import { startBuildProxy } from '../support/new-build.ts';
import { violations } from './axe.ts';
import type { RunningServer } from '../support/start-server.ts';
import { AGENDA, ROOM, enter, keptForOffline, note, noteText, peopleHere, saved, unsentKept } from './in-the-room.ts';
import { NO_NETWORK, expect, test } from './journey.ts';

const asOf = (page: Page) => page.getByText('This page is as of');

test('CL7 CL8: an event that was visited opens without a network, says as of when, and what is not on this device', async ({
  people,
  server,
  problems,
}) => {
  problems.allow(NO_NETWORK);
  problems.allow(/status of 503/);
  const [ada] = await people(1);
  ada.on('dialog', (dialog) => void dialog.accept());
  await enter(ada, 'Ada');
  await ada.keyboard.type('written before');
  await expect(saved(ada)).toHaveAttribute('data-kind', 'saved');
  await keptForOffline(ada, 'Ada');
  for (const path of [AGENDA, `${AGENDA}/outcomes`]) {
    await ada.goto(path);
    await keptHere(ada, path);
  }
  await ada.goto(AGENDA);
  await expect(asOf(ada)).toHaveCount(0);

  // The browser has a network, and no server is behind it.
  await server.kill9();
  await ada.locator(`a[href="${ROOM}"]`).first().click();
  await expect(note(ada)).toContainText('written before');
  await server.restart();
  await expect(saved(ada)).toHaveAttribute('data-kind', 'saved', { timeout: 40_000 });

  await ada.context().setOffline(true);
  await note(ada).locator('p').last().click();
  await ada.keyboard.press('End');
  await ada.keyboard.type(', and without a network');
  await expect(saved(ada)).toContainText('kept in this browser');
  await ada.locator(`a.up[href="${AGENDA}"]`).click();
  await expect(asOf(ada)).toBeVisible();
  await expect(ada.getByText('You are offline.')).toBeVisible();
  await ada.getByRole('navigation', { name: 'Event' }).getByRole('link', { name: 'Outcomes' }).click();
  await expect(asOf(ada)).toBeVisible();
  await expect(ada.getByText('Not live: no connection to the server')).toBeVisible();
  await ada.goto(`${AGENDA}/people/bjorn-helgaas`);
  await expect(ada.getByRole('heading', { name: 'This page is not on this device' })).toBeVisible();
  expect(await violations(ada)).toEqual([]);
  await ada.locator(`a[href="${ROOM}"]`).click();
  await expect(note(ada)).toContainText('written before, and without a network');
  await ada.goBack();

  await ada.context().setOffline(false);
  await ada.getByRole('link', { name: 'Try again' }).click();
  await expect(ada.getByRole('heading', { name: 'Bjorn Helgaas' })).toBeVisible();
  await ada.goto(ROOM);
  await expect(saved(ada)).toHaveAttribute('data-kind', 'saved');
  expect(await markdown(server)).toContain('written before, and without a network');
});

test('CL8: a page that was kept becomes current by itself when the server is back', async ({ people, problems }) => {
  problems.allow(NO_NETWORK);
  const [ada] = await people(1);
  await ada.goto(AGENDA);
  await keptHere(ada, AGENDA);
  await ada.context().setOffline(true);
  await ada.reload();
  await expect(asOf(ada)).toBeVisible();
  await expect(ada.getByText('You are offline.')).toBeVisible();
  expect(await violations(ada)).toEqual([]);
  await ada.context().setOffline(false);
  await expect(asOf(ada)).toHaveCount(0);
  await expect(ada.getByText('You are offline.')).toHaveCount(0);
});

test('CL10: rooms of a visited event that were never opened are read without a network, and written in when it is back', async ({
  people,
  server,
  problems,
}) => {
  problems.allow(NO_NETWORK);
  problems.allow(/status of 503/);
  const [ada, bob] = await people(2);
  await enter(bob, 'Bob');
  await bob.keyboard.type('said while Ada was elsewhere');
  await expect(saved(bob)).toHaveAttribute('data-kind', 'saved');
  await ada.goto(AGENDA);
  await keptToRead(ada, ROOM, 'said while Ada was elsewhere');

  await ada.context().setOffline(true);
  await ada.locator(`a[href="${ROOM}"]`).first().click();
  await expect(ada.getByText('said while Ada was elsewhere')).toBeVisible();
  await expect(neverOpened(ada)).toBeVisible();
  await expect(ada.getByText('No connection to the server.')).toHaveCount(1);
  await expect(ada.getByRole('textbox', { name: 'Your name' })).toHaveCount(0);
  expect(await violations(ada)).toEqual([]);
  await ada.reload();
  await expect(neverOpened(ada)).toBeVisible();

  await ada.context().setOffline(false);
  await expect(neverOpened(ada)).toHaveCount(0, { timeout: 20_000 });
  await enter(ada, 'Ada');
  await ada.keyboard.type(', and Ada is back');
  await expect(saved(ada)).toHaveAttribute('data-kind', 'saved');
  expect(await markdown(server)).toContain('said while Ada was elsewhere, and Ada is back');
});

test('CL10: what an event no longer has goes, and what changed since is fetched again', async ({ people }) => {
  const [ada] = await people(1);
  await ada.goto('/');
  await ada.evaluate(
    async ([gone, changed]) => {
      await navigator.serviceWorker.ready;
      const opened = (await caches.keys()).find((name) => name.startsWith('plumbline '));
      const cache = await caches.open(`visited ${opened}`);
      for (const path of [gone, changed])
        await cache.put(path, new Response('as it was', { headers: { 'x-plumbline-version': 'before' } }));
    },
    [`${AGENDA}/gone`, ROOM] as const,
  );
  await ada.goto(AGENDA);
  await keptToRead(ada, ROOM, 'Plumbline');
  expect(await ada.evaluate(async (gone) => Boolean(await caches.match(gone)), `${AGENDA}/gone`)).toBe(false);
});

test('CL10: who saves data has only what was opened, and the rest once they save no more', async ({ people }) => {
  const [ada] = await people(1);
  const asked: string[] = [];
  ada.context().on('request', (request) => asked.push(new URL(request.url()).pathname));
  await ada.goto('/');
  await saveData(ada, true);
  await ada.goto(AGENDA);
  await keptHere(ada, AGENDA);
  // A visit would not come again within a minute: the one below shows that this was none.
  await saveData(ada, false);
  await ada.goto(AGENDA);
  await keptToRead(ada, ROOM, 'Plumbline');
  expect(asked.filter((path) => path === `/api/events${AGENDA}/pages`)).toHaveLength(1);
});

test('CL7: a new build strands no unsent text: the page of the one before opens without a network, and the new one sends it', async ({
  people,
  server,
  problems,
}) => {
  problems.allow(NO_NETWORK);
  problems.allow(/status of (404|503)/);
  const proxy = await startBuildProxy(server.url);
  try {
    const [ada] = await people(1, { baseURL: `http://127.0.0.1:${proxy.port}` });
    ada.on('dialog', (dialog) => void dialog.accept());
    await enter(ada, 'Ada');
    await expect(saved(ada)).toHaveAttribute('data-kind', 'saved');
    await keptForOffline(ada, 'Ada');
    proxy.notes = false;
    await ada.keyboard.type('not sent yet');
    await expect.poll(() => unsentKept(ada)).toBe('not sent yet'.length);
    proxy.upgrade();
    await newWorkerIsHere(ada);
    await ada.context().setOffline(true);
    await ada.reload();
    await expect(note(ada)).toContainText('not sent yet');
    await ada.context().setOffline(false);
    proxy.notes = true;
    await ada.reload();
    await expect(ada.locator('link[href*="/next/"]').first()).toBeAttached();
    await expect(saved(ada)).toHaveAttribute('data-kind', 'saved');
    expect((await markdown(server)).split('not sent yet')).toHaveLength(2);
  } finally {
    await proxy.close();
  }
});

test('CL9: several tabs of one browser are one person; all go on without a network, one is opened anew, and all is merged once', async ({
  people,
  server,
  problems,
}) => {
  problems.allow(NO_NETWORK);
  const [ada, bob] = await people(2);
  await enter(ada, 'Ada');
  await keptForOffline(ada, 'Ada');
  const tab = await openTab(ada);
  await enter(bob, 'Bob');
  await expect(peopleHere(bob).getByRole('listitem')).toHaveCount(2);
  await expect(peopleHere(bob).getByText('Ada')).toHaveCount(1);
  await ada.context().setOffline(true);
  await write(ada, '⟨first tab⟩');
  await write(tab, '⟨second tab⟩');
  await expect.poll(() => unsentKept(ada)).toBe('⟨first tab⟩'.length + '⟨second tab⟩'.length);
  await tab.close();
  const again = await openTab(ada);
  for (const word of ['⟨first tab⟩', '⟨second tab⟩']) await expect(note(again)).toContainText(word);
  await write(again, '⟨third tab⟩');
  await ada.context().setOffline(false);
  for (const page of [ada, again]) await expect(saved(page)).toHaveAttribute('data-kind', 'saved', { timeout: 40_000 });
  for (const page of [ada, again, bob])
    for (const word of ['⟨first tab⟩', '⟨second tab⟩', '⟨third tab⟩'])
      await expect.poll(async () => (await noteText(page)).split(word).length, word).toBe(2);
  expect(await noteText(again)).toBe(await noteText(bob));
  expect(await noteText(ada)).toBe(await noteText(bob));
  const kept = await markdown(server);
  for (const word of ['⟨first tab⟩', '⟨second tab⟩', '⟨third tab⟩']) expect(kept.split(word)).toHaveLength(2);
  await expect(peopleHere(bob).getByRole('listitem')).toHaveCount(2);
});

async function openTab(page: Page): Promise<Page> {
  const tab = await page.context().newPage();
  await tab.goto(ROOM);
  await expect(note(tab)).toBeVisible();
  return tab;
}

async function write(page: Page, words: string): Promise<void> {
  await page.bringToFront();
  await note(page).locator('p').last().click();
  await page.keyboard.press('End');
  await page.keyboard.type(words);
}

const neverOpened = (page: Page) => page.getByText('It was not opened in this browser before');

/** Until the page is kept to be opened without a network. */
function keptHere(page: Page, path: string): Promise<void> {
  return keptIn(page, 'plumbline ', path, '');
}

/** Until the page is kept to be read without a network, with these words in it. */
function keptToRead(page: Page, path: string, words: string): Promise<void> {
  return keptIn(page, 'visited ', path, words);
}

function keptIn(page: Page, cache: string, path: string, words: string): Promise<void> {
  return page.evaluate(
    async ([cache, path, words]) => {
      const isKept = async (): Promise<boolean> => {
        const cacheName = (await caches.keys()).find((name) => name.startsWith(cache));
        const kept = cacheName === undefined ? undefined : await caches.match(path, { cacheName });
        return (await kept?.text())?.includes(words) ?? false;
      };
      while (!(await isKept())) await new Promise((next) => requestAnimationFrame(next));
    },
    [cache, path, words] as const,
  );
}

/** The switch of the browser's settings, as the worker of the app sees it. */
async function saveData(page: Page, on: boolean): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready);
  const [worker] = page.context().serviceWorkers();
  await worker?.evaluate((on) => {
    const { connection } = navigator as Navigator & { connection?: object };
    if (connection) Object.defineProperty(connection, 'saveData', { configurable: true, get: () => on });
  }, on);
}

/** What a browser does by itself when one comes to a page, or each day. */
function newWorkerIsHere(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const before = registration.active;
    await registration.update();
    while (registration.active === before || registration.active?.state !== 'activated')
      await new Promise((next) => requestAnimationFrame(next));
  });
}

async function markdown(server: RunningServer): Promise<string> {
  return (await fetch(`${server.url}${ROOM}.md`)).text();
}
