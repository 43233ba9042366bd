import type { Page } from '@playwright/test';
import { violations } from './axe.ts';
import { AGENDA, ROOM, enter, lastLine, lastLines, note, peopleHere, write } from './in-the-room.ts';
import { NO_NETWORK, expect, test } from './journey.ts';
import { lateMessages } from './late-messages.ts';

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
  await expect(menu(mara).getByRole('option', { name: /^Heading/ })).toHaveCount(3);
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
  await expect.poll(() => lastLine(mara)).toBe('see /bullets');
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
  await expect(peopleHere(mara)).toContainText('Jonas Weber');
  await mara.keyboard.type('Ask @jw');
  await expect(chosen(mara)).toHaveText('Jonas Weber');
  await mara.keyboard.press('Tab');
  await mara.keyboard.type('on #pci endpoint sub');
  await expect(menu(mara)).toHaveAccessibleName('Topics, sessions and words');
  await mara.keyboard.press('Enter');
  await mara.keyboard.type('today');
  await expect.poll(() => lastLine(mara)).toMatch(/^Ask @Jonas Weber on PCI Endpoint Subsystem.* today$/);
  await expect(note(mara).locator('.line-person')).toHaveText('@Jonas Weber');
  await expect(note(mara).getByRole('link')).toHaveAttribute(
    'href',
    new RegExp(`^${server.url}${AGENDA}/pci-endpoint-`),
  );
  await expect(note(mara).getByRole('link')).not.toContainText('today');
});

test('WR8: button and menu say that the time is by the clock of the event', async ({ people }) => {
  const [mara] = await people(1, { timezoneId: 'Asia/Tokyo' });
  await enter(mara, 'Mara Lindqvist');
  const time = mara.getByRole('toolbar', { name: 'Format' }).getByRole('button', { name: 'Time', exact: true });
  await expect(time).toHaveAttribute('title', /^Time: event’s zone, E[SD]T \(Ctrl\+Alt\+T\)$/);
  await mara.keyboard.type('/time');
  await expect(chosen(mara)).toContainText(/event’s zone, E[SD]T/);
});

test('WR7: what is chosen in a menu stays chosen while others type', async ({ people }) => {
  const [mara, jonas] = await people(2);
  await enter(jonas, 'Jonas Weber');
  await enter(mara, 'Mara Lindqvist');
  await mara.keyboard.press('Enter');
  await mara.keyboard.type('/');
  for (let i = 0; i < 3; i += 1) await mara.keyboard.press('ArrowDown');
  const id = await chosen(mara).textContent();
  await jonas.keyboard.type('meanwhile');
  await expect(note(mara)).toContainText('meanwhile');
  await expect(chosen(mara)).toHaveText(id ?? '');
  await mara.keyboard.press('ArrowUp');
  await mara.keyboard.press('ArrowDown');
  await expect(chosen(mara)).toHaveText(id ?? '');
});

test('WR8: a key begins a speaker line: on an empty line at once, else behind this one; who spoke last comes first', async ({
  people,
}) => {
  const [mara, jonas] = await people(2);
  await enter(jonas, 'Jonas Weber');
  await enter(mara, 'Mara Lindqvist');
  await expect(peopleHere(mara)).toContainText('Jonas Weber');
  await mara.keyboard.press('Control+Alt+s');
  await expect(menu(mara)).toHaveAccessibleName('Speakers');
  await mara.keyboard.type('jonas');
  await mara.keyboard.press('Enter');
  await mara.keyboard.type('the queue is full');
  await expect(note(mara).locator('.line-speaker')).toHaveText('Jonas Weber:');
  await mara.keyboard.press('Home');
  await mara.keyboard.press('Control+Alt+s');
  await mara.keyboard.type('mara');
  await mara.keyboard.press('Enter');
  await mara.keyboard.type('then grow it');
  await expect
    .poll(() => lastLines(mara, 2))
    .toEqual(['Jonas Weber: the queue is full', 'Mara Lindqvist: then grow it']);
  await mara.keyboard.press('Control+Alt+s');
  const options = menu(mara).getByRole('option');
  await expect(options.nth(0)).toHaveAccessibleName('Mara Lindqvist');
  await expect(options.nth(1)).toHaveAccessibleName('Jonas Weber');
  await mara.keyboard.press('ArrowDown');
  await mara.keyboard.press('Enter');
  const said = ['Jonas Weber: the queue is full', 'Mara Lindqvist: then grow it', 'Jonas Weber: '];
  await expect.poll(() => lastLines(mara, 3)).toEqual(said);
  await expect.poll(() => lastLines(jonas, 3)).toEqual(said);
});

