import type { Page } from '@playwright/test';
import { violations } from './axe.ts';
import { enter, lastLine, note, pasteHtml, ROOM, saved, write, pasteText } from './in-the-room.ts';
import { expect, isFirefox, test } from './journey.ts';

const ID = '20231102031828.GA951173@rocinante';
const MAIL = `https://lore.kernel.org/all/${ID}/`;
const LINES = [
  `The call is <${ID}>, sent to linux-pci@vger.kernel.org.`,
  'Fixed by commit 54a4f0239f2e ("KVM: MMU: free pages") and CVE-2021-3490, not by iommu_map() in drivers/iommu/iommu.c',
  'Ask Ann Lee <ann.lee2023@example.org>',
];

const chips = (page: Page) => note(page).locator('a.note-ref');

for (const colorScheme of ['light', 'dark'] as const)
  test(`KR2 PG6: references are links to their canonical addresses, as the server shows them too, ${colorScheme}`, async ({
    people,
  }) => {
    const [page] = await people(1, { colorScheme });
    await enter(page, 'Mara Lindqvist');
    await write(page, LINES);
    const shown = [
      [`<${ID}>`, MAIL, 'Mail'],
      ['linux-pci@vger.kernel.org', 'https://lore.kernel.org/linux-pci/', 'List · linux-pci'],
      [
        'commit 54a4f0239f2e ("KVM: MMU: free pages")',
        'https://git.kernel.org/torvalds/c/54a4f0239f2e',
        'Commit · KVM: MMU: free pages',
      ],
      ['CVE-2021-3490', 'https://www.cve.org/CVERecord?id=CVE-2021-3490', 'CVE'],
    ];
    await expect.poll(() => lookOf(page)).toEqual(shown);
    await expect(note(page).locator('.note-ref-name')).toHaveText(['iommu_map()', 'drivers/iommu/iommu.c']);
    expect(await violations(page)).toEqual([]);
    await expect(saved(page)).toHaveAttribute('data-kind', 'saved');
    const [reader] = await people(1, { colorScheme, javaScriptEnabled: false });
    await reader.goto(ROOM);
    const rendered = reader.locator('.note-text a.note-ref');
    const words = () => rendered.evaluateAll((links) => links.map((link) => link.textContent));
    await expect.poll(words).toEqual(shown.map(([words]) => words));
    const [drawn, served] = [() => boxes(page, '.note-text.ProseMirror'), () => boxes(reader, '.note-text')];
    await expect.poll(async () => JSON.stringify(await served()) === JSON.stringify(await drawn())).toBe(true);
  });

test('KR2 ED4: the .html form has links, Markdown and text have what was written, JSON lists each reference once', async ({
  people,
  server,
}) => {
  const [page] = await people(1);
  await enter(page, 'Mara Lindqvist');
  await write(page, [...LINES, `again: ${ID}`]);
  await expect(saved(page)).toHaveAttribute('data-kind', 'saved');
  const form = async (end: string) => (await fetch(`${server.url}${ROOM}.${end}`)).text();
  expect(await form('html')).toContain(
    `<a class="note-ref" href="${MAIL}" title="Mail" rel="noopener">&lt;${ID}&gt;</a>`,
  );
  expect(await form('txt')).toContain(`<${ID}>`);
  expect(await form('md')).toContain(`The call is <${ID}>, sent to linux-pci@vger.kernel.org.`);
  const json = JSON.parse(await form('json')) as { session: { note: { references: { words: string }[] } } };
  expect(json.session.note.references.map(({ words }) => words)).toEqual([
    `<${ID}>`,
    'linux-pci@vger.kernel.org',
    'commit 54a4f0239f2e ("KVM: MMU: free pages")',
    'CVE-2021-3490',
    'iommu_map()',
    'drivers/iommu/iommu.c',
  ]);
});

test('KR2: a key or Ctrl and a click open a reference while one writes, a click or Enter while one reads', async ({
  people,
}) => {
  const [writer, reader] = await people(2);
  const opened = await Promise.all([openedBy(writer), openedBy(reader)]);
  await enter(writer, 'Mara Lindqvist');
  await writer.keyboard.type('see CVE-2021-3490 there');
  await chips(writer).click();
  for (let i = 0; i < 3; i += 1) await writer.keyboard.press('ArrowLeft');
  expect(await opened[0]()).toEqual([]);
  await writer.keyboard.press('ControlOrMeta+Alt+Enter');
  await chips(writer).click({ modifiers: ['ControlOrMeta'] });
  const address = 'https://www.cve.org/CVERecord?id=CVE-2021-3490';
  await expect.poll(opened[0]).toEqual([address, address]);
  // A caret in it would stand between its halves.
  await writer.keyboard.press('End');
  await expect(saved(writer)).toHaveAttribute('data-kind', 'saved');
  await reader.goto(ROOM);
  await expect(chips(reader)).toHaveText('CVE-2021-3490');
  await chips(reader).click();
  await chips(reader).press('Enter');
  await expect.poll(opened[1]).toEqual([address, address]);
});

