import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { roomScripts } from '../support/client-scripts.ts';
import { ROOM, enter, note } from './in-the-room.ts';
import { NO_NETWORK, expect, test } from './journey.ts';

test('WR12: code is coloured by what it looks like, then by the language chosen with keys; tabs and text stay', async ({
  people,
}) => {
  const [mara, jonas] = await people(2);
  await enter(mara, 'Mara Lindqvist');
  await mara.keyboard.type('```');
  await mara.keyboard.press('Enter');
  await mara.keyboard.insertText('static int probe(void)\n{\n\treturn 0;\n}');
  const code = note(mara).locator('pre');
  await expect(code.locator('.code-keyword')).toHaveText(['return']);
  await expect(bar(mara).getByRole('button', { name: 'Language: C' })).toBeVisible();

  await mara.keyboard.press('Alt+Enter');
  await expect(bar(mara).getByRole('button', { name: 'Language: C' })).toBeFocused();
  await mara.keyboard.press('Enter');
  const languages = mara.getByRole('menu', { name: 'Language' });
  await expect(languages.getByRole('menuitemcheckbox').first()).toBeFocused();
  await mara.keyboard.type('Rust');
  await expect(languages.getByRole('menuitemcheckbox', { name: 'Rust' })).toBeFocused();
  await mara.keyboard.press('Enter');
  await expect(bar(mara).getByRole('button', { name: 'Language: Rust' })).toBeVisible();
  await expect(note(mara)).toBeFocused();
  await mara.keyboard.type('!');
  await expect.poll(() => code.textContent()).toBe('static int probe(void)\n{\n\treturn 0;\n}!');

  await enter(jonas, 'Jonas Weber');
  await expect(bar(jonas).getByRole('button', { name: 'Language: Rust' })).toBeVisible();
  await expect(note(jonas).locator('pre .code-keyword')).not.toHaveCount(0);
});

test('WR12: lines of a diff differ by sign and colour; others who type in it leave its colours', async ({ people }) => {
  const [mara, jonas] = await people(2);
  await enter(mara, 'Mara Lindqvist');
  await mara.keyboard.type('```');
  await mara.keyboard.press('Enter');
  await mara.keyboard.insertText('diff --git a/x b/x\n@@ -1 +1 @@\n-old\n+new');
  await expect(note(mara).locator('.code-removed')).toHaveText(['-old']);
  await expect(note(mara).locator('.code-added')).toHaveText(['+new']);
  await enter(jonas, 'Jonas Weber');
  await jonas.keyboard.press('Control+Home');
  await note(mara).evaluate((root) => {
    const seen = { lost: 0 };
    Object.assign(window, { seen });
    new MutationObserver(() => {
      if (root.querySelectorAll('.code-added').length === 0) seen.lost += 1;
    }).observe(root, { childList: true, subtree: true, attributes: true });
  });
  await jonas.keyboard.type('Ten words');
  await expect(note(mara)).toContainText('Ten words');
  expect(await mara.evaluate(() => (Reflect.get(window, 'seen') as { lost: number }).lost)).toBe(0);
});

test('WR12: long code is folded for each reader alone, opened by its button or by the caret', async ({ people }) => {
  const [mara, jonas] = await people(2);
  await enter(mara, 'Mara Lindqvist');
  await mara.keyboard.type('```');
  await mara.keyboard.press('Enter');
  await mara.keyboard.insertText(log(60));
  await mara.keyboard.press('Control+Home');
  await expect(note(mara).getByRole('button', { name: 'Show the first 20 lines' })).toBeVisible();

  // Who begins to write stands at the end of the note, which is in the code.
  await enter(jonas, 'Jonas Weber');
  await expect(note(jonas).getByRole('button', { name: 'Show the first 20 lines' })).toBeVisible();
  await jonas.reload();
  const all = note(jonas).getByRole('button', { name: 'Show all 60 lines' });
  await expect(all).toBeVisible();
  await all.click();
  await expect(note(jonas).getByRole('button', { name: 'Show the first 20 lines' })).toBeVisible();
  await expect(note(mara).getByRole('button', { name: 'Show the first 20 lines' })).toBeVisible();
});