test('WR8: a key puts the time of the event’s zone before the line, in the gutter; again takes it away', async ({
  people,
}) => {
  const [mara] = await people(1, { timezoneId: 'Asia/Tokyo' });
  await mara.clock.install({ time: new Date('2023-11-15T17:16:40Z') });
  await enter(mara, 'Mara Lindqvist');
  await mara.keyboard.type('Grow the queue');
  await mara.keyboard.press('Control+Alt+t');
  await expect.poll(() => lastLine(mara)).toBe('[12:16] Grow the queue');
  const stamp = note(mara).locator('.line-stamp');
  await expect(stamp).toHaveText('[12:16]');
  /** How far the stamp’s edge on this side lies to the right of the note’s left edge. */
  const fromEdge = async (side: 'left' | 'right'): Promise<number> => {
    const [text, time] = await Promise.all([note(mara).boundingBox(), stamp.boundingBox()]);
    return (time?.x ?? NaN) + (side === 'right' ? (time?.width ?? NaN) : 0) - (text?.x ?? NaN);
  };
  await expect.poll(() => fromEdge('right')).toBeLessThanOrEqual(0);
  await mara.keyboard.type('!');
  await expect.poll(() => lastLine(mara)).toBe('[12:16] Grow the queue!');
  await mara.setViewportSize({ width: 390, height: 844 });
  await expect.poll(() => fromEdge('left')).toBeGreaterThanOrEqual(0);
  await mara.keyboard.press('Control+Alt+t');
  await expect.poll(() => lastLine(mara)).toBe('Grow the queue!');
});

test('ED1 WR8: times and speakers look the same before the editor takes its place', async ({ people, problems }) => {
  problems.allow(NO_NETWORK);
  const [mara, reader] = await people(2, { viewport: { width: 1440, height: 900 } });
  await enter(mara, 'Mara Lindqvist');
  await mara.keyboard.type('[12:16] Mara Lindqvist: ask @Mara Lindqvist');
  const places = (page: Page) =>
    page.locator('.note-text [class^="line-"]').evaluateAll((marks) =>
      marks.map((mark) => {
        const { x, width } = mark.getBoundingClientRect();
        const { color, fontWeight } = getComputedStyle(mark);
        return { kind: mark.className, text: mark.textContent, x, width, color, fontWeight };
      }),
    );
  await expect.poll(async () => (await mara.request.get(`${ROOM}.txt`)).text()).toContain('ask @Mara Lindqvist');
  await reader.route('**/*.js', (route) => route.abort());
  await reader.goto(ROOM);
  await reader.evaluate(() => document.fonts.ready);
  await mara.evaluate(() => document.fonts.ready);
  const kinds = async () => (await places(reader)).map(({ kind }) => kind);
  await expect.poll(kinds).toEqual(['line-stamp', 'line-gap', 'line-speaker', 'line-person']);
  await expect
    .poll(async () => {
      const [drawn, served] = await Promise.all([places(mara), places(reader)]);
      return JSON.stringify(drawn) === JSON.stringify(served) ? 'alike' : { drawn, served };
    })
    .toBe('alike');
});