test('KR2: two who type at both edges of a reference and in it disturb neither the text nor each other', async ({
  people,
}) => {
  const [mara, jonas] = await people(2);
  await enter(mara, 'Mara Lindqvist');
  await mara.keyboard.type('a CVE-2021-3490 b');
  await enter(jonas, 'Jonas Weber');
  await expect(chips(jonas)).toHaveText('CVE-2021-3490');
  for (const page of [mara, jonas]) await page.keyboard.press('End');
  for (let i = 0; i < 2; i += 1) await mara.keyboard.press('ArrowLeft');
  for (let i = 0; i < 'CVE-2021-3490 b'.length; i += 1) await jonas.keyboard.press('ArrowLeft');
  await mara.keyboard.type('55');
  await jonas.keyboard.type('(see ');
  await mara.keyboard.type(')');
  for (const page of [mara, jonas]) {
    await expect.poll(() => lastLine(page)).toBe('a (see CVE-2021-349055) b');
    // Another's caret in it parts what is shown of it.
    const leadsTo = () => chips(page).evaluateAll((all) => [...new Set(all.map((chip) => chip.getAttribute('href')))]);
    await expect.poll(leadsTo).toEqual(['https://www.cve.org/CVERecord?id=CVE-2021-349055']);
  }
  for (let i = 0; i < 4; i += 1) await jonas.keyboard.press('ArrowRight');
  await mara.keyboard.press('Backspace');
  await jonas.keyboard.type('x');
  for (const page of [mara, jonas]) {
    await expect.poll(() => lastLine(page)).toBe('a (see CVE-x2021-349055 b');
    await expect(chips(page)).toHaveCount(0);
  }
});

test('KR2 TO5: what is composed in and beside a reference is neither ended nor doubled', async ({ people }) => {
  const [page] = await people(1);
  test.skip(isFirefox(page), 'Input methods are played by Chromium’s DevTools protocol.');
  await enter(page, 'Mara Lindqvist');
  await page.keyboard.type('CVE-2021-3490 ');
  const input = await page.context().newCDPSession(page);
  const compose = (text: string) =>
    input.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  await page.keyboard.press('ArrowLeft');
  for (const text of ['1', '12', '123']) await compose(text);
  await expect.poll(() => lastLine(page)).toBe('CVE-2021-3490123 ');
  await input.send('Input.insertText', { text: '1234' });
  await expect.poll(() => lastLine(page)).toBe('CVE-2021-34901234 ');
  await expect(chips(page)).toHaveText('CVE-2021-34901234');
  await page.keyboard.press('End');
  for (const text of ['b', 'bug #21', 'bug #2174']) await compose(text);
  await input.send('Input.insertText', { text: 'bug #217412' });
  await expect(chips(page)).toHaveText(['CVE-2021-34901234', 'bug #217412']);
});

test('KR2: a pasted Message-ID is a reference, with brackets and without, as text and as HTML', async ({ people }) => {
  const [page] = await people(1);
  await enter(page, 'Mara Lindqvist');
  await pasteText(page, `<${ID}>`);
  await expect(chips(page)).toHaveText([`<${ID}>`]);
  await page.keyboard.press('Enter');
  await pasteText(page, ID);
  await expect(chips(page)).toHaveText([`<${ID}>`, ID]);
  await page.keyboard.press('Enter');
  await pasteHtml(page, `<p>In-Reply-To: &lt;${ID}&gt;</p>`);
  await expect(chips(page)).toHaveText([`<${ID}>`, ID, `<${ID}>`]);
  await page.keyboard.press('Enter');
  await pasteText(page, `# What came\n\n- reply to <${ID}>\n- and to linux-pci@vger.kernel.org `);
  await expect(chips(page)).toHaveText([`<${ID}>`, ID, `<${ID}>`, `<${ID}>`, 'linux-pci@vger.kernel.org']);
  await expect(note(page).locator('a[href^="mailto:"]')).toHaveCount(0);
  await expect(page.locator('a.note-ref[href*="mailto"]')).toHaveCount(0);
});

test('KR2 TO6: a key in one block looks at no other again', async ({ people }) => {
  const [page] = await people(1);
  await enter(page, 'Mara Lindqvist');
  await write(page, ['one CVE-2021-3490', 'two CVE-2021-3491', 'three']);
  await chips(page).evaluateAll((links) => links.forEach((link) => Reflect.set(link, 'isOld', true)));
  await page.keyboard.type(' CVE-2021-3492');
  await expect(chips(page)).toHaveCount(3);
  const old = () => chips(page).evaluateAll((links) => links.map((link) => Reflect.has(link, 'isOld')));
  await expect.poll(old).toEqual([true, true, false]);
});

/** Words, address and what is said of each chip. */
const lookOf = (page: Page) =>
  chips(page).evaluateAll((links) =>
    links.map((link) => [link.textContent, link.getAttribute('href'), link.getAttribute('title')]),
  );

/** Height and place of the blocks of the note. */
const boxes = (page: Page, text: string) =>
  page.locator(`${text} > *`).evaluateAll((blocks) =>
    blocks.map((block) => {
      const { height, left, width } = block.getBoundingClientRect();
      return [height, left, width];
    }),
  );

/** The addresses the page asked to be opened. */
async function openedBy(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const opened: unknown[] = [];
    Reflect.set(window, 'openedAddresses', opened);
    window.open = (url) => {
      opened.push(url);
      return null;
    };
  });
  return () => page.evaluate(() => Reflect.get(window, 'openedAddresses') as string[]);
}
