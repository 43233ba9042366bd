import type { Page } from '@playwright/test';
import { enter, keptForOffline, lastLines, note, saved, unsentKept, write } from './in-the-room.ts';
import { NO_NETWORK, expect, test } from './journey.ts';
import type { People } from './journey.ts';
import { type LateMessages, lateMessages } from './late-messages.ts';

test('WR11: one types `# ` before a line while another types at its end: both go on where they were', async ({
  people,
}) => {
  const { mara, jonas, meanwhile } = await bothIn(people, 'see the map');
  await mara.keyboard.press('Home');
  await meanwhile(
    () => mara.keyboard.type('# Big '),
    () => jonas.keyboard.type(' and more'),
  );
  await expect.poll(() => block(mara)).toBe('H1 Big |see the map and more^');
  await expect.poll(() => block(jonas)).toBe('H1 Big ^see the map and more|');
  await mara.keyboard.type('M');
  await jonas.keyboard.type('J');
  await expect.poll(() => block(mara)).toBe('H1 Big M|see the map and moreJ^');
  await expect.poll(() => block(jonas)).toBe('H1 Big M^see the map and moreJ|');
});

test('WR11: a key makes a line a heading, and Backspace gives a typed sign back, while another types in its words', async ({
  people,
}) => {
  const { mara, jonas, meanwhile } = await bothIn(people, 'see the map');
  for (let i = 0; i < 2; i += 1) await jonas.keyboard.press('ArrowLeft');
  await meanwhile(
    () => mara.keyboard.press('Control+Alt+2'),
    () => jonas.keyboard.type('xy'),
  );
  await expect.poll(() => block(jonas)).toBe('H2 see the mxy|ap^');
  await expect.poll(() => block(mara)).toBe('H2 see the mxy^ap|');
  await mara.keyboard.press('Home');
  await mara.keyboard.press('Enter');
  await mara.keyboard.type('- ');
  await expect.poll(() => block(mara)).toContain('LI |');
  await expect.poll(() => block(jonas)).toContain('LI ^');
  await jonas.keyboard.press('End');
  await meanwhile(
    () => mara.keyboard.press('Backspace'),
    () => jonas.keyboard.type('!'),
  );
  await expect.poll(() => block(jonas)).toBe('H2 - ^see the mxyap!|');
});

test('WR11: one moves a line while another comes to it and types: what was typed moves along', async ({ people }) => {
  const { mara, jonas, meanwhile } = await bothIn(people, 'above', 'see the map');
  // Where he is known to be when Mara moves the other line.
  await jonas.keyboard.press('ArrowUp');
  await expect(note(mara).locator('p', { hasText: 'above' }).locator('.caret')).toHaveCount(1);
  await meanwhile(
    () => mara.keyboard.press('Alt+ArrowUp'),
    async () => {
      await jonas.keyboard.press('ArrowDown');
      await jonas.keyboard.press('End');
      await jonas.keyboard.type(' and more');
    },
  );
  await expect.poll(() => block(mara)).toBe('P see the map| and more^');
  await expect.poll(() => block(jonas)).toBe('P see the map^ and more|');
  for (const page of [mara, jonas])
    await expect.poll(() => lastLines(page, 2)).toEqual(['see the map and more', 'above']);
});

test('WR11: who types offline, also before a reload, finds it in the line that others changed and moved meanwhile', async ({
  people,
  problems,
}) => {
  problems.allow(NO_NETWORK);
  const { mara, jonas } = await bothIn(people, 'above', 'see the map');
  await keptForOffline(jonas, 'Jonas Weber');
  await jonas.context().setOffline(true);
  await jonas.keyboard.type(' and more');
  for (const key of ['Home', 'ArrowRight']) await jonas.keyboard.press(key);
  await jonas.keyboard.press('Delete');
  await jonas.keyboard.type('E');
  jonas.on('dialog', (dialog) => void dialog.accept());
  await expect(saved(jonas)).toContainText('Not saved');
  await expect.poll(() => unsentKept(jonas)).toBe(' and more'.length + 2);
  await mara.keyboard.press('Home');
  await mara.keyboard.type('## Big ');
  await mara.keyboard.press('Alt+ArrowUp');
  await mara.keyboard.press('End');
  await mara.keyboard.type(', M');
  await jonas.reload();
  await expect(note(jonas)).toContainText('sEe the map and more');
  await jonas.context().setOffline(false);
  for (const page of [mara, jonas])
    await expect.poll(() => lastLines(page, 2), { timeout: 40_000 }).toEqual(['Big sEe the map and more, M', 'above']);
  await expect.poll(() => block(mara)).toBe('H2 Big sEe the map and more, M|');
});

interface Together {
  mara: Page;
  jonas: Page;
  /** Each does their part without having heard of the other’s. */
  meanwhile(mara: () => Promise<void>, jonas: () => Promise<void>): Promise<void>;
}

/** Mara and Jonas in one room in which she wrote these lines, both with the caret at the end of the last one. */
async function bothIn(people: People, ...lines: string[]): Promise<Together> {
  const [mara, jonas] = await people(2);
  const late: LateMessages[] = [];
  for (const page of [mara, jonas]) late.push(await lateMessages(page));
  await enter(mara, 'Mara Lindqvist');
  await write(mara, lines);
  await enter(jonas, 'Jonas Weber');
  await jonas.keyboard.press('Control+End');
  for (const page of [mara, jonas]) await expect.poll(() => block(page)).toBe(`P ${lines.at(-1)}^|`);
  const meanwhile: Together['meanwhile'] = async (...acts) => {
    for (const messages of late) await messages.hold();
    for (const act of acts) await act();
    for (const messages of late) await messages.release();
  };
  return { mara, jonas, meanwhile };
}

/** The block with the caret: its element’s name and its text, with `|` at the caret and `^` at those of others. */
function block(page: Page): Promise<string> {
  return note(page).evaluate((text) => {
    const { anchorNode: at, anchorOffset: offset } = getSelection() ?? {};
    const element = at instanceof Element ? at : at?.parentElement;
    const block = element?.closest('p, h1, h2, h3, pre');
    if (!at || !block || !text.contains(block)) return 'no caret in the note';
    const upTo = (node: Node, offset: number): number => {
      const range = document.createRange();
      range.setStart(block, 0);
      range.setEnd(node, offset);
      const before = range.cloneContents();
      for (const caret of before.querySelectorAll('.caret')) caret.remove();
      return before.textContent.length;
    };
    const marks = [{ at: upTo(at, offset ?? 0), sign: '|' }];
    for (const caret of block.querySelectorAll('.caret')) {
      const index = [...(caret.parentNode?.childNodes ?? [])].indexOf(caret as ChildNode);
      if (caret.parentNode) marks.push({ at: upTo(caret.parentNode, index), sign: '^' });
    }
    const copy = block.cloneNode(true) as Element;
    for (const caret of copy.querySelectorAll('.caret')) caret.remove();
    let words = copy.textContent;
    marks.sort((a, b) => b.at - a.at || (a.sign === '|' ? -1 : 1));
    for (const { at, sign } of marks) words = `${words.slice(0, at)}${sign}${words.slice(at)}`;
    return `${block.closest('li') ? 'LI' : block.tagName} ${words}`;
  });
}
