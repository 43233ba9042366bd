import type { Page } from '@playwright/test';
import { AGENDA, HUNDRED_LINES, enter, lastLine, note, pasteHtml, peopleHere, write } from './in-the-room.ts';
import { expect, test } from './journey.ts';
import { lateMessages } from './late-messages.ts';

test('ED2: a change by others between a caret key and the next one leaves the caret where the key put it', async ({
  people,
}) => {
  const [mara, jonas] = await people(2);
  const late = await lateMessages(mara);
  await enter(mara, 'Mara Lindqvist');
  await write(mara, ['one', 'two', 'three']);
  await enter(jonas, 'Jonas Weber');
  await expect(note(jonas)).toContainText('three');

  for (const what of ['text', 'caret'] as const) {
    await mara.keyboard.press('Control+Home');
    await expect.poll(() => caretBlock(mara)).toBe('Discussion');
    await late.hold();
    if (what === 'text') await jonas.keyboard.type('!');
    else await jonas.keyboard.press('Control+Home');
    await late.waiting();
    // The browser moves the caret at once and tells the page of it later: what is held comes in between.
    await mara.evaluate((what) => {
      const press = (): void => {
        const text = document.querySelector('.ProseMirror > p:last-of-type')?.firstChild;
        if (text) getSelection()?.collapse(text, 'three'.length);
      };
      if (what === 'text') press();
      Reflect.get(window, 'releaseMessages')();
      // A caret is drawn a moment after it came: the key goes before the drawing, its news after it.
      for (const start = performance.now(); what === 'caret' && performance.now() < start + 20;);
      if (what === 'caret') press();
    }, what);
    await mara.evaluate(() => new Promise((done) => setTimeout(() => requestAnimationFrame(done))));
    expect(await caretBlock(mara), what).toContain('three');
  }
});

test('ED2: a caret key pressed right after coming to the note is not undone on a busy machine', async ({ people }) => {
  const [mara] = await people(1);
  await enter(mara, 'Mara Lindqvist');
  await write(mara, ['one', 'two']);
  await note(mara).evaluate(async (text) => {
    // A busy browser tells the page of a moved caret late.
    const late = (event: Event): void => event.stopImmediatePropagation();
    addEventListener('selectionchange', late, true);
    (text as HTMLElement).blur();
    getSelection()?.removeAllRanges();
    // The browser puts the caret at the beginning, the editor puts it back, and looks 20 ms later whether it has to do so again.
    const { view } = Reflect.get(text, 'editor') as { view: { focus(): void } };
    view.focus();
    // The key comes when what the focus itself set going is over, and before that look.
    await new Promise((later) => setTimeout(later, 10));
    text.dispatchEvent(new KeyboardEvent('keydown', { key: 'Home', ctrlKey: true, bubbles: true, cancelable: true }));
    getSelection()?.modify('move', 'backward', 'documentboundary');
    await new Promise((later) => setTimeout(later, 12));
    removeEventListener('selectionchange', late, true);
    document.dispatchEvent(new Event('selectionchange'));
  });
  expect(await caretBlock(mara)).toBe('Discussion');
});

test('ED2: in a long note what is typed right behind Enter stands as it was typed', async ({ people }) => {
  const [mara] = await people(1);
  await enter(mara, 'Mara Lindqvist');
  await pasteHtml(mara, HUNDRED_LINES + HUNDRED_LINES);
  await expect(note(mara)).toHaveClass(/\blong\b/);
  await expect.poll(() => lastLine(mara)).toBe('line 99');
  await note(mara).evaluate((text) => {
    // As when keys waited for a busy page: nothing is drawn between them.
    text.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', keyCode: 13, bubbles: true, cancelable: true } as KeyboardEventInit),
    );
    for (const character of 'at the end') document.execCommand('insertText', false, character);
  });
  await expect.poll(() => lastLine(mara)).toBe('at the end');
});

