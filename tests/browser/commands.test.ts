import type { Page } from '@playwright/test';
import { expect, test } from './journey.ts';

const AGENDA = '/vfio-iommu-pci-mc-2023';
const ROOM = `${AGENDA}/dev-iommufd-development`;

test('WR7: / opens the blocks; typing filters, arrows choose, Enter takes, Escape leaves what was typed', async ({
  people,
}) => {
  const [mara] = await people(1);
  await enter(mara, 'Mara Lindqvist');
  await mara.keyboard.type('/');
  await expect(menu(mara)).toHaveAccessibleName('Blocks');
  await expect(chosen(mara)).toHaveAccessibleName('Text');
  await expect(note(mara)).toHaveAttribute('aria-activedescendant', /-0$/);
  await mara.keyboard.type('head');
  await expect(menu(mara).getByRole('option')).toHaveCount(3);
  await mara.keyboard.press('ArrowDown');
  await expect(chosen(mara)).toHaveAccessibleName('Heading 2');
  await mara.keyboard.press('Enter');
  await expect(menu(mara)).toHaveCount(0);
  await mara.keyboard.type('Fault queue');
  await expect(note(mara).locator('h2').last()).toHaveText('Fault queue');

  await mara.keyboard.press('Enter');
  await mara.keyboard.type('see /bul');
  await expect(chosen(mara)).toHaveAccessibleName('Bullet list');
  await mara.keyboard.press('Escape');
  await expect(menu(mara)).toHaveCount(0);
  await expect(note(mara)).not.toHaveAttribute('aria-activedescendant');
  await mara.keyboard.type('lets');
  await expect.poll(() => line(mara)).toBe('see /bullets');
  // That Escape was the menu’s: Tab goes on being the note’s.
  await expect(note(mara)).toBeFocused();
});

test('WR7: paths, fractions and addresses are typed as if there were no menu, and Enter is Enter', async ({
  people,
}) => {
  const [mara] = await people(1);
  await enter(mara, 'Mara Lindqvist');
  for (const text of ['/dev/iommufd', '1/2 and/or', 'mara@example.org', 'a#b #1', '// x']) {
    await mara.keyboard.type(text);
    await expect(menu(mara)).toHaveCount(0);
    await mara.keyboard.press('Enter');
  }
  const lines = ['/dev/iommufd', '1/2 and/or', 'mara@example.org', 'a#b #1', '// x', ''];
  await expect.poll(() => lastLines(mara, lines.length)).toEqual(lines);
  await mara.keyboard.type('``` ');
  await mara.keyboard.type('/');
  await expect(note(mara).locator('pre')).toHaveText('/');
  await expect(menu(mara)).toHaveCount(0);
});

test('WR7: @ finds people by name and initials, # puts in a session as a link', async ({ people, server }) => {
  const [mara, jonas] = await people(2);
  await enter(jonas, 'Jonas Weber');
  await enter(mara, 'Mara Lindqvist');
  await expect(mara.getByRole('region', { name: 'People here' })).toContainText('Jonas Weber');
  await mara.keyboard.type('Ask @jw');
  await expect(chosen(mara)).toHaveText('Jonas Weber');
  await mara.keyboard.press('Tab');
  await mara.keyboard.type('on #pci endpoint sub');
  await expect(menu(mara)).toHaveAccessibleName('Topics and sessions');
  await mara.keyboard.press('Enter');
  await mara.keyboard.type('today');
  await expect.poll(() => line(mara)).toMatch(/^Ask @Jonas Weber on PCI Endpoint Subsystem.* today$/);
  await expect(note(mara).locator('.line-person')).toHaveText('@Jonas Weber');
  await expect(note(mara).getByRole('link')).toHaveAttribute(
    'href',
    new RegExp(`^${server.url}${AGENDA}/pci-endpoint-`),
  );
  await expect(note(mara).getByRole('link')).not.toContainText('today');
});

const note = (page: Page) => page.getByRole('textbox', { name: /^Note: / });
const menu = (page: Page) => page.getByRole('listbox');
const chosen = (page: Page) => menu(page).getByRole('option', { selected: true });

async function enter(page: Page, name: string): Promise<void> {
  await page.goto(ROOM);
  await page.getByRole('textbox', { name: 'Your name', exact: true }).fill(name);
  await page.getByRole('button', { name: 'Start writing' }).click();
  await expect(note(page)).toBeFocused();
}

/** The last lines of the note without the names at other people’s carets. */
function lastLines(page: Page, count: number): Promise<string[]> {
  return note(page).evaluate((text, count) => {
    const copy = text.cloneNode(true) as Element;
    for (const caret of copy.querySelectorAll('.caret')) caret.remove();
    return [...copy.querySelectorAll('p, h1, h2, h3, pre')].slice(-count).map((block) => block.textContent);
  }, count);
}

const line = async (page: Page) => (await lastLines(page, 1))[0];
