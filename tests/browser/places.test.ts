import type { Page } from '@playwright/test';
import { violations } from './axe.ts';
import { ROOM, enter, HUNDRED_LINES, note, pasteHtml, saved, writeAtLine } from './in-the-room.ts';
import { expect, test } from './journey.ts';

const THREE_PARTS = ['One', 'Two', 'Three'].map((name) => `<h2>Part ${name}</h2>${'<p>text</p>'.repeat(40)}`).join('');

test('TO4: the outline marks the heading that is read, and an address with a heading opens there', async ({
  people,
}) => {
  const [mara, jonas] = await people(2);
  await enter(mara, 'Mara Lindqvist');
  await pasteHtml(mara, THREE_PARTS);
  const outline = (page: Page) => page.getByRole('navigation', { name: 'Outline' });
  const marked = outline(mara).locator('[aria-current="location"]');
  await outline(mara).getByRole('link', { name: 'Part Two' }).click();
  await expect(marked).toHaveText('Part Two');
  await note(mara)
    .getByText('Part Three')
    .evaluate((heading) => heading.scrollIntoView());
  await expect(marked).toHaveText('Part Three');
  await expect(saved(mara)).toHaveAttribute('data-kind', 'saved');

  await jonas.goto(`${ROOM}#h-part-three`);
  await expect(note(jonas)).toBeVisible();
  await expect(outline(jonas).locator('[aria-current="location"]')).toHaveText('Part Three');
  await expect(note(jonas).getByRole('heading', { name: 'Part Three' })).toBeInViewport();
});

test('TO4: while one writes the outline marks the heading above the caret, also where nothing scrolls', async ({
  people,
}) => {
  const [mara] = await people(1);
  await enter(mara, 'Mara Lindqvist');
  await mara.keyboard.type('Before');
  await mara.keyboard.press('Enter');
  await mara.keyboard.type('## Status');
  await mara.keyboard.press('Enter');
  const marked = mara.getByRole('navigation', { name: 'Outline' }).locator('[aria-current="location"]');
  // In an empty line, in the heading itself, and above it.
  await expect(marked).toHaveText('Status');
  await mara.keyboard.press('ArrowUp');
  await mara.keyboard.press('End');
  await mara.keyboard.type(' of it');
  await expect(marked).toHaveText('Status of it');
  await mara.keyboard.press('ArrowUp');
  await expect(marked).toHaveText('Discussion');
});

test('TO4: a link to a block is copied by keyboard, and survives editing, moving, splitting and undoing', async ({
  people,
  server,
}) => {
  const [mara, jonas] = await people(2, { permissions: ['clipboard-read', 'clipboard-write'] });
  await enter(mara, 'Mara Lindqvist');
  await pasteHtml(mara, HUNDRED_LINES);
  await writeAtLine(mara, 60, ' /copy link');
  const link = await linkCopied(mara, () => mara.keyboard.press('Enter'));
  const id = /#(b-[a-z0-9]{8})$/.exec(link)?.[1] ?? '';
  expect(link).toBe(`${server.url}${ROOM}#${id}`);
  // By its key it is the same.
  expect(await linkCopied(mara, () => mara.keyboard.press('Control+Shift+L'))).toBe(link);
  const block = note(mara).locator(`#${id}`);
  await expect(block).toContainText('line 60');

  await mara.keyboard.type('edited');
  await mara.keyboard.press('Alt+ArrowDown');
  await expect(block).toContainText('edited');
  await mara.keyboard.press('Enter');
  await mara.keyboard.type('second part');
  await expect(block).toHaveCount(1);
  await expect(block).toContainText('edited');
  for (let i = 0; i < 3; i += 1) await mara.keyboard.press('Control+z');
  await expect(note(mara)).not.toContainText('second part');
  await expect(block).toContainText('line 60');
  await expect(saved(mara)).toHaveAttribute('data-kind', 'saved');

  const page = async () => (await fetch(server.url + ROOM)).text();
  await expect.poll(page).toMatch(new RegExp(`<p id="${id}">line 60`));
  await jonas.goto(link);
  await expect(note(jonas).locator(`#${id}`)).toBeInViewport();
});

test('TO4: a link to a heading is copied from the outline, and one sent before leads to it still', async ({
  people,
  server,
}) => {
  const [mara, jonas] = await people(2, { permissions: ['clipboard-read', 'clipboard-write'] });
  await enter(mara, 'Mara Lindqvist');
  await pasteHtml(mara, THREE_PARTS);
  const button = (page: Page, name: string) => page.getByRole('button', { name: `Copy link to Part ${name}` });
  const link = await linkCopied(mara, () => button(mara, 'Two').press('Enter'));
  expect(link).toMatch(/#b-[a-z0-9]{8}$/);
  // A second time it is the same.
  expect(await linkCopied(mara, () => button(mara, 'Two').press('Enter'))).toBe(link);
  await note(mara).getByText('Part Two').click();
  await mara.keyboard.press('End');
  await mara.keyboard.type(' and a half');
  await expect(saved(mara)).toHaveAttribute('data-kind', 'saved');
  const heading = note(jonas).getByRole('heading', { name: 'Part Two and a half' });
  for (const address of [link, `${server.url}${ROOM}#h-part-two-and-a-half`]) {
    await jonas.goto('about:blank');
    await jonas.goto(address);
    await expect(heading).toBeInViewport();
    await expect.poll(async () => (await heading.boundingBox())?.y).toBeLessThan(300);
  }
  // Who gave no name writes nothing into the note by copying.
  await button(jonas, 'Three').hover();
  await expect(button(jonas, 'Three')).toHaveCSS('opacity', '1');
  expect(await violations(jonas)).toEqual([]);
  expect(await linkCopied(jonas, () => button(jonas, 'Three').click())).toBe(`${server.url}${ROOM}#h-part-three`);
});

/** Does it, and gives the link that it put into the clipboard once the page says so. */
async function linkCopied(page: Page, act: () => Promise<void>): Promise<string> {
  await page.evaluate(() => navigator.clipboard.writeText(''));
  await act();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('#');
  await expect(page.getByRole('status').filter({ hasText: 'Link copied.' })).toBeVisible();
  return page.evaluate(() => navigator.clipboard.readText());
}
