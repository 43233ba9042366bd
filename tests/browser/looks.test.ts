import type { Locator, Page } from '@playwright/test';
import { halves } from '../support/pictures.ts';
import { violations } from './axe.ts';
import { AGENDA, ROOM, enter, note, overhang, saved } from './in-the-room.ts';
import { NO_NETWORK, expect, test } from './journey.ts';

const VIEWS = [
  { colorScheme: 'light', viewport: { width: 1440, height: 900 } },
  { colorScheme: 'dark', viewport: { width: 1440, height: 900 } },
  { colorScheme: 'light', viewport: { width: 390, height: 844 } },
  { colorScheme: 'dark', viewport: { width: 390, height: 844 } },
] as const;

const KINDS = ['NOTE', 'TIP', 'IMPORTANT', 'WARNING', 'CAUTION'];
const BLOCKS = [
  '## Every kind of block',
  'Words that are **bold**, *italic*, `code`, ~~gone~~ and [a link](https://lore.kernel.org/).',
  '- one\n- two\n\n1. first\n2. second\n\n- [x] done\n- [ ] open',
  '> What somebody said',
  '| Patch | State | Who |\n| --- | --- | --- |\n| iommufd v7 | posted | Mara |\n| vfio cdev | in review, with a longer text | Jonas |',
  '```c\n#include <linux/iommu.h>\n/* A comment */\nstatic int probe(struct device *dev, u32 flags)\n{\n\treturn flags & 0x10 ? -EINVAL : pr_err("no %s", "domain");\n}\n```',
  '```diff\n@@ -1,2 +1,2 @@\n-old line\n+new line\n```',
  `\`\`\`log\n${Array.from({ length: 60 }, (_, i) => `[   ${i}.123456] pci 0000:00:0${i % 8}.0: line ${i + 1}`).join('\n')}\n\`\`\``,
  '<details><summary>The log of the boot</summary>\n\nhidden treasure\n\n</details>',
  ...KINDS.map((kind) => `> [!${kind}]\n> What is said here`),
  '---',
].join('\n\n');

for (const view of VIEWS) {
  const name = `${view.viewport.width} ${view.colorScheme}`;
  test(`LK1 LK2: every block, bar, menu and box can be read and worked, ${name}`, async ({ people }) => {
    const [mara] = await people(1, view);
    await enter(mara, 'Mara Lindqvist');
    await fill(mara);
    await note(mara).locator('aside').last().scrollIntoViewIfNeeded();
    await look(mara, 'blocks');

    await note(mara).locator('td').first().click();
    await note(mara).getByRole('button', { name: 'Table' }).click();
    await expect(mara.getByRole('menu', { name: 'Table' })).toBeVisible();
    await look(mara, 'table menu');
    await mara.keyboard.press('Escape');

    await note(mara).getByText('What somebody said').click();
    await mara.keyboard.press('Control+Alt+k');
    await expect(mara.getByRole('dialog', { name: 'Link' })).toBeVisible();
    await look(mara, 'link form');
    await mara.keyboard.press('Escape');
    await mara.keyboard.press('Control+f');
    await mara.keyboard.type('line');
    await expect(mara.locator('.found-now')).toBeVisible();
    await look(mara, 'find');
    await mara.keyboard.press('Escape');
    await mara.getByRole('button', { name: 'Search or jump' }).click();
    await expect(mara.getByRole('dialog').getByRole('option').first()).toBeVisible();
    await mara.keyboard.type('list of keys');
    await mara.keyboard.press('Enter');
    await expect(mara.getByRole('dialog', { name: 'Keys' })).toBeVisible();
    await look(mara, 'keys');
  });
}

test('ED1 LK2: no block moves when the editor takes the place of the text from the server', async ({
  people,
  problems,
}) => {
  problems.allow(NO_NETWORK);
  const [mara] = await people(1);
  const [reader] = await people(1, { serviceWorkers: 'block' });
  await enter(mara, 'Mara Lindqvist');
  await fill(mara);
  await expect(saved(mara)).toHaveAttribute('data-kind', 'saved');
  await mara.reload();
  await expect(note(mara).locator('img')).toHaveJSProperty('naturalWidth', 320);
  await reader.route('**/_app/immutable/**/*.js', (route) => route.abort());
  await reader.goto(ROOM);
  const picture = reader.locator('.note-text img');
  // It stands below the window, and comes when one reads on.
  await picture.evaluate((image) => image.setAttribute('loading', 'eager'));
  await expect(picture).toHaveJSProperty('naturalWidth', 320);
  // Letters, pictures and colours come in their own time on both sides.
  await expect
    .poll(async () => {
      const [served, drawn] = await Promise.all([tops(reader.locator('.note-text')), tops(note(mara))]);
      expect(served.length).toBeGreaterThan(15);
      return served.join() === drawn.join() ? 'alike' : { served, drawn };
    })
    .toBe('alike');
});