test('WR12: code that the caret is in says how to go on below, by key and by hand', async ({ people }) => {
  const [mara, jonas] = await people(2);
  await enter(mara, 'Mara Lindqvist');
  await mara.keyboard.type('```');
  await mara.keyboard.press('Enter');
  await mara.keyboard.type('make check');
  const below = note(mara).getByRole('button', { name: 'Line below' });
  await expect(below).toHaveText('Line belowCtrl+Enter');
  await enter(jonas, 'Jonas Weber');
  await note(jonas).getByRole('heading').click();
  await expect(note(jonas).getByRole('button', { name: 'Line below' })).toBeHidden();
  await below.click();
  await mara.keyboard.type('After');
  await expect(note(mara).locator('> p').last()).toHaveText('After');
  await expect(below).toBeHidden();
});

test('WR12: where lines of code go on beyond an edge, that edge lies in shade', async ({ people }) => {
  const [mara] = await people(1);
  await enter(mara, 'Mara Lindqvist');
  await mara.keyboard.type('```');
  await mara.keyboard.press('Enter');
  const pre = note(mara).locator('pre');
  /** Whether that end of the lowest line, where no text is, is darker than its middle. */
  const inShade = async (side: 'left' | 'right'): Promise<boolean> => {
    const box = await pre.boundingBox();
    if (!box) throw new Error('no code');
    const light = async (x: number): Promise<number> => {
      const clip = { x, y: box.y + box.height - 9, width: 10, height: 1 };
      const { channels } = await sharp(await mara.screenshot({ clip })).stats();
      return Math.min(...channels.map(({ mean }) => mean));
    };
    const [end, middle] = [side === 'left' ? box.x : box.x + box.width - 10, box.x + box.width / 2];
    // The steps of a gradient are scattered by one.
    return (await light(end)) < (await light(middle)) - 4;
  };
  const shades = async () => ({ left: await inShade('left'), right: await inShade('right') });
  await mara.keyboard.insertText('short');
  await expect.poll(shades).toEqual({ left: false, right: false });
  await mara.keyboard.insertText('long '.repeat(40));
  await pre.evaluate((element) => element.scrollTo({ left: 0 }));
  await expect.poll(shades).toEqual({ left: false, right: true });
  await pre.evaluate((element) => element.scrollTo({ left: element.scrollWidth }));
  await expect.poll(shades).toEqual({ left: true, right: false });
});

test('WR12: code that the caret drew sideways shows its beginnings again when the caret leaves', async ({ people }) => {
  const [mara] = await people(1);
  await enter(mara, 'Mara Lindqvist');
  await mara.keyboard.type('```');
  await mara.keyboard.press('Enter');
  const pre = note(mara).locator('pre');
  await mara.keyboard.insertText('long '.repeat(60));
  const scrolled = () => pre.evaluate((element) => element.scrollLeft);
  await mara.keyboard.press('End');
  await mara.keyboard.type('x');
  await expect.poll(scrolled).toBeGreaterThan(0);
  await mara.keyboard.press('Control+Enter');
  await mara.keyboard.type('After');
  await expect.poll(scrolled).toBe(0);
});