test('ED6: two who type the same character at one place each go on behind their own', async ({ people }) => {
  const [ada, bob] = await people(2);
  const adas = { page: ada, messages: await lateMessages(ada) };
  const bobs = { page: bob, messages: await lateMessages(bob) };
  await enter(ada, 'Ada');
  await enter(bob, 'Bob');
  // Whose text comes first is Yjs’s to say, by a random number: each is the one who hears late once.
  for (const [{ page: late, messages }, { page: early }] of [
    [adas, bobs],
    [bobs, adas],
  ] as const) {
    for (const page of [late, early]) await page.keyboard.press('Control+End');
    await messages.hold();
    await early.keyboard.type('(b');
    await messages.waiting();
    await late.keyboard.type('(');
    await messages.release();
    await expect.poll(() => lastLine(late)).toMatch(/\(b\(|\(\(b/);
    await late.keyboard.type('a)');
    for (const page of [late, early]) await expect.poll(() => lastLine(page)).toMatch(/^(\(b\(a\)|\(a\)\(b)$/);
    await late.keyboard.press('Control+End');
    await late.keyboard.press('Enter');
    await expect.poll(() => lastLine(early)).toBe('');
  }
});

test('ED6: a character typed or deleted before an equal one is the one at the caret, also for who stands there', async ({
  people,
}) => {
  const [ada, bob] = await people(2);
  await enter(ada, 'Ada');
  await ada.keyboard.type('x');
  await enter(bob, 'Bob');
  await bob.keyboard.press('Home');
  await bob.keyboard.type('x');
  await expect.poll(() => lastLine(ada)).toBe('xx');
  await ada.keyboard.type('a');
  await expect.poll(() => lastLine(bob)).toBe('xxa');
  for (const key of ['ArrowLeft', 'ArrowLeft']) await ada.keyboard.press(key);
  await bob.keyboard.press('Home');
  await bob.keyboard.press('Delete');
  await expect.poll(() => lastLine(ada)).toBe('xa');
  await ada.keyboard.type('y');
  await expect.poll(() => lastLine(bob)).toBe('yxa');
});

test('ED2: in code Tab sets a tab and indents lines, and the caret stays in the note', async ({ people }) => {
  const [mara] = await people(1);
  await enter(mara, 'Mara Lindqvist');
  await mara.keyboard.type('```');
  await mara.keyboard.press('Enter');
  await mara.keyboard.type('if (x)');
  await mara.keyboard.press('Enter');
  await mara.keyboard.press('Tab');
  await mara.keyboard.type('return;');
  await expect(note(mara).locator('pre')).toHaveText('if (x)\n\treturn;');
  await mara.keyboard.press('Shift+ArrowUp');
  await mara.keyboard.press('Tab');
  await expect(note(mara).locator('pre')).toHaveText('\tif (x)\n\t\treturn;');
  await mara.keyboard.press('Shift+Tab');
  await expect(note(mara).locator('pre')).toHaveText('if (x)\n\treturn;');
  await expect(note(mara)).toBeFocused();
  await mara.keyboard.press('Escape');
  await mara.keyboard.press('Tab');
  await expect(note(mara)).not.toBeFocused();
});

test('ED2: a link typed as Markdown becomes one, unless its address may not be one', async ({ people }) => {
  const [mara] = await people(1);
  await enter(mara, 'Mara Lindqvist');
  await mara.keyboard.type('See [the list](https://lore.kernel.org/iommu/) and [no](javascript:x) end');
  await expect(note(mara).locator('p').last()).toHaveText('See the list and [no](javascript:x) end');
  await expect(note(mara).getByRole('link')).toHaveText('the list');
  await expect(note(mara).getByRole('link')).toHaveAttribute('href', 'https://lore.kernel.org/iommu/');
});

test('ED2: alone in a line a caret has a first name, several have initials that do not overlap', async ({ people }) => {
  const [mara, jonas, priya] = await people(3);
  await enter(mara, 'Mara Lindqvist');
  await mara.keyboard.type('a line for all of us');
  await enter(jonas, 'Jonas Weber');
  const names = mara.locator('.caret-name');
  await expect(names).toHaveText(['Jonas']);
  await enter(priya, 'Priya Raman');
  await priya.keyboard.press('Home');
  await expect(names).toHaveText(['PR', 'JW']);
  const overlap = async () => {
    const [left, right] = await Promise.all([names.first().boundingBox(), names.last().boundingBox()]);
    return (left?.x ?? NaN) + (left?.width ?? NaN) - (right?.x ?? NaN);
  };
  await expect.poll(overlap).toBeLessThanOrEqual(0);
  await priya.keyboard.press('Control+Home');
  await expect(names).toHaveText(['Priya', 'Jonas']);
});

test('ID1: the agenda’s bar and the list of people say who one is; who gave no name changes no materials', async ({
  people,
}) => {
  const [mara, other] = await people(2);
  await enter(mara, 'Mara Lindqvist');
  await expect(peopleHere(mara)).toContainText('Mara Lindqvist\u00a0you');
  await mara.goto(AGENDA);
  await expect(mara.getByRole('banner')).toContainText('Mara Lindqvist');

  await other.goto(`${AGENDA}/pci-endpoint-subsystem-open-items-discussion`);
  await expect(peopleHere(other)).toContainText('Unnamed\u00a0you');
  await expect(other.getByRole('button', { name: /^Remove / })).toHaveCount(0);
  await other.goto(AGENDA);
  await expect(other.getByRole('banner')).not.toContainText('You');
});

test('PG1: an unknown session leads back to its agenda', async ({ people, problems }) => {
  problems.allow(/404/);
  const [mara] = await people(1);
  await mara.goto(`${AGENDA}/nowhere`);
  await mara.getByRole('link', { name: 'Agenda' }).click();
  await expect(mara).toHaveURL(new RegExp(`${AGENDA}$`));
  await mara.goto('/nowhere/nothing');
  await expect(mara.getByRole('link', { name: 'Agenda' })).toHaveCount(0);
});

/** Text of the block that the editor's own caret stands in, once the page was told of it. */
function caretBlock(page: Page): Promise<string> {
  return page.evaluate(() => {
    const at = getSelection()?.anchorNode;
    const block = (at instanceof Element ? at : at?.parentElement)?.closest('p, h2')?.cloneNode(true) as Element | null;
    for (const caret of block?.querySelectorAll('.caret') ?? []) caret.remove();
    return block?.textContent ?? '';
  });
}