test('LK1: a command chosen by the button in the bar is done at the caret; on a phone the theme too', async ({
  people,
}) => {
  const [mara] = await people(1, VIEWS[2]);
  await enter(mara, 'Mara Lindqvist');
  await mara.keyboard.type('one');
  await search(mara, 'heading 2');
  await expect(note(mara)).toBeFocused();
  await mara.keyboard.type(' two');
  await expect(note(mara).locator('h2').last()).toHaveText('one two');
  await search(mara, 'theme dark');
  await expect(mara.locator('html')).toHaveAttribute('data-theme', 'dark');
  for (const path of ['/', AGENDA, '/organizer']) {
    await mara.goto(path);
    await search(mara, path === '/' ? 'theme light' : 'list of keys');
    if (path !== '/') await expect(mara.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  }
});

test('WR10 WR12: what is found in folded code and in closed details is opened and seen', async ({ people }) => {
  const [mara, jonas] = await people(2);
  await enter(mara, 'Mara Lindqvist');
  await fill(mara);
  await enter(jonas, 'Jonas Weber');
  await expect(note(jonas).getByText('hidden treasure')).toBeHidden();
  await expect(note(jonas).getByRole('button', { name: 'Show all 60 lines' })).toBeVisible();
  await jonas.keyboard.press('Control+f');
  await jonas.keyboard.type('treasure');
  await expect(jonas.locator('.found-now')).toBeInViewport();
  await jonas.getByRole('textbox', { name: 'Find', exact: true }).fill('line 57');
  await expect(jonas.locator('.found-now')).toHaveText('line 57');
  await expect(jonas.locator('.found-now')).toBeInViewport();
  await expect(note(jonas).getByRole('button', { name: 'Show the first 20 lines' })).toBeVisible();
});

/** How far each block stands below the first one. */
function tops(text: Locator): Promise<number[]> {
  return text.evaluate((element) => {
    const [first = 0, ...rest] = [...element.children].map((block) => block.getBoundingClientRect().top);
    return rest.map((top) => Math.round(top - first));
  });
}

/** Nothing to complain of, and nothing wider than the screen. */
async function look(page: Page, what: string): Promise<void> {
  // What is scrolled follows the caret of a note, and in the box the line that the arrows come to.
  expect(await violations(page, ['scrollable-region-focusable']), what).toEqual([]);
  await expect.poll(() => overhang(page), what).toBeLessThanOrEqual(0);
}

async function search(page: Page, words: string): Promise<void> {
  await page.getByRole('button', { name: 'Search or jump' }).click();
  const field = page.getByRole('combobox', { name: 'Search or jump to' });
  await expect(field).toBeFocused();
  await field.fill(words);
  await page.keyboard.press('Enter');
}

/** A note with every kind of block. */
async function fill(page: Page): Promise<void> {
  await paste(page, 'text/plain', Buffer.from(BLOCKS));
  await expect(note(page).locator('aside[data-callout]')).toHaveCount(KINDS.length);
  await note(page).press('Control+End');
  await paste(page, 'image/png', await halves(320, 120).png().toBuffer());
  await expect(note(page).locator('img')).toHaveJSProperty('naturalWidth', 320);
}

function paste(page: Page, type: string, bytes: Buffer): Promise<void> {
  return note(page).evaluate(
    (element, [type, base64]) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const clipboardData = new DataTransfer();
      if (type.startsWith('text/')) clipboardData.setData(type, new TextDecoder().decode(bytes));
      else clipboardData.items.add(new File([bytes], 'image.png', { type }));
      const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true });
      Object.defineProperty(event, 'clipboardData', { value: clipboardData });
      element.dispatchEvent(event);
    },
    [type, bytes.toString('base64')] as const,
  );
}