test('WR9: by key a selection becomes a link, its address is changed and taken away; what may not be one says so', async ({
  people,
}) => {
  const [mara] = await people(1);
  await enter(mara, 'Mara Lindqvist');
  await mara.keyboard.type('see the list');
  for (let i = 0; i < 'the list'.length; i++) await mara.keyboard.press('Shift+ArrowLeft');
  await mara.keyboard.press('Control+Alt+k');
  const dialog = mara.getByRole('dialog', { name: 'Link' });
  await expect(dialog.getByRole('textbox', { name: 'Text' })).toHaveValue('the list');
  await expect(dialog.getByRole('textbox', { name: 'Address' })).toBeFocused();
  await mara.keyboard.type('javascript:alert(1)');
  await mara.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toHaveText('Only https:, http: and mailto: addresses can be links.');
  await mara.keyboard.press('Control+a');
  await mara.keyboard.type('lore.kernel.org/iommu/');
  await mara.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(note(mara)).toBeFocused();
  await mara.keyboard.type(' today');
  const link = note(mara).getByRole('link');
  await expect(link).toHaveText('the list');
  await expect(link).toHaveAttribute('href', 'https://lore.kernel.org/iommu/');
  await expect.poll(() => lastLine(mara)).toBe('see the list today');

  for (let i = 0; i < ' today'.length + 3; i++) await mara.keyboard.press('ArrowLeft');
  await mara.keyboard.press('Control+Alt+k');
  await expect(dialog.getByRole('textbox', { name: 'Address' })).toBeFocused();
  await mara.keyboard.press('Shift+Tab');
  await mara.keyboard.press('Control+a');
  await mara.keyboard.type('the archive');
  await mara.keyboard.press('Enter');
  await expect(link).toHaveText('the archive');
  await expect.poll(() => lastLine(mara)).toBe('see the archive today');

  await mara.keyboard.press('ArrowLeft');
  await mara.keyboard.press('Control+Alt+k');
  await expect(dialog.getByRole('textbox', { name: 'Address' })).toBeFocused();
  for (const _ of ['Change link', 'Remove link']) await mara.keyboard.press('Tab');
  await mara.keyboard.press('Enter');
  await expect(link).toHaveCount(0);
  await expect.poll(() => lastLine(mara)).toBe('see the archive today');
  await mara.keyboard.press('Control+Alt+k');
  await expect(dialog).toBeVisible();
  await mara.keyboard.press('Escape');
  await expect(note(mara)).toBeFocused();
});

test('WR9: an address pasted over a selection makes it a link', async ({ people }) => {
  const [mara] = await people(1, { permissions: ['clipboard-read', 'clipboard-write'] });
  await enter(mara, 'Mara Lindqvist');
  await mara.keyboard.type('the list');
  for (let i = 0; i < 'list'.length; i++) await mara.keyboard.press('Shift+ArrowLeft');
  await mara.evaluate(() => navigator.clipboard.writeText('https://lore.kernel.org/iommu/'));
  await mara.keyboard.press('Control+v');
  await expect(note(mara).getByRole('link')).toHaveText('list');
  await expect(note(mara).getByRole('link')).toHaveAttribute('href', 'https://lore.kernel.org/iommu/');
});

test('WR11: Alt and an arrow move blocks and list items with the caret; at the ends nothing moves', async ({
  people,
}) => {
  const [mara] = await people(1);
  await enter(mara, 'Mara Lindqvist');
  await write(mara, ['one', 'two', '- a', 'b']);
  await mara.keyboard.press('Enter');
  await mara.keyboard.press('Tab');
  await mara.keyboard.type('c');
  // Alone in its list: it stays.
  for (const key of ['Alt+ArrowUp', 'Alt+ArrowDown']) await mara.keyboard.press(key);
  await expect.poll(() => lastLines(mara, 5)).toEqual(['one', 'two', 'a', 'b', 'c']);
  await mara.keyboard.press('ArrowUp');
  await mara.keyboard.press('Alt+ArrowUp');
  await expect.poll(() => lastLines(mara, 5)).toEqual(['one', 'two', 'b', 'c', 'a']);
  await mara.keyboard.type('!');
  await expect.poll(() => lastLines(mara, 5)).toEqual(['one', 'two', 'b!', 'c', 'a']);
  await mara.keyboard.press('Alt+ArrowUp');
  await expect.poll(() => lastLines(mara, 5)).toEqual(['one', 'two', 'b!', 'c', 'a']);

  // Two blocks at once, and the selection stays on them.
  await mara.keyboard.press('Control+Home');
  await mara.keyboard.press('ArrowDown');
  await mara.keyboard.press('Shift+ArrowDown');
  await mara.keyboard.press('Alt+ArrowDown');
  await expect.poll(() => lastLines(mara, 5)).toEqual(['b!', 'c', 'a', 'one', 'two']);
  await mara.keyboard.press('Alt+ArrowUp');
  await expect.poll(() => lastLines(mara, 5)).toEqual(['one', 'two', 'b!', 'c', 'a']);
  await mara.keyboard.press('Control+z');
  await expect.poll(() => lastLines(mara, 5)).toEqual(['b!', 'c', 'a', 'one', 'two']);
});

