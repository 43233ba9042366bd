import type { Page } from '@playwright/test';
import { AGENDA, ROOM, enter, note } from './in-the-room.ts';
import { expect, test } from './journey.ts';

test('WR2: in the browser a rule takes back what it did by Backspace, and undo gives what was typed', async ({
  people,
}) => {
  const [mara] = await people(1);
  await enter(mara, 'Mara Lindqvist');
  await mara.keyboard.type('## ');
  await expect(note(mara).locator('h2')).toHaveCount(2);
  await mara.keyboard.press('Backspace');
  await expect(note(mara).locator('p').last()).toHaveText('## ');
  await mara.keyboard.type('x **b**');
  await expect(note(mara).locator('strong')).toHaveText('b');
  await mara.keyboard.press('Control+z');
  await expect(note(mara).locator('p').last()).toHaveText('## x **b**');
  await mara.keyboard.type('!');
  await expect(note(mara).locator('p').last()).toHaveText('## x **b**!');
});

test('WR3 WR4: a note goes by the clipboard from one room to another and loses nothing', async ({ people, server }) => {
  const [mara] = await people(1, { permissions: ['clipboard-read', 'clipboard-write'] });
  await enter(mara, 'Mara Lindqvist');
  await copied(mara, 'text/plain', NOTES);
  await mara.keyboard.press('Control+v');
  await expect(note(mara).locator('table')).toHaveCount(1);
  await expect(note(mara).locator('pre')).toContainText('return 0;');
  await expect.poll(() => markdown(server.url + ROOM)).toContain(' [PCI23-A1]');
  expect(withoutNumbers(await markdown(server.url + ROOM))).toContain(NOTES);

  await mara.keyboard.press('Control+a');
  await mara.keyboard.press('Control+c');
  const onClipboard = () => mara.evaluate(() => navigator.clipboard.readText());
  await expect.poll(async () => withoutNumbers((await onClipboard()).replaceAll('\r\n', '\n'))).toContain(NOTES.trim());
  const other = await otherRoom(server.url);
  await mara.goto(other);
  await note(mara).locator('p').last().click();
  await mara.keyboard.press('Control+a');
  await mara.keyboard.press('Control+v');
  await expect(note(mara).locator('table')).toHaveCount(1);
  const body = async (room: string) => withoutNumbers(await markdown(room)).replace(/^[\s\S]*?(?=## Discussion)/, '');
  await expect.poll(() => body(other)).toBe(await body(server.url + ROOM));
});

test('WR3: what a page of another program had is cleaned, and what was guessed of a text is undone to the text', async ({
  people,
}) => {
  const [mara] = await people(1, { permissions: ['clipboard-read', 'clipboard-write'] });
  await enter(mara, 'Mara Lindqvist');
  await copied(
    mara,
    'text/html',
    '<h3 style="color:red">From a page</h3><p onclick="x()">a <span style="font-weight:700">b</span></p><script>x()</script>',
  );
  await mara.keyboard.press('Control+v');
  await expect(note(mara).locator('h3')).toHaveText('From a page');
  await expect(note(mara).locator('strong')).toHaveText('b');
  await mara.keyboard.press('Enter');

  await copied(mara, 'text/plain', 'user@host:~$ make\n\terror: *p');
  await mara.keyboard.press('Control+v');
  await expect(note(mara).locator('pre')).toContainText('error: *p');
  await mara.keyboard.press('Control+z');
  await expect(note(mara).locator('pre')).toHaveCount(0);
  await expect(note(mara)).toContainText('error: *p');
  await mara.keyboard.press('Control+z');
  await expect(note(mara)).not.toContainText('error: *p');

  await mara.keyboard.press('Control+Shift+v');
  await expect(note(mara)).toContainText('error: *p');
  await expect(note(mara).locator('pre')).toHaveCount(0);
});

/** A copy of an outcome is another outcome, with a number of its own. */
const withoutNumbers = (markdown: string) => markdown.replaceAll(/ \[PCI23-[A-Z]\d+\]/g, '');

const NOTES = [
  '### Where we are\n',
  '- `iommufd_object_lock` is **taken** twice',
  '  1. in bind\n',
  '- [ ] ACTION @priya: post it\n',
  '> said\n',
  '| a | b |',
  '| --- | --- |',
  '| c | d |\n',
  '```c',
  'int f(void)',
  '{',
  '\treturn 0;',
  '}',
  '```\n',
].join('\n');

/** Puts it on the clipboard, as another program would: from a page without our policy, where looks are applied. */
async function copied(page: Page, type: string, text: string): Promise<void> {
  const other = await page.context().newPage();
  await other.goto('/robots.txt');
  await other.evaluate(
    ([type, text]) => navigator.clipboard.write([new ClipboardItem({ [type]: new Blob([text], { type }) })]),
    [type, text] as const,
  );
  await other.close();
  await page.bringToFront();
}

const markdown = async (room: string): Promise<string> => (await fetch(`${room}.md`)).text();

async function otherRoom(url: string): Promise<string> {
  const answer = await fetch(`${url}/api/events${AGENDA}`);
  const { sessions } = (await answer.json()) as { sessions: { slug: string }[] };
  return `${url}${AGENDA}/${sessions.find(({ slug }) => !ROOM.endsWith(slug))?.slug}`;
}
