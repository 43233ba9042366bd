import { mkdir, readFile, rm } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { makeBackup, restoreBackup } from '#server/backup/backup.ts';
import { beginNewEpochs } from '#server/store/sqlite/copy.ts';
import { startMiddleman } from '../support/middleman.ts';
import type { RunningServer } from '../support/start-server.ts';
import {
  ROOM,
  HUNDRED_LINES,
  enter,
  keptForOffline,
  note,
  noteText,
  pasteHtml,
  peopleHere,
  saved,
  unsentKept,
} from './in-the-room.ts';
import { NO_NETWORK, expect, test } from './journey.ts';

test('CL1 SY2 ST6: the server is killed while two people type and comes back: every token is there once', async ({
  people,
  server,
  problems,
}) => {
  problems.allow(NO_NETWORK);
  const [ada, bob] = await people(2);
  await enter(ada, 'Ada');
  await enter(bob, 'Bob');
  for (const [page, name] of [
    [ada, 'a'],
    [bob, 'b'],
  ] as const) {
    await note(page).locator('p').last().click();
    await page.keyboard.type(`⟨${name}0⟩`);
    // Who clicks while half a token has come goes on between its halves.
    for (const each of [ada, bob]) await expect.poll(() => noteText(each)).toContain(`⟨${name}0⟩`);
  }
  await Promise.all([typeTokens(ada, 'a', 1, 20), typeTokens(bob, 'b', 1, 20), server.kill9()]);
  await Promise.all([typeTokens(ada, 'a', 20, 30), typeTokens(bob, 'b', 20, 30)]);
  await expect(saved(ada)).toHaveAttribute('data-kind', 'not-saved');
  await expect(saved(ada)).toContainText('kept in this browser');
  const file = ada.waitForEvent('download');
  await ada.getByRole('button', { name: 'Save as a file' }).click();
  expect((await file).suggestedFilename()).toBe('dev-iommufd-development-not-saved.md');
  expect(await readFile(await (await file).path(), 'utf8')).toContain('⟨a29⟩');
  await server.restart();
  for (const page of [ada, bob]) await expect(saved(page)).toHaveAttribute('data-kind', 'saved', { timeout: 40_000 });
  await expect.poll(async () => (await noteText(ada)) === (await noteText(bob))).toBe(true);
  for (const text of [await noteText(ada), await markdown(server)])
    for (const name of ['a', 'b'])
      for (let i = 0; i < 30; i++) expect(text.split(`⟨${name}${i}⟩`), `${name}${i}`).toHaveLength(2);
});

test('CL2: a browser that keeps nothing for pages is not said to keep the text, and saves it all the same', async ({
  people,
  server,
  problems,
}) => {
  problems.allow(NO_NETWORK);
  const [ada] = await people(1);
  // As in some private windows.
  await ada.addInitScript(() => Object.defineProperty(window, 'indexedDB', { get: () => undefined }));
  await enter(ada, 'Ada');
  await ada.keyboard.type('before');
  await expect(saved(ada)).toHaveAttribute('data-kind', 'saved');
  await server.kill9();
  await ada.keyboard.type(' and after');
  await expect(saved(ada)).toContainText('in this tab only');
  await expect(ada.getByTestId('saved-strip')).toContainText('because this browser keeps no copy: leave it open');
  await server.restart();
  await expect(saved(ada)).toHaveAttribute('data-kind', 'saved', { timeout: 40_000 });
  expect(await markdown(server)).toContain('before and after');
});

test('CL2: the strip that says what is not saved moves nothing of what one writes', async ({
  people,
  server,
  problems,
}) => {
  problems.allow(NO_NETWORK);
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    const [ada] = await people(1, { viewport });
    await enter(ada, 'Ada');
    await pasteHtml(ada, HUNDRED_LINES);
    const line = note(ada).locator('p').last();
    await expect(line).toHaveText('line 99');
    await ada.keyboard.press('Enter');
    await ada.keyboard.type('at the end');
    await expect(saved(ada)).toHaveAttribute('data-kind', 'saved');
    await expect(line).toHaveText('at the end');
    await expect(line).toBeInViewport({ ratio: 1 });
    const top = () => line.evaluate((element) => Math.round(element.getBoundingClientRect().top));
    const before = await top();
    await server.kill9();
    await ada.keyboard.type(' of it');
    await expect(ada.getByTestId('saved-strip')).toBeVisible();
    await expect.poll(top).toBe(before);
    await server.restart();
    await expect(ada.getByTestId('saved-strip')).toHaveCount(0, { timeout: 40_000 });
    await expect.poll(top).toBe(before);
  }
});