test('WR12: the server shows code where the editor will, folded or not', async ({ people, server }) => {
  const [mara] = await people(1);
  await enter(mara, 'Mara Lindqvist');
  await mara.keyboard.type('```');
  await mara.keyboard.press('Enter');
  await mara.keyboard.insertText(log(60));
  for (const key of ['Control+Enter', '`', '`', '`', 'Enter']) await mara.keyboard.press(key);
  await mara.keyboard.insertText('int short;');
  await mara.keyboard.press('Control+Enter');
  await mara.keyboard.type('The end');
  await expect(mara.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();

  const context = await mara.context().browser()?.newContext({ baseURL: server.url });
  const page = await context?.newPage();
  if (!context || !page) throw new Error('no browser');
  let release = (): void => undefined;
  const held = new Promise<void>((done) => (release = done));
  const writing = roomScripts().note;
  await page.route(
    ({ pathname }) => writing.includes(pathname.slice(1)),
    async (route) => {
      await held;
      await route.continue();
    },
  );
  await page.goto(ROOM, { waitUntil: 'domcontentloaded' });
  const end = page.getByText('The end');
  await expect(end).toBeVisible();
  await page.evaluate(() => document.fonts.ready);
  const before = (await end.boundingBox())?.y;
  release();
  await expect(page.locator('.code-block')).toHaveCount(2);
  await expect(page.getByRole('button', { name: 'Show all 60 lines' })).toBeVisible();
  await expect.poll(async () => (await end.boundingBox())?.y).toBe(before);
  await context.close();
});

test('WR14: a table is made and changed by keys alone', async ({ people }) => {
  const [mara] = await people(1);
  await enter(mara, 'Mara Lindqvist');
  await mara.keyboard.type('| Patch | State |');
  await mara.keyboard.press('Enter');
  await expect
    .poll(() => cells(mara))
    .toEqual([
      ['Patch', 'State'],
      ['', ''],
    ]);
  await expect(note(mara).getByRole('columnheader')).toHaveText(['Patch', 'State']);
  for (const key of ['v7', 'Tab', 'posted', 'Tab', 'v8', 'Shift+Tab', ' today']) await typeOrPress(mara, key);
  await expect
    .poll(() => cells(mara))
    .toEqual([
      ['Patch', 'State'],
      ['v7', 'posted today'],
      ['v8', ''],
    ]);
  await mara.keyboard.press('Shift+Enter');
  await mara.keyboard.type('or later');
  await expect(note(mara).locator('td br:not(.ProseMirror-trailingBreak)')).toHaveCount(1);
  await menu(mara, 'Column right');
  await expect.poll(async () => (await cells(mara)).map((row) => row.length)).toEqual([3, 3, 3]);
  await mara.keyboard.type('Who');
  await menu(mara, 'Row above');
  await mara.keyboard.type('above');
  await expect.poll(async () => (await cells(mara)).map((row) => row[2])).toEqual(['', 'above', 'Who', '']);
  await menu(mara, 'Delete row');
  await menu(mara, 'Delete column');
  await expect.poll(async () => (await cells(mara)).map((row) => row.length)).toEqual([2, 2, 2]);
  await mara.keyboard.press('Control+Enter');
  await mara.keyboard.type('After the table');
  await expect(note(mara).locator('> p').last()).toHaveText('After the table');
});

test('WR14: the caret leaves a table above and below, and Enter goes down', async ({ people }) => {
  const [mara] = await people(1);
  await enter(mara, 'Mara Lindqvist');
  await mara.keyboard.type('| a | b |');
  await mara.keyboard.press('Enter');
  await mara.keyboard.press('ArrowUp');
  await mara.keyboard.press('Enter');
  await mara.keyboard.type('below a');
  await expect
    .poll(() => cells(mara))
    .toEqual([
      ['a', 'b'],
      ['below a', ''],
    ]);
  await mara.keyboard.press('ArrowDown');
  await mara.keyboard.type('under');
  await expect(note(mara).locator('> p').last()).toHaveText('under');
  for (let i = 0; i < 3; i += 1) await mara.keyboard.press('ArrowUp');
  await mara.keyboard.type('!');
  await expect(note(mara).locator('h2')).toContainText('!');
});

test('WR14: what is deleted or typed across cells leaves every row and column', async ({ people }) => {
  const [mara] = await people(1);
  await enter(mara, 'Mara Lindqvist');
  await mara.keyboard.type('| one | two |');
  for (const key of ['Enter', 'three', 'Tab', 'four']) await typeOrPress(mara, key);
  for (let i = 0; i < 6; i += 1) await mara.keyboard.press('Shift+ArrowLeft');
  await mara.keyboard.press('Delete');
  await expect
    .poll(() => cells(mara))
    .toEqual([
      ['one', 'two'],
      ['thre', ''],
    ]);
  await mara.keyboard.press('Tab');
  await mara.keyboard.type('four');
  for (let i = 0; i < 6; i += 1) await mara.keyboard.press('Shift+ArrowLeft');
  await mara.keyboard.type('x');
  await expect
    .poll(() => cells(mara))
    .toEqual([
      ['one', 'two'],
      ['thrx', ''],
    ]);
});

test('WR14: one adds a column while another adds a row: both texts stay, both see the same, and nobody else writes', async ({
  people,
  problems,
}) => {
  problems.allow(NO_NETWORK);
  const [mara, jonas, priya] = await people(3);
  await enter(mara, 'Mara Lindqvist');
  await mara.keyboard.type('| a | b |');
  await mara.keyboard.press('Enter');
  await mara.keyboard.type('c');
  await enter(jonas, 'Jonas Weber');
  await jonas.keyboard.press('Control+End');
  await enter(priya, 'Priya Raman');
  await expect
    .poll(() => cells(priya))
    .toEqual([
      ['a', 'b'],
      ['c', ''],
    ]);
  // The menus are fetched when they first open.
  for (const page of [mara, jonas]) {
    await menu(page, 'Row below');
    await page.keyboard.press('Control+z');
    await expect(note(page).locator('tr')).toHaveCount(2);
  }
  await expect(note(priya).locator('tr')).toHaveCount(2);
  for (const page of [mara, jonas]) await page.context().setOffline(true);
  await menu(mara, 'Column right');
  await mara.keyboard.type('column');
  await menu(jonas, 'Row below');
  await jonas.keyboard.type('row');
  for (const page of [mara, jonas]) await page.context().setOffline(false);
  for (const page of [mara, jonas, priya]) {
    await expect(note(page).locator('table')).toContainText('column');
    await expect(note(page).locator('table')).toContainText('row');
  }
  for (const page of [jonas, priya])
    await expect.poll(async () => (await cells(page)).join('|') === (await cells(mara)).join('|')).toBe(true);
  expect(await Promise.all([mara, jonas, priya].map((page) => hasWritten(page)))).toEqual([true, true, false]);
});

test('WR1: details are written, opened, left and taken away by keys; open is for each reader alone', async ({
  people,
}) => {
  const [mara, jonas] = await people(2);
  await enter(mara, 'Mara Lindqvist');
  await mara.keyboard.type('/details');
  await mara.keyboard.press('Enter');
  for (const key of ['The log', 'Enter', 'inside', 'Enter', 'Enter', 'after']) await typeOrPress(mara, key);
  await expect(note(mara).locator('> p').last()).toHaveText('after');
  await enter(jonas, 'Jonas Weber');
  const inside = note(jonas).getByText('inside');
  await expect(note(jonas).getByText('The log')).toBeVisible();
  await expect(inside).toBeHidden();
  await jonas.keyboard.press('ArrowUp');
  await jonas.keyboard.press('Control+Enter');
  await expect(inside).toBeVisible();
  await jonas.keyboard.press('Control+Enter');
  await expect(inside).toBeHidden();
  await expect(note(mara).getByText('inside')).toBeVisible();
  await jonas.keyboard.press('Enter');
  await expect(inside).toBeVisible();
  await jonas.keyboard.press('Backspace');
  await jonas.keyboard.press('Home');
  await jonas.keyboard.press('Backspace');
  await expect(note(mara).locator('.details-block')).toHaveCount(0);
  await expect(note(jonas).locator('> p')).toHaveText(['The log', 'inside', 'after'].map((words) => new RegExp(words)));
  await expect(note(mara)).toContainText('The log');
});

test('WR1: the kind of a callout is chosen from its menu with keys, of code in it from the menu there', async ({
  people,
}) => {
  const [mara, jonas] = await people(2);
  await enter(mara, 'Mara Lindqvist');
  await mara.keyboard.type('/callout');
  await mara.keyboard.press('Enter');
  await mara.keyboard.type('Mind the lock');
  await mara.keyboard.press('Alt+Enter');
  await expect(note(mara).getByRole('button', { name: 'Kind: Note' })).toBeFocused();
  await mara.keyboard.press('Enter');
  await expect(mara.getByRole('menu', { name: 'Kind' }).getByRole('menuitemcheckbox').first()).toBeFocused();
  await mara.keyboard.type('War');
  await expect(mara.getByRole('menuitemcheckbox', { name: 'Warning' })).toBeFocused();
  await mara.keyboard.press('Enter');
  await expect(note(mara)).toBeFocused();
  await mara.keyboard.type('!');
  await expect(note(mara).locator('[data-callout=warning]')).toContainText('Mind the lock!');

  await mara.keyboard.press('Enter');
  await mara.keyboard.type('```');
  await mara.keyboard.press('Enter');
  await mara.keyboard.type('x = 1');
  await enter(jonas, 'Jonas Weber');
  // By the mouse, and others write meanwhile in the same block.
  await bar(mara)
    .getByRole('button', { name: /^Language/ })
    .click();
  const menu = mara.getByRole('menu', { name: 'Language' });
  await expect(menu).toBeVisible();
  await jonas.keyboard.type('23');
  await expect(note(mara)).toContainText('x = 123');
  await menu.getByRole('menuitemcheckbox', { name: 'Rust' }).click();
  await expect(bar(jonas).getByRole('button', { name: 'Language: Rust' })).toBeVisible();
});

test('WR12 WR14: when others take away the block whose menu is open, the menu goes and the page works on', async ({
  people,
}) => {
  const [mara, jonas] = await people(2);
  await enter(mara, 'Mara Lindqvist');
  await mara.keyboard.type('First');
  await mara.keyboard.press('Enter');
  await mara.keyboard.type('```');
  await mara.keyboard.press('Enter');
  await mara.keyboard.type('x');
  await enter(jonas, 'Jonas Weber');
  await expect(bar(jonas)).toHaveCount(1);
  await mara.keyboard.press('Alt+Enter');
  await mara.keyboard.press('Enter');
  await expect(mara.getByRole('menu', { name: 'Language' })).toBeVisible();
  for (const key of ['Control+a', 'Delete']) await jonas.keyboard.press(key);
  await expect(bar(mara)).toHaveCount(0);
  await expect(mara.getByRole('menu')).toHaveCount(0);
  await expect(note(mara)).toBeFocused();
  await expect(mara.locator('body')).toHaveCSS('pointer-events', 'auto');
  await note(mara).click();
  await mara.keyboard.type('on');
  await expect(note(jonas)).toContainText('on');
});

test('ED2: a note says that it can be written as soon as a name is given', async ({ people }) => {
  const [mara] = await people(1);
  await mara.goto(ROOM);
  await expect(note(mara)).toHaveAttribute('aria-readonly', 'true');
  await enter(mara, 'Mara Lindqvist');
  await expect(note(mara)).toHaveAttribute('aria-readonly', 'false');
});

const bar = (page: Page) => note(page).getByRole('toolbar', { name: 'Code' });

/** What the cells of the first table say. */
function cells(page: Page): Promise<string[][]> {
  return note(page)
    .locator('table')
    .first()
    .locator('tr')
    .evaluateAll((rows) =>
      rows.map((row) =>
        [...row.children].map((cell) => {
          const copy = cell.cloneNode(true) as Element;
          for (const caret of copy.querySelectorAll('.caret')) caret.remove();
          return copy.textContent;
        }),
      ),
    );
}

/** Runs a row of the table's menu with keys alone. */
async function menu(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Alt+Enter');
  await expect(note(page).getByRole('button', { name: 'Table' })).toBeFocused();
  await page.keyboard.press('Enter');
  const row = page.getByRole('menu', { name: 'Table' }).getByRole('menuitem', { name: words });
  await expect(row).toBeVisible();
  await expect(async () => {
    if (!(await row.evaluate((item) => item === document.activeElement))) {
      await page.keyboard.press('ArrowDown');
      expect(await row.evaluate((item) => item === document.activeElement)).toBe(true);
    }
  }).toPass();
  await page.keyboard.press('Enter');
  await expect(note(page)).toBeFocused();
}

/** Names of keys are pressed, all else is typed. */
async function typeOrPress(page: Page, text: string): Promise<void> {
  if (/^(Tab|Enter|Shift\+\w+|Arrow\w+)$/.test(text)) await page.keyboard.press(text);
  else await page.keyboard.type(text);
}

/** Whether anything in the note was written by this page's editor. */
function hasWritten(page: Page): Promise<boolean> {
  return note(page).evaluate((root) => {
    const { editor } = root as unknown as { editor: { state: Record<string, unknown> } };
    const { doc } = editor.state['y-sync$'] as {
      doc: { clientID: number; store: { clients: Map<number, unknown> } };
    };
    return doc.store.clients.has(doc.clientID);
  });
}

function log(lines: number): string {
  return Array.from({ length: lines }, (_, i) => `[   ${i}.123456] pci 0000:00:0${i % 8}.0: line ${i + 1}`).join('\n');
}
