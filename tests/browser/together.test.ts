import AxeBuilder from '@axe-core/playwright';
import type { CDPSession, Locator, Page } from '@playwright/test';
import { expect, test } from './journey.ts';

const ROOM = '/vfio-iommu-pci-mc-2023/dev-iommufd-development';

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

const note = (page: Page) => page.getByRole('textbox', { name: /^Note: / });

async function enter(page: Page, name: string): Promise<void> {
  await page.goto(ROOM);
  await page.getByRole('textbox', { name: 'Your name', exact: true }).fill(name);
  await page.getByRole('button', { name: 'Start writing' }).click();
  await expect(note(page)).toBeFocused();
}

/** The note, or its last paragraph, without the names at other people’s carets. */
const text = (page: Page) => note(page).evaluate(withoutCarets);
const lastLine = (page: Page) => note(page).locator('> p').last().evaluate(withoutCarets);

function withoutCarets(element: Element): string {
  const copy = element.cloneNode(true) as Element;
  for (const caret of copy.querySelectorAll('.caret')) caret.remove();
  return copy.textContent;
}

async function pasted(page: Page, html: string): Promise<void> {
  await page.evaluate((html) => {
    const data = new DataTransfer();
    data.setData('text/html', html);
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
  }, html);
}

/** Counts how often a composition ended, whoever ended it, and gives the input method’s way in. */
async function watched(page: Page): Promise<CDPSession> {
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
  problems.allow(/WebSocket|ERR_/);
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
  await pasted(mara, Array.from({ length: 120 }, (_, i) => `<p>line ${i}</p>`).join(''));
  await enter(jonas, 'Jonas Weber');
  await expect(note(jonas)).toContainText('line 119');
  await jonas.keyboard.press('Control+Home');
  for (const where of ['outside', 'inside'] as const) {
    const read = note(mara).getByText('line 60', { exact: true });
    await read.evaluate((line) => line.scrollIntoView({ block: 'center' }));
    if (where === 'inside') await note(mara).getByText('line 62', { exact: true }).click();
    const was = await read.boundingBox();
    for (const word of ['new', 'more']) {
      await jonas.keyboard.type(`${word} ${where}`);
      await jonas.keyboard.press('Enter');
    }
    await expect(note(mara)).toContainText(`more ${where}`);
    // One frame on, when the view has settled.
    await mara.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    expect((await read.boundingBox())?.y, where).toBeCloseTo(was?.y ?? 0, 0);
  }
});