test('HT1 HT2: where no WebSocket gets through, writing goes by plain requests, and the state says so', async ({
  people,
  server,
  problems,
}) => {
  problems.allow(NO_NETWORK);
  const man = await startMiddleman(Number(new URL(server.url).port));
  try {
    const [ada] = await people(1, { baseURL: `http://127.0.0.1:${man.port}` });
    const [bob] = await people(1);
    await enter(bob, 'Bob');
    await enter(ada, 'Ada');
    await expect(saved(ada)).toContainText('by plain requests', { timeout: 30_000 });
    await ada.keyboard.type('from a strict network');
    await expect(note(bob)).toContainText('from a strict network');
    await bob.keyboard.type('and back');
    await expect(note(ada)).toContainText('and back');
    await expect(peopleHere(bob)).toContainText('Ada');
    await expect(saved(ada)).toContainText('by plain requests');
    expect(man.upgradesRefused).toBeGreaterThan(0);
  } finally {
    await man.close();
  }
});

test('BU3 CL6: a note set back to a backup takes nothing from an open page, which offers what was saved since', async ({
  people,
  server,
  problems,
}) => {
  problems.allow(NO_NETWORK);
  const [ada] = await people(1, { permissions: ['clipboard-read', 'clipboard-write'] });
  await enter(ada, 'Ada');
  await ada.keyboard.type('before the backup');
  await expect(saved(ada)).toHaveAttribute('data-kind', 'saved');
  const backup = `${server.dataDir}-backup`;
  await makeBackup(server.dataDir, backup);
  await ada.keyboard.type(', after it');
  await expect(saved(ada)).toHaveAttribute('data-kind', 'saved');
  await server.kill9();
  await rm(server.dataDir, { recursive: true });
  await mkdir(server.dataDir);
  await restoreBackup(backup, server.dataDir, beginNewEpochs);
  await rm(backup, { recursive: true });
  await server.restart();
  await expect(saved(ada)).toHaveAttribute('data-kind', 'refused', { timeout: 40_000 });
  await ada.getByRole('button', { name: 'Reload' }).click();
  await expect(note(ada)).toContainText('before the backup');
  await expect(saved(ada)).toHaveAttribute('data-kind', 'saved');
  await expect(note(ada)).not.toContainText('after it');
  const strip = ada.getByRole('region', { name: 'Text of an earlier visit' });
  await expect(strip).toContainText('some of it is no longer part of the note');
  await strip.getByRole('button', { name: 'Copy that text' }).click();
  await expect.poll(() => ada.evaluate(() => navigator.clipboard.readText())).toContain('before the backup, after it');
  await strip.getByRole('button', { name: 'Drop it' }).click();
  await expect(strip).toBeHidden();
});

test('CL3 CL5 CL7: a reload without a network asks first, keeps the text, writing goes on, and all of it is saved later', async ({
  people,
  server,
  problems,
}) => {
  problems.allow(NO_NETWORK);
  const [page] = await people(1);
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  await enter(page, 'Ada');
  await keptForOffline(page, 'Ada');
  await page.context().setOffline(true);
  await note(page).locator('p').last().click();
  await page.keyboard.type('before the reload, ');
  await expect(saved(page)).toContainText('Not saved');
  await expect.poll(() => unsentKept(page)).toBe('before the reload, '.length);
  await page.reload();
  expect(asked).toEqual(['beforeunload']);
  await expect(note(page)).toContainText('before the reload, ');
  await note(page).locator('p').last().click();
  await page.keyboard.press('End');
  await page.keyboard.type('after it');
  await page.context().setOffline(false);
  await expect(saved(page)).toHaveAttribute('data-kind', 'saved', { timeout: 40_000 });
  await expect.poll(() => markdown(server)).toContain('before the reload, after it');
});