test('WR11: while another types in the neighbour or in the moved block nothing is lost or mixed', async ({
  people,
}) => {
  const [mara, jonas] = await people(2);
  const late = await lateMessages(mara);
  await enter(mara, 'Mara Lindqvist');
  await write(mara, ['mine', 'a neighbour that is longer']);
  await enter(jonas, 'Jonas Weber');
  await jonas.keyboard.press('Control+End');
  // First he writes in the block that is passed, then in the one that is moved.
  for (const [words, after] of [
    [' in the neighbour', ['a neighbour that is longer in the neighbour', 'mine']],
    [' in the moved', ['mine', 'a neighbour that is longer in the neighbour in the moved']],
  ] as const) {
    await expect(mara.locator('.caret')).toHaveCount(1);
    await mara.keyboard.press('Control+Home');
    await mara.keyboard.press('ArrowDown');
    await expect.poll(() => caretIn(mara, 2)).toBe(true);
    // What Jonas types now is on its way while Mara moves.
    await late.hold();
    await jonas.keyboard.type(words);
    await late.waiting();
    await mara.keyboard.press('Alt+ArrowDown');
    await late.release();
    for (const page of [mara, jonas]) await expect.poll(() => lastLines(page, 2)).toEqual(after);
  }
});

test('WR6 WR15: the mark bar is reached, walked and left by keys, marks what is at the caret and says what is on', async ({
  people,
}) => {
  const [mara] = await people(1);
  await enter(mara, 'Mara Lindqvist');
  const bar = mara.getByRole('toolbar', { name: 'Format' });
  const button = (name: string) => bar.getByRole('button', { name, exact: true });
  await mara.keyboard.type('plain ');
  // The bar comes after the editor.
  await expect(button('Decision')).toBeVisible();
  await mara.keyboard.press('Alt+F10');
  await expect(button('Decision')).toBeFocused();
  // What there is no room for is passed over.
  await mara.keyboard.press('End');
  await expect(button('Redo')).toBeFocused();
  await mara.keyboard.press('ArrowRight');
  await expect(button('Decision')).toBeFocused();
  for (const name of ['Action', 'Question', 'Gap', 'Speaker', 'Time', 'Block', 'Undo']) {
    await mara.keyboard.press('ArrowRight');
    await expect(button(name)).toBeFocused();
  }
  await mara.keyboard.press('Home');
  await mara.keyboard.press('ArrowRight');
  await expect(button('Action')).toBeFocused();
  await mara.keyboard.press('Enter');
  await expect(note(mara)).toBeFocused();
  await expect(note(mara).locator('[data-outcome=action] .outcome-text')).toHaveText('plain ');
  await expect(button('Action')).toHaveAttribute('aria-pressed', 'true');
  // One stop of Tab, at the button used last.
  await mara.keyboard.press('Alt+F10');
  await expect(button('Action')).toBeFocused();
  await expect(bar.locator('button[tabindex="0"]')).toHaveCount(1);
  await mara.keyboard.press('Enter');
  await expect(button('Action')).toHaveAttribute('aria-pressed', 'false');
  await expect(note(mara).locator('[data-outcome]')).toHaveCount(0);

  await button('Block').click();
  await expect(menu(mara)).toHaveAccessibleName('Blocks');
  await mara.keyboard.type('code');
  await mara.keyboard.press('Enter');
  await expect(note(mara).locator('pre')).toHaveText('plain ');
});

test('PG6 WR7: menu, link fields and mark bar have no violation of axe', async ({ people }) => {
  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [1440, 390]) {
      const [mara] = await people(1, { colorScheme, viewport: { width, height: 844 } });
      await enter(mara, 'Mara Lindqvist');
      await mara.keyboard.press('Control+Alt+k');
      await expect(mara.getByRole('dialog', { name: 'Link' })).toBeVisible();
      expect(await violations(mara), `link ${colorScheme} ${width}`).toEqual([]);
      await mara.keyboard.press('Escape');
      await expect(note(mara)).toBeFocused();
      await mara.keyboard.press('Control+End');
      await mara.keyboard.type(' /');
      await expect(menu(mara)).toBeVisible();
      // The list is no stop of Tab: the keys of the note bring its lines into sight.
      expect(await violations(mara, ['scrollable-region-focusable']), `menu ${colorScheme} ${width}`).toEqual([]);
      await expect(menu(mara)).toHaveAttribute('tabindex', '-1');
    }
});

/** Whether the caret is in the block that is `fromEnd`-th from the end. */
function caretIn(page: Page, fromEnd: number): Promise<boolean> {
  return note(page).evaluate((text, fromEnd) => {
    const at = getSelection()?.anchorNode ?? null;
    return text.children[text.children.length - fromEnd]?.contains(at) ?? false;
  }, fromEnd);
}

const menu = (page: Page) => page.getByRole('listbox');
const chosen = (page: Page) => menu(page).getByRole('option', { selected: true });
