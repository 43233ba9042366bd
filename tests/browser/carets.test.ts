import type { Page } from '@playwright/test';
import { enter, lastLine, note, noteText, pasteHtml, write } from './in-the-room.ts';
import { NO_NETWORK, expect, isFirefox, test } from './journey.ts';

test('TO1: a caret that does not move becomes a quiet line without a name, and is named again when it moves', async ({
  people,
}) => {
  const [mara, jonas] = await people(2);
  await mara.clock.install();
  await enter(mara, 'Mara Lindqvist');
  await mara.keyboard.type('a line');
  await enter(jonas, 'Jonas Weber');
  const caret = mara.locator('.caret');
  const name = mara.locator('.caret-name');
  await expect(name).toBeVisible();
  await mara.clock.runFor(10_000);
  await expect(caret).toHaveCSS('border-left-width', '1px');
  await expect(name).toBeHidden();
  // Text that pushes it along is no move of Jonas’s.
  await mara.keyboard.press('Home');
  await mara.keyboard.type('x');
  await expect.poll(() => lastLine(jonas)).toBe('xa line');
  await expect(name).toBeHidden();
  await jonas.keyboard.press('ArrowLeft');
  await expect(name).toBeVisible();
  await expect(caret).toHaveCSS('border-left-width', '2px');
  await jonas.close();
  await expect(caret).toHaveCount(0);
});

test('TO1: on a phone the name stands above the caret for two seconds after a move', async ({ people }) => {
  const [mara] = await people(1, { viewport: { width: 390, height: 844 } });
  const [jonas] = await people(1);
  await mara.clock.install();
  await enter(mara, 'Mara Lindqvist');
  await mara.keyboard.type('a line');
  await enter(jonas, 'Jonas Weber');
  const name = mara.locator('.caret-name');
  await expect(name).toBeVisible();
  await mara.clock.runFor(2_000);
  await expect(name).toBeHidden();
  await jonas.keyboard.type('!');
  await expect(name).toBeVisible();
});

test('TO1: without a connection no caret of others is shown, for nobody knows where they are', async ({
  people,
  server,
  problems,
}) => {
  problems.allow(NO_NETWORK);
  const [mara, jonas] = await people(2);
  await enter(mara, 'Mara Lindqvist');
  await enter(jonas, 'Jonas Weber');
  await expect(mara.locator('.caret')).toHaveCount(1);
  await server.kill9();
  await expect(mara.locator('.caret')).toHaveCount(0);
});

test('TO2: what others write above leaves the line I read where it is, with my caret in view and without', async ({
  people,
}) => {
  const [mara, jonas] = await people(2);
  await enter(mara, 'Mara Lindqvist');
  await pasteHtml(mara, Array.from({ length: 120 }, (_, i) => `<p>line ${i}</p>`).join(''));
  await enter(jonas, 'Jonas Weber');
  await expect(note(jonas)).toContainText('line 119');
  await jonas.keyboard.press('Control+Home');
  for (const where of ['outside', 'inside'] as const) {
    const read = note(mara).getByText('line 60', { exact: true });
    await read.evaluate((line) => line.scrollIntoView({ block: 'center' }));
    if (where === 'inside') await note(mara).getByText('line 62', { exact: true }).click();
    const place = async () => (await read.boundingBox())?.y ?? NaN;
    // What comes into sight is laid out then, and moves what stands below it.
    let was = NaN;
    await expect.poll(async () => was === (was = await place())).toBe(true);
    for (const word of ['new', 'more']) {
      await jonas.keyboard.type(`${word} ${where}`);
      await jonas.keyboard.press('Enter');
    }
    await expect(note(mara)).toContainText(`more ${where}`);
    await expect.poll(place, where).toBeCloseTo(was, 0);
  }
});

test('TO2: a click and a drag while others write above mean the words that were pointed at', async ({ people }) => {
  const [mara, jonas] = await people(2);
  test.skip(isFirefox(mara), 'Connections are watched in Chromium alone.');
  let heard = 0;
  mara.on('websocket', (socket) => socket.on('framereceived', () => (heard += 1)));
  await enter(mara, 'Mara Lindqvist');
  await write(mara, ['alpha', 'beta gamma', 'delta']);
  await enter(jonas, 'Jonas Weber');
  await expect(note(jonas)).toContainText('delta');
  await note(jonas).getByText('alpha').click();
  await jonas.keyboard.press('Home');
  const beta = await wordBox(mara, 'beta');

  await mara.mouse.move(beta.right - 1, beta.middle);
  await mara.mouse.down();
  await whileHeard(
    () => heard,
    async () => {
      await jonas.keyboard.type('above');
      await jonas.keyboard.press('Enter');
    },
  );
  await mara.mouse.up();
  await expect(note(mara)).toContainText('above');
  await mara.keyboard.type('X');
  await expect.poll(() => noteText(jonas)).toContain('betaX gamma');

  const gamma = await wordBox(mara, 'gamma');
  await mara.mouse.move(gamma.left + 1, gamma.middle);
  await mara.mouse.down();
  await mara.mouse.move(gamma.right - 20, gamma.middle);
  await whileHeard(
    () => heard,
    async () => {
      await jonas.keyboard.type('again');
      await jonas.keyboard.press('Enter');
    },
  );
  await mara.mouse.move(gamma.right + 1, gamma.middle);
  await mara.mouse.up();
  await mara.keyboard.type('Y');
  await expect.poll(() => noteText(jonas)).toContain('aboveagainalphabetaX Ydelta');
});

/** Does it, and waits until the page was sent something after it. */
async function whileHeard(heard: () => number, act: () => Promise<void>): Promise<void> {
  const before = heard();
  await act();
  await expect.poll(heard).toBeGreaterThan(before);
}

/** Where a word of the note stands on the screen. */
async function wordBox(page: Page, word: string): Promise<{ left: number; right: number; middle: number }> {
  return note(page).evaluate((root, word) => {
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const at = text.textContent?.indexOf(word) ?? -1;
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(text, at);
      range.setEnd(text, at + word.length);
      const { left, right, top, bottom } = range.getBoundingClientRect();
      return { left, right, middle: (top + bottom) / 2 };
    }
    throw new Error(`“${word}” is not in the note`);
  }, word);
}