test('ED1: the editor takes the place of the rendered note without moving a line', async ({ people }) => {
  const [writer, reader] = await people(2);
  await enter(writer, 'Ada');
  const lines = [
    '## Where we are',
    'Text with `code`',
    '- one',
    'two',
    '',
    '',
    '> quoted',
    '',
    '',
    '1. first',
    '',
    '',
    'last',
  ];
  for (const line of lines) {
    await writer.keyboard.type(line);
    await writer.keyboard.press('Enter');
  }
  await expect(saved(writer)).toHaveAttribute('data-kind', 'saved');
  await name(reader, 'Bob');
  let release = (): void => undefined;
  const held = new Promise<void>((go) => (release = go));
  await reader.routeWebSocket(/\/sync\//, async (socket) => {
    await held;
    socket.connectToServer();
  });
  await reader.goto(ROOM);
  await reader.evaluate(() => document.fonts.ready);
  const before = await places(reader);
  expect(before.length).toBeGreaterThan(8);
  release();
  await expect(note(reader)).toBeVisible();
  await expect.poll(() => places(reader)).toEqual(before);
});

test('ED3: Tab indents in a list, Escape and Tab leave the note', async ({ people }) => {
  const [page] = await people(1);
  await enter(page, 'Ada');
  await page.keyboard.type('- one');
  await page.keyboard.press('Enter');
  await page.keyboard.type('two');
  await page.keyboard.press('Tab');
  await expect(note(page).locator('li li')).toHaveText('two');
  await page.keyboard.press('Shift+Tab');
  await expect(note(page).locator('li li')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(note(page)).not.toBeFocused();
});

test('ED2: undo takes back what this person wrote and nothing of the others, and redo brings it again', async ({
  people,
}) => {
  const [ada, bob] = await people(2);
  await enter(ada, 'Ada');
  await enter(bob, 'Bob');
  await note(ada).locator('p').last().click();
  await ada.keyboard.type('⟨ada⟩');
  await expect(note(bob)).toContainText('⟨ada⟩');
  await note(bob).locator('p').last().click();
  await bob.keyboard.press('End');
  await bob.keyboard.type('⟨bob⟩');
  await expect(note(ada)).toContainText('⟨bob⟩');
  await ada.keyboard.press('Control+z');
  for (const page of [ada, bob]) await expect(note(page)).not.toContainText('⟨ada⟩');
  expect(await noteText(ada)).toContain('⟨bob⟩');
  expect(await noteText(bob)).toContain('⟨bob⟩');
  await ada.keyboard.press('Control+Shift+z');
  for (const page of [ada, bob]) await expect(note(page)).toContainText('⟨ada⟩');
});

test('ED2 ED4: what is pasted brings no style and no link outside the allow-list', async ({ people }) => {
  const [page] = await people(1);
  await enter(page, 'Ada');
  await pasteHtml(
    page,
    '<style>p { color: red }</style><p style="color: red">styled <a href="javascript:alert(1)">bad</a> ' +
      '<a href="https://good.example/" style="color: red" onclick="alert(2)">good</a></p>',
  );
  await expect(note(page)).toContainText('styled bad good');
  await expect(note(page).locator('a')).toHaveCount(1);
  await expect(note(page).locator('a')).toHaveAttribute('href', 'https://good.example/');
  await expect(note(page).locator('[style*="red"], [onclick]')).toHaveCount(0);
});

async function typeTokens(page: Page, who: string, from: number, to: number): Promise<void> {
  for (let i = from; i < to; i++) await page.keyboard.type(`⟨${who}${i}⟩`);
}

/** Where every block of the note stands. */
function places(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('.note-text :is(h1, h2, h3, p, li, ul, ol, blockquote, pre)')].map((block) => {
      const { x, y, width, height } = block.getBoundingClientRect();
      return `${block.tagName} ${[x, y, width, height].map((value) => Math.round(value * 10) / 10).join(' ')}`;
    }),
  );
}

async function name(page: Page, given: string): Promise<void> {
  await page.goto('/');
  await page.evaluate(
    (body) => fetch('/api/me', { method: 'PUT', headers: { 'content-type': 'application/json' }, body }),
    JSON.stringify({ name: given }),
  );
}

async function markdown(server: RunningServer): Promise<string> {
  return (await fetch(`${server.url}${ROOM}.md`)).text();
}
