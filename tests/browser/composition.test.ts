import type { CDPSession, Page } from '@playwright/test';
import { enter, lastLine, note } from './in-the-room.ts';
import { expect, isFirefox, test } from './journey.ts';

/** What an input method shows one after the other while it composes, and what it puts in at the end. */
const METHODS = [
  { name: 'Japanese', steps: ['に', 'にh', 'にほ', 'にほん', '日本'], done: '日本' },
  { name: 'Chinese', steps: ['n', 'ni', "ni'h", "ni'hao"], done: '你好' },
  { name: 'a dead key', steps: ['´'], done: 'é' },
];

for (const { name, steps, done } of METHODS)
  test(`TO5: ${name}: what others write before and after it in the same line neither ends nor doubles what is composed`, async ({
    people,
  }) => {
    const [mara, jonas] = await people(2);
    await enter(mara, 'Mara Lindqvist');
    await mara.keyboard.type('one  two');
    for (let i = 0; i < 4; i += 1) await mara.keyboard.press('ArrowLeft');
    await enter(jonas, 'Jonas Weber');
    const input = await watched(mara);
    for (const [i, text] of steps.entries()) {
      await compose(input, text);
      // In the middle of words, so that nothing of the line stays as it was but what Mara composes.
      const [end, key, sign] = i % 2 === 0 ? ['Home', 'ArrowRight', '<'] : ['End', 'ArrowLeft', '>'];
      for (const press of [end, key, key]) await jonas.keyboard.press(press);
      await jonas.keyboard.type(sign);
      // Mara’s step has come to Jonas, and what he wrote before it is saved.
      await expect.poll(() => lastLine(jonas)).toContain(text);
      await expect.poll(() => lastLine(mara)).toContain(text);
    }
    expect(await ended(mara)).toBe(0);
    await input.send('Input.insertText', { text: done });
    const one = `on${'<'.repeat(Math.ceil(steps.length / 2))}e`;
    const two = `t${'>'.repeat(Math.floor(steps.length / 2))}wo`;
    for (const page of [mara, jonas]) await expect.poll(() => lastLine(page)).toBe(`${one} ${done} ${two}`);
    expect(await ended(mara)).toBe(1);
    // What is typed next goes on behind it.
    await mara.keyboard.type('!');
    await expect.poll(() => lastLine(jonas)).toBe(`${one} ${done}! ${two}`);
  });

test('TO5: a phone’s keyboard that composes over the word at the caret loses nothing of it or of others', async ({
  people,
}) => {
  const [mara, jonas] = await people(2);
  await enter(mara, 'Mara Lindqvist');
  await mara.keyboard.type('see iomu map');
  for (let i = 0; i < 4; i += 1) await mara.keyboard.press('ArrowLeft');
  await enter(jonas, 'Jonas Weber');
  const input = await watched(mara);
  // The keyboard takes the word before the caret into its composition, and puts a better one in its place.
  for (let i = 0; i < 4; i += 1) await mara.keyboard.press('Shift+ArrowLeft');
  await compose(input, 'iomu');
  await jonas.keyboard.type('s!');
  await compose(input, 'iommu');
  await jonas.keyboard.press('Home');
  await jonas.keyboard.press('ArrowRight');
  await jonas.keyboard.type('-');
  await expect.poll(() => lastLine(jonas)).toBe('s-ee iommu maps!');
  await compose(input, 'iommuf');
  await compose(input, 'iommufd');
  expect(await ended(mara)).toBe(0);
  await input.send('Input.insertText', { text: 'iommufd' });
  for (const page of [mara, jonas]) await expect.poll(() => lastLine(page)).toBe('s-ee iommufd maps!');
});

test('TO5: while one composes, what others write in other blocks is shown at once', async ({ people }) => {
  const [mara, jonas] = await people(2);
  await enter(mara, 'Mara Lindqvist');
  await mara.keyboard.type('first');
  await mara.keyboard.press('Enter');
  await enter(jonas, 'Jonas Weber');
  await jonas.keyboard.press('ArrowUp');
  await jonas.keyboard.press('End');
  const input = await watched(mara);
  await compose(input, 'にほ');
  await jonas.keyboard.type(' and more');
  await expect(note(mara)).toContainText('first and more');
  await compose(input, 'にほん');
  expect(await ended(mara)).toBe(0);
  await input.send('Input.insertText', { text: '日本' });
  await expect.poll(() => lastLine(jonas)).toBe('日本');
});

test('TO5: joined emoji are typed and deleted whole beside the typing of others', async ({ people }) => {
  const [mara, jonas] = await people(2);
  const family = '👩‍👩‍👧‍👦';
  const hand = '👍🏽';
  await enter(mara, 'Mara Lindqvist');
  await mara.keyboard.insertText(`${family}${hand}`);
  await enter(jonas, 'Jonas Weber');
  await expect.poll(() => lastLine(jonas)).toBe(`${family}${hand}`);
  await jonas.keyboard.type('b');
  await jonas.keyboard.press('Home');
  await jonas.keyboard.insertText('👩');
  await expect.poll(() => lastLine(mara)).toBe(`👩${family}${hand}b`);
  await mara.keyboard.press('Backspace');
  await expect.poll(() => lastLine(jonas)).toBe(`👩${family}b`);
  await mara.keyboard.insertText('👨‍💻');
  await expect.poll(() => lastLine(jonas)).toBe(`👩${family}👨‍💻b`);
});

test('TO5: a block reads in the direction of its own text, and so does a name', async ({ people }) => {
  const [mara, jonas] = await people(2);
  await enter(mara, 'Mara Lindqvist');
  await mara.keyboard.insertText('שלום עולם');
  await enter(jonas, 'מרים כהן');
  await jonas.keyboard.press('Home');
  await jonas.keyboard.type('a');
  await expect.poll(() => lastLine(mara)).toBe('aשלום עולם');
  await jonas.keyboard.press('Backspace');
  await expect.poll(() => lastLine(mara)).toBe('שלום עולם');
  await expect(mara.locator('.caret-name')).toHaveText('מרים');
  const line = note(mara).locator('> p').last();
  // The caret of another is drawn anew at times, and with it what stands around it.
  await expect
    .poll(() =>
      line.evaluate((block) => {
        const range = document.createRange();
        range.selectNodeContents(block.lastChild ?? block);
        return range.getBoundingClientRect().right - block.getBoundingClientRect().right;
      }),
    )
    .toBeCloseTo(0, 0);
});

/** Counts how often a composition ended, whoever ended it, and gives the input method’s way in. */
async function watched(page: Page): Promise<CDPSession> {
  test.skip(isFirefox(page), 'Input methods are played by Chromium’s DevTools protocol.');
  await page.evaluate(() => {
    Reflect.set(window, 'compositionsEnded', 0);
    addEventListener('compositionend', () =>
      Reflect.set(window, 'compositionsEnded', (Reflect.get(window, 'compositionsEnded') as number) + 1),
    );
  });
  return page.context().newCDPSession(page);
}

const ended = (page: Page) => page.evaluate(() => Reflect.get(window, 'compositionsEnded') as number);

/** One step of a composition: `text` in place of what was composed, or at first of what is selected. */
async function compose(input: CDPSession, text: string): Promise<void> {
  await input.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
}