test('TO2: a click and a drag while others write above mean the words that were pointed at', async ({ people }) => {
  const [mara, jonas] = await people(2);
  let heard = 0;
  mara.on('websocket', (socket) => socket.on('framereceived', () => (heard += 1)));
  await enter(mara, 'Mara Lindqvist');
  for (const line of ['alpha', 'beta gamma', 'delta']) {
    await mara.keyboard.type(line);
    if (line !== 'delta') await mara.keyboard.press('Enter');
  }
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
  await expect.poll(() => text(jonas)).toContain('betaX gamma');

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
  await expect.poll(() => text(jonas)).toContain('aboveagainalphabetaX Ydelta');
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
  const [text, box] = await Promise.all([
    line.evaluate((block) => {
      const range = document.createRange();
      range.selectNodeContents(block.lastChild ?? block);
      return range.getBoundingClientRect().right;
    }),
    line.boundingBox(),
  ]);
  expect(text).toBeCloseTo((box?.x ?? 0) + (box?.width ?? 0), 0);
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

test('TO4: the outline marks the heading that is read, and an address with a heading opens there', async ({
  people,
}) => {
  const [mara, jonas] = await people(2);
  await enter(mara, 'Mara Lindqvist');
  await pasted(
    mara,
    ['One', 'Two', 'Three'].map((name) => `<h2>Part ${name}</h2>${'<p>text</p>'.repeat(40)}`).join(''),
  );
  const outline = (page: Page) => page.getByRole('navigation', { name: 'Outline' });
  const marked = outline(mara).locator('[aria-current="location"]');
  await outline(mara).getByRole('link', { name: 'Part Two' }).click();
  await expect(marked).toHaveText('Part Two');
  await note(mara)
    .getByText('Part Three')
    .evaluate((heading) => heading.scrollIntoView());
  await expect(marked).toHaveText('Part Three');
  await expect(mara.locator('[data-kind="saved"]')).toBeVisible();

  await jonas.goto(`${ROOM}#h-part-three`);
  await expect(note(jonas)).toBeVisible();
  await expect(outline(jonas).locator('[aria-current="location"]')).toHaveText('Part Three');
  await expect(note(jonas).getByRole('heading', { name: 'Part Three' })).toBeInViewport();
});

const following = (page: Page) => page.getByRole('status').filter({ hasText: 'Following' });
const line = (page: Page, i: number) => note(page).locator('p', { hasText: new RegExp(`^line ${i}\\b`) });
const oneHundred = Array.from({ length: 100 }, (_, i) => `<p>line ${i}</p>`).join('');

/** Whether the caret stands in the middle part of what is seen of the note. */
const inSight = (caret: Locator) =>
  caret.evaluate((caret) => {
    const view = caret.closest('.scroll')?.getBoundingClientRect() ?? new DOMRect();
    const { top, bottom } = caret.getBoundingClientRect();
    return top >= view.top + view.height * 0.2 && bottom <= view.bottom - view.height * 0.2;
  });

/** Writes a word at the end of a line that is far from both ends of the note. */
async function writeAt(page: Page, at: number, word: string): Promise<void> {
  await line(page, at).click();
  await page.keyboard.press('End');
  await page.keyboard.type(word);
}

const follow = (page: Page) => page.getByRole('button', { name: 'Follow Jonas Weber' });

test('TO3: following a person shows the place they write, by keyboard alone, also for who only reads', async ({
  people,
}) => {
  const [jonas, mara, reader] = await people(3);
  await enter(jonas, 'Jonas Weber');
  await pasted(jonas, oneHundred);
  await enter(mara, 'Mara Lindqvist');
  await reader.goto(ROOM);
  const carets = (page: Page) => page.locator('.caret', { hasText: 'Jonas' });
  for (const page of [mara, reader]) {
    await expect(note(page)).toContainText('line 99');
    await follow(page).focus();
    await page.keyboard.press('Enter');
    await expect(following(page)).toContainText('Following Jonas Weber. Esc stops.');
    await expect(follow(page)).toHaveAttribute('aria-pressed', 'true');
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  }
  for (const at of [30, 70, 50]) {
    await writeAt(jonas, at, ` seen ${at}`);
    for (const page of [mara, reader]) {
      await expect(note(page).locator('p', { has: carets(page) })).toContainText(`seen ${at}`);
      await expect.poll(() => inSight(carets(page))).toBe(true);
    }
  }
  // The button that stops it can be reached, and who pressed it is at the note.
  await following(reader).getByRole('button', { name: 'Stop' }).press('Enter');
  await expect(following(reader)).toHaveCount(0);
  await expect(reader.getByRole('region', { name: 'Note', exact: true })).toBeFocused();
});

test('TO3: any move of mine ends following, and so does the leaving of who is followed', async ({ people }) => {
  const [jonas, mara] = await people(2);
  await enter(jonas, 'Jonas Weber');
  await pasted(jonas, oneHundred);
  await enter(mara, 'Mara Lindqvist');
  await expect(note(mara)).toContainText('line 99');
  // Far from where Jonas will be, for the view goes to my caret too.
  await mara.keyboard.press('Control+Home');
  const moves: Record<string, () => Promise<void>> = {
    Escape: () => mara.keyboard.press('Escape'),
    wheel: () => mara.mouse.wheel(0, -10),
    'a caret key': async () => {
      await note(mara).focus();
      await mara.keyboard.press('ArrowUp');
    },
    typing: async () => {
      await note(mara).focus();
      await mara.keyboard.type('x');
    },
    'a press in the note': () => mara.locator('.scroll').click({ position: { x: 300, y: 300 } }),
  };
  for (const [i, [name, move]] of Object.entries(moves).entries()) {
    await follow(mara).click();
    await expect(following(mara), name).toHaveCount(1);
    await writeAt(jonas, 20 + i, ' one');
    await expect(note(mara).locator('p', { has: mara.locator('.caret') })).toContainText('one');
    await expect.poll(() => inSight(mara.locator('.caret'))).toBe(true);
    await move();
    await expect(following(mara), name).toHaveCount(0);
    await writeAt(jonas, 80 + i, ' two');
    await expect(note(mara).locator('p', { has: mara.locator('.caret') })).toContainText('two');
    await mara.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    expect(await inSight(mara.locator('.caret')), name).toBe(false);
  }
  await follow(mara).click();
  await expect(following(mara)).toHaveCount(1);
  await jonas.close();
  await expect(mara.getByRole('status').filter({ hasText: 'Jonas Weber left.' })).toBeVisible();
  await expect(following(mara)).toHaveCount(0);
});

/** Does it, and gives the link that it put into the clipboard once the page says so. */
async function linkCopied(page: Page, act: () => Promise<void>): Promise<string> {
  await page.evaluate(() => navigator.clipboard.writeText(''));
  await act();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('#');
  await expect(page.getByRole('status').filter({ hasText: 'Link copied.' })).toBeVisible();
  return page.evaluate(() => navigator.clipboard.readText());
}

test('TO4: a link to a block is copied by keyboard, and survives editing, moving, splitting and undoing', async ({
  people,
  server,
}) => {
  const [mara, jonas] = await people(2, { permissions: ['clipboard-read', 'clipboard-write'] });
  await enter(mara, 'Mara Lindqvist');
  await pasted(mara, oneHundred);
  await writeAt(mara, 60, ' /copy link');
  const link = await linkCopied(mara, () => mara.keyboard.press('Enter'));
  const id = /#(b-[a-z0-9]{8})$/.exec(link)?.[1] ?? '';
  expect(link).toBe(`${server.url}${ROOM}#${id}`);
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
  await expect(mara.locator('[data-kind="saved"]')).toBeVisible();

  expect(await (await fetch(server.url + ROOM)).text()).toMatch(new RegExp(`<p id="${id}">line 60`));
  await jonas.goto(link);
  await expect(note(jonas).locator(`#${id}`)).toBeInViewport();
});

test('TO4: a link to a heading is copied from the outline, and one sent before leads to it still', async ({
  people,
  server,
}) => {
  const [mara, jonas] = await people(2, { permissions: ['clipboard-read', 'clipboard-write'] });
  await enter(mara, 'Mara Lindqvist');
  await pasted(
    mara,
    ['One', 'Two', 'Three'].map((name) => `<h2>Part ${name}</h2>${'<p>text</p>'.repeat(40)}`).join(''),
  );
  const button = (page: Page, name: string) => page.getByRole('button', { name: `Copy link to Part ${name}` });
  const link = await linkCopied(mara, () => button(mara, 'Two').press('Enter'));
  expect(link).toMatch(/#b-[a-z0-9]{8}$/);
  // A second time it is the same.
  expect(await linkCopied(mara, () => button(mara, 'Two').press('Enter'))).toBe(link);
  await note(mara).getByText('Part Two').click();
  await mara.keyboard.press('End');
  await mara.keyboard.type(' and a half');
  await expect(mara.locator('[data-kind="saved"]')).toBeVisible();
  const heading = note(jonas).getByRole('heading', { name: 'Part Two and a half' });
  for (const address of [link, `${server.url}${ROOM}#h-part-two-and-a-half`]) {
    await jonas.goto('about:blank');
    await jonas.goto(address);
    await expect(heading).toBeInViewport();
    expect((await heading.boundingBox())?.y).toBeLessThan(300);
  }
  // Who gave no name writes nothing into the note by copying.
  await button(jonas, 'Three').hover();
  await expect(button(jonas, 'Three')).toHaveCSS('opacity', '1');
  expect((await new AxeBuilder({ page: jonas }).analyze()).violations).toEqual([]);
  expect(await linkCopied(jonas, () => button(jonas, 'Three').click())).toBe(`${server.url}${ROOM}#h-part-three`);
});
