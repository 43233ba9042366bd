import type { Locator, Page } from '@playwright/test';
import { bomb, halves } from '../support/pictures.ts';
import { violations } from './axe.ts';
import { ROOM, enter, note, write } from './in-the-room.ts';
import { NO_NETWORK, expect, test } from './journey.ts';

test('WR13: a pasted screenshot stands where the caret was, for everybody, and in every text form', async ({
  people,
}) => {
  const [mara, jonas] = await people(2);
  await jonas.goto(ROOM);
  await enter(mara, 'Mara Lindqvist');
  await write(mara, ['before', 'after']);
  await mara.keyboard.press('Home');
  await paste(mara, await halves(120, 60).png().toBuffer());
  // Who only reads sees it too.
  for (const page of [mara, jonas]) {
    await expect(image(page)).toHaveJSProperty('naturalWidth', 120);
    await expect(image(page)).toHaveAttribute('width', '120');
    await expect.poll(() => blocks(page)).toEqual(['before', '[image]', 'after']);
  }
  await mara.keyboard.type('still ');
  await expect.poll(() => blocks(jonas)).toEqual(['before', '[image]', 'still after']);

  const markdown = await (await mara.request.get(`${ROOM}.md`)).text();
  const address = /!\[\]\((http:[^)]+)\)/.exec(markdown)?.[1] ?? '';
  expect(address).toMatch(/\/files\/[a-z2-7]{26}-120x60\.png$/);
  expect((await mara.request.get(address)).headers()['content-type']).toBe('image/png');
  await jonas.goto(`${ROOM}.html`);
  await expect(jonas.locator('img')).toHaveJSProperty('naturalWidth', 120);
  await jonas.goto(ROOM);
  await expect(image(jonas)).toHaveJSProperty('naturalWidth', 120);
});

test('WR13: a dropped photo shows how far it is to who brings it alone, and keeps its place while others write', async ({
  people,
}) => {
  const [mara, jonas] = await people(2);
  await enter(mara, 'Mara Lindqvist');
  await write(mara, ['one', 'two', 'three']);
  await enter(jonas, 'Jonas Weber');
  const go = await holdUploads(mara);
  await drop(mara, note(mara).getByText('two'), 'photo.jpg', 'image/jpeg', await halves(80, 40).jpeg().toBuffer());
  const status = mara.getByRole('status').filter({ hasText: 'photo.jpg' });
  await expect(status).toHaveText('Uploading photo.jpg');
  await expect(mara.getByRole('progressbar', { name: 'photo.jpg' })).toBeVisible();
  expect(await violations(mara)).toEqual([]);
  // Above the place and at it, by another; below it, by her.
  await jonas.keyboard.press('Control+Home');
  await jonas.keyboard.press('Enter');
  await jonas.keyboard.type('zero');
  await expect(note(mara)).toContainText('zero');
  await mara.keyboard.type('!');
  await expect(note(jonas)).toContainText('three!');
  await expect(jonas.getByText('photo.jpg')).toHaveCount(0);
  await expect(status).toHaveCount(1);
  await go();
  for (const page of [mara, jonas]) {
    await expect(image(page)).toHaveJSProperty('naturalWidth', 80);
    await expect.poll(async () => (await blocks(page)).slice(-4)).toEqual(['one', 'two', '[image]', 'three!']);
  }
  await expect(status).toHaveCount(0);
});

test('WR13: what is refused says why and can be taken away by keyboard; the text stays', async ({
  people,
  problems,
}) => {
  problems.allow(/status of 400/);
  const [mara] = await people(1);
  await enter(mara, 'Mara Lindqvist');
  await mara.keyboard.type('text');
  await drop(mara, note(mara).getByText('text'), 'logo.svg', 'image/svg+xml', Buffer.from('<svg/>'));
  await expect(mara.getByText(/^logo\.svg: Only PNG, JPEG, WebP and GIF/)).toBeVisible();
  await expect(mara.getByRole('button', { name: 'Try again' })).toHaveCount(0);
  expect(await violations(mara)).toEqual([]);
  await mara.keyboard.press('Tab');
  await expect(mara.getByRole('button', { name: 'Remove' })).toBeFocused();
  await mara.keyboard.press('Enter');
  await expect(mara.getByText('logo.svg')).toHaveCount(0);
  await expect(note(mara)).toBeFocused();

  const large = Buffer.alloc(18_000_000);
  await drop(mara, note(mara).getByText('text'), 'large.png', 'image/png', large);
  await expect(mara.getByText('large.png: 18 MB is over the limit of 15 MB. Make the image smaller')).toBeVisible();
  await mara.getByRole('button', { name: 'Remove' }).click();

  await drop(mara, note(mara).getByText('text'), 'bomb.png', 'image/png', bomb(16_000, 16_000, 1));
  await expect(mara.getByText('bomb.png: 16000 × 16000 pixels are too many.')).toBeVisible();
  await mara.getByRole('button', { name: 'Remove' }).click();
  await mara.keyboard.type(' more');
  await expect.poll(() => blocks(mara)).toEqual(['text more']);
});

test('WR13: without a connection the text stays, and the image goes when it is tried again', async ({
  people,
  problems,
}) => {
  problems.allow(NO_NETWORK);
  const [mara] = await people(1);
  await enter(mara, 'Mara Lindqvist');
  await mara.keyboard.type('text');
  await mara.context().setOffline(true);
  await drop(mara, note(mara).getByText('text'), 'a.png', 'image/png', await halves(20, 20).png().toBuffer());
  await expect(mara.getByText('a.png: Images need the connection.')).toBeVisible();
  await mara.keyboard.type(' offline');
  await mara.context().setOffline(false);
  await mara.getByRole('button', { name: 'Try again' }).click();
  await expect(image(mara)).toHaveJSProperty('naturalWidth', 20);
  await expect.poll(async () => (await blocks(mara)).slice(0, 2)).toEqual(['text offline', '[image]']);
});

test('WR13: an upload can be cancelled', async ({ people, problems }) => {
  problems.allow(NO_NETWORK);
  const [mara] = await people(1);
  await enter(mara, 'Mara Lindqvist');
  await mara.keyboard.type('text');
  await holdUploads(mara);
  const png = await halves(20, 20).png().toBuffer();
  for (const name of ['a.png', 'b.png']) await drop(mara, note(mara).getByText('text'), name, 'image/png', png);
  await expect(mara.getByText('b.png waits for the one before it')).toBeVisible();
  for (const _ of ['b.png', 'a.png']) await mara.getByRole('button', { name: 'Cancel' }).last().click();
  await expect(mara.getByRole('progressbar')).toHaveCount(0);
  await expect.poll(() => blocks(mara)).toEqual(['text']);
});

test('WR13: chosen images come in their order; their alt text is written by keyboard', async ({ people }) => {
  const [mara, jonas] = await people(2);
  await enter(mara, 'Mara Lindqvist');
  await jonas.goto(ROOM);
  const chooser = mara.waitForEvent('filechooser');
  await mara.keyboard.type('/image');
  await mara.keyboard.press('Enter');
  const buffers = await Promise.all([halves(40, 20).png().toBuffer(), halves(60, 20).png().toBuffer()]);
  await (await chooser).setFiles(buffers.map((buffer, i) => ({ name: `${i}.png`, mimeType: 'image/png', buffer })));
  await expect(image(jonas)).toHaveCount(2);
  for (const [i, width] of [40, 60].entries())
    await expect(image(jonas).nth(i)).toHaveJSProperty('naturalWidth', width);

  // Both came before the line she was about to write; the key up leads into them.
  await mara.keyboard.press('ArrowUp');
  const field = mara.getByRole('textbox', { name: 'Alt text' });
  await expect(field).toBeVisible();
  await mara.keyboard.press('Tab');
  await expect(field).toBeFocused();
  await mara.keyboard.type('Page table of two levels');
  expect(await violations(mara)).toEqual([]);
  await mara.keyboard.press('Enter');
  await expect(note(mara)).toBeFocused();
  await expect(note(jonas).getByRole('img', { name: 'Page table of two levels' })).toHaveJSProperty('naturalWidth', 60);
  await mara.keyboard.press('Tab');
  await expect(field).toBeFocused();
  await mara.keyboard.type('no');
  await mara.keyboard.press('Escape');
  await expect(note(mara)).toBeFocused();
  await mara.keyboard.press('ArrowDown');
  await mara.keyboard.type('below');
  await expect.poll(() => blocks(jonas)).toEqual(['[image]', '[image: Page table of two levels]', 'below']);
});

const image = (page: Page) => page.locator('.note-text img[src^="/files/"]');

/** The blocks behind the template's heading, without the names at other people’s carets. */
function blocks(page: Page): Promise<string[]> {
  return note(page).evaluate((editor) => {
    const own = [...editor.children].filter((block) => !block.matches('.image-line, .caret'));
    const shown = own.slice(own.findLastIndex((block) => /^H\d$/.test(block.tagName)) + 1).map((block) => {
      const picture = block.querySelector('img[src]');
      if (picture) return picture.getAttribute('alt') ? `[image: ${picture.getAttribute('alt')}]` : '[image]';
      const copy = block.cloneNode(true) as Element;
      for (const caret of copy.querySelectorAll('.caret')) caret.remove();
      return copy.textContent;
    });
    return shown.filter((text, i) => text !== '' || i < shown.length - 1);
  });
}

/** As a browser copies a picture: the file, and HTML that only points at where it was. */
async function paste(page: Page, png: Buffer): Promise<void> {
  await page.evaluate(async (base64) => {
    // A key that moved the caret is told of before the next frame; a paste by hand never comes sooner.
    await new Promise((painted) => setTimeout(() => requestAnimationFrame(painted)));
    const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([bytes], 'image.png', { type: 'image/png' }));
    clipboardData.setData('text/html', '<img src="https://example.org/there.png">');
    const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true });
    Object.defineProperty(event, 'clipboardData', { value: clipboardData });
    document.activeElement?.dispatchEvent(event);
  }, png.toString('base64'));
}

async function drop(page: Page, where: Locator, name: string, type: string, bytes: Buffer): Promise<void> {
  const box = await where.boundingBox();
  if (!box) throw new Error('There is no such place.');
  const at = { clientX: box.x + 20, clientY: box.y + box.height / 2 };
  const dataTransfer = await page.evaluateHandle(
    ({ base64, name, type }) => {
      const text = atob(base64);
      const array = new Uint8Array(text.length);
      for (let i = 0; i < text.length; i += 1) array[i] = text.charCodeAt(i);
      const held = new DataTransfer();
      held.items.add(new File([array], name, { type }));
      return held;
    },
    { base64: bytes.toString('base64'), name, type },
  );
  for (const event of ['dragenter', 'dragover', 'drop'])
    await where.dispatchEvent(event, { dataTransfer, bubbles: true, cancelable: true, ...at });
}

/** Uploads wait from now on; the returned function lets them go. */
async function holdUploads(page: Page): Promise<() => Promise<void>> {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  await page.route('**/images', async (route) => {
    await opened;
    await route.continue();
  });
  return async () => open();
}
