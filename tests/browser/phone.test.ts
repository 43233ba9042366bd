import type { Page } from '@playwright/test';
import { AGENDA, ROOM, enter, nameField, note, peopleHere, saved, write } from './in-the-room.ts';
import { expect, test } from './journey.ts';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
/** What a keyboard leaves of 844. */
const ABOVE_KEYBOARD = 480;

test('LK3: with the keyboard up caret, mark bar and saved state stay visible while writing', async ({ people }) => {
  const [mara] = await people(1, PHONE);
  await enter(mara, 'Mara Lindqvist');
  await expect(mara.getByRole('toolbar', { name: 'Format' })).toBeVisible();
  await mara.setViewportSize({ width: 390, height: ABOVE_KEYBOARD });
  for (let line = 1; line <= 30; line++) {
    await mara.keyboard.type(`line ${line}`);
    await mara.keyboard.press('Enter');
  }
  await expect(mara.locator('.ProseMirror > p').last()).toBeInViewport();
  await seesWhatItNeeds(mara, ABOVE_KEYBOARD);
  await expect(mara.getByRole('navigation', { name: 'Room' })).toBeHidden();

  // Taken down, everything is there again.
  await mara.setViewportSize(PHONE.viewport);
  await expect(mara.getByRole('navigation', { name: 'Room' })).toBeVisible();
});

test('LK3: a keyboard that lies over the page hides neither caret nor bar', async ({ people }) => {
  const [mara] = await people(1, PHONE);
  await enter(mara, 'Mara Lindqvist');
  for (let line = 1; line <= 30; line++) {
    await mara.keyboard.type(`line ${line}`);
    await mara.keyboard.press('Enter');
  }
  await keyboardOver(mara, ABOVE_KEYBOARD);
  await expect(mara.getByRole('navigation', { name: 'Room' })).toBeHidden();
  await seesWhatItNeeds(mara, ABOVE_KEYBOARD);
  await keyboardOver(mara, PHONE.viewport.height);
  await expect(mara.getByRole('navigation', { name: 'Room' })).toBeVisible();
});

test('LK3 WR15: the four marks, block, speaker, time and undo are in sight at once, and nothing tells of keys that a phone has not', async ({
  people,
}) => {
  const [jonas] = await people(1);
  const [mara] = await people(1, PHONE);
  await enter(jonas, 'Jonas Weber');
  await enter(mara, 'Mara Lindqvist');
  const marks = mara.getByRole('toolbar', { name: 'Format' });
  for (const name of ['Decision', 'Action', 'Question', 'Gap', 'Block', 'Speaker', 'Time', 'Undo'])
    await expect(marks.getByRole('button', { name, exact: true })).toBeInViewport({ ratio: 1 });
  await mara.getByRole('navigation', { name: 'Room' }).getByRole('link', { name: 'People' }).click();
  await expect(peopleHere(mara)).toContainText(/Jonas Weber\s*in the text/);
  await peopleHere(mara).getByRole('button', { name: 'Follow Jonas Weber' }).click();
  await expect(mara.getByText('Following Jonas Weber')).toBeVisible();
  await expect(mara.getByText('Esc stops')).toBeHidden();
});

test('LK3: every target on a phone is 24 px or more, and no field makes the page zoom', async ({
  people,
  problems,
}) => {
  problems.allow(/404/);
  const [mara] = await people(1, PHONE);
  for (const path of ['/', AGENDA, '/organizer', `${AGENDA}/nowhere`, ROOM]) {
    await mara.goto(path);
    await expect.poll(() => tooSmall(mara), path).toEqual([]);
  }
  await enter(mara, 'Mara Lindqvist');
  await expect(mara.getByRole('toolbar', { name: 'Format' })).toBeVisible();
  for (const tab of ['Note', 'Materials', 'Outcomes', 'People']) {
    await mara.getByRole('navigation', { name: 'Room' }).getByRole('link', { name: tab }).click();
    for (const fold of await mara.locator('summary:visible').all()) await fold.click();
    await expect.poll(() => tooSmall(mara), tab).toEqual([]);
  }
});

test('LK3: the tabs of a room lead to its parts before its scripts are there', async ({ people }) => {
  const [mara] = await people(1, PHONE);
  const go = await scriptsHeld(mara);
  await mara.goto(ROOM, { waitUntil: 'commit' });
  const tabs = mara.getByRole('navigation', { name: 'Room' });
  await tabs.getByRole('link', { name: 'People' }).click();
  await expect(peopleHere(mara)).toBeVisible();
  await expect(mara.getByRole('heading', { name: 'Discussion' })).toBeHidden();
  go();
  await expect(tabs.getByRole('link', { name: 'People' })).toHaveAttribute('aria-current', 'true');
  await tabs.getByRole('link', { name: 'Note' }).click();
  await expect(mara.getByRole('heading', { name: 'Discussion' })).toBeVisible();
  await expect(peopleHere(mara)).toBeHidden();
});

test('LK3: an outcome that is tapped before what lists them is alive is shown in the note', async ({
  people,
  problems,
}) => {
  problems.allow(/ERR_FAILED/);
  const [jonas] = await people(1);
  await enter(jonas, 'Jonas Weber');
  await write(jonas, [...Array.from({ length: 40 }, (_, i) => `line ${i}`), 'TODO post it']);
  await expect(note(jonas).locator('.outcome-short')).toHaveText(/-A1$/);
  await expect(saved(jonas)).toHaveAttribute('data-kind', 'saved');
  // A service worker would ask past the route.
  const [mara] = await people(1, { ...PHONE, serviceWorkers: 'block' });
  await mara.route('**/_app/immutable/**/*.js', async (route) => {
    const answer = await route.fetch();
    if ((await answer.text()).includes('The references did not load.')) await route.abort();
    else await route.fulfill({ response: answer });
  });
  await mara.goto(ROOM);
  await expect(note(mara)).toBeVisible();
  await mara.getByRole('navigation', { name: 'Room' }).getByRole('link', { name: 'Outcomes' }).click();
  await expect(note(mara)).toBeHidden();
  await mara
    .getByRole('region', { name: 'Outcomes' })
    .getByRole('link', { name: /^post it/ })
    .tap();
  await expect(note(mara).locator('[data-outcome]')).toBeInViewport();
});

test('ID1: who gives a name before the page’s scripts are there has the caret in the note when they are', async ({
  people,
}) => {
  const [mara] = await people(1, PHONE);
  const go = await scriptsHeld(mara);
  await mara.goto(ROOM, { waitUntil: 'commit' });
  await nameField(mara).fill('Mara Lindqvist');
  await mara.getByRole('button', { name: 'Start writing' }).click({ noWaitAfter: true });
  await mara.waitForURL(/#write$/, { waitUntil: 'commit' });
  go();
  await expect(note(mara)).toBeFocused();
});

test('LK4: with reduced motion nothing moves by itself', async ({ people }) => {
  const [mara, jonas] = await people(2, { reducedMotion: 'reduce' });
  await enter(mara, 'Mara Lindqvist');
  await enter(jonas, 'Jonas Weber');
  await jonas.keyboard.type('moving');
  await expect(mara.locator('.caret')).toHaveCount(1);
  for (const path of [null, AGENDA, '/']) {
    if (path) await mara.goto(path);
    await expect.poll(() => moving(mara), path ?? 'room').toEqual([]);
  }
});

test('LK4: in forced colours carets, pressed buttons and the chosen tab are told apart', async ({ people }) => {
  const [mara, jonas] = await people(2, { forcedColors: 'active', viewport: PHONE.viewport });
  await enter(mara, 'Mara Lindqvist');
  await enter(jonas, 'Jonas Weber');
  await jonas.keyboard.type('seen');
  const caret = mara.locator('.caret');
  await expect(caret).toHaveCount(1);
  const paper = await mara.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await expect(caret).not.toHaveCSS('border-left-color', paper);
  const bold = mara.getByRole('button', { name: 'Bold', exact: true });
  await mara.mouse.move(0, 0);
  await expect(bold).toHaveCSS('outline-style', 'none');
  await mara.keyboard.press('Control+b');
  await expect(bold).toHaveAttribute('aria-pressed', 'true');
  await expect(bold).toHaveCSS('outline-style', 'solid');
  const tabs = mara.getByRole('navigation', { name: 'Room' }).getByRole('link');
  const looks = () => tabs.evaluateAll((all) => all.map((tab) => getComputedStyle(tab).outlineStyle));
  await expect.poll(looks).toEqual(['solid', 'none', 'none', 'none']);
});

/** No script arrives until the returned function is called. */
async function scriptsHeld(page: Page): Promise<() => void> {
  let go: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (go = resolve));
  await page.route('**/*.js', async (route) => {
    await held;
    await route.continue();
  });
  return go;
}

/** Caret above the mark bar, the bar above `height`, and the saved state at the top. */
async function seesWhatItNeeds(page: Page, height: number): Promise<void> {
  const places = (): Promise<{ caret: number; bar: number; end: number; state: number }> =>
    page.evaluate(() => {
      const caret = getSelection()?.getRangeAt(0).startContainer;
      const block = caret instanceof Element ? caret : caret?.parentElement;
      const box = (selector: string): DOMRect | undefined => document.querySelector(selector)?.getBoundingClientRect();
      return {
        caret: block?.getBoundingClientRect().bottom ?? NaN,
        bar: box('[role=toolbar]')?.top ?? NaN,
        end: box('[role=toolbar]')?.bottom ?? NaN,
        state: box('[role=status]')?.top ?? NaN,
      };
    });
  const inSight = async (): Promise<Record<string, boolean>> => {
    const { caret, bar, end, state } = await places();
    return { caretAboveBar: caret <= bar, barAboveKeyboard: end <= height, stateOnScreen: state >= 0 };
  };
  await expect.poll(inSight).toEqual({ caretAboveBar: true, barAboveKeyboard: true, stateOnScreen: true });
  await expect(page.locator('[role=status][data-kind]')).toBeInViewport();
}

/** As in browsers that lay the keyboard over the page: what can be seen is less high, the page is not. */
function keyboardOver(page: Page, height: number): Promise<void> {
  return page.evaluate((height) => {
    const seen = window.visualViewport;
    if (!seen) throw new Error('no visualViewport');
    Object.defineProperty(seen, 'height', { value: height, configurable: true });
    seen.dispatchEvent(new Event('resize'));
  }, height);
}

/** Targets under 24 px each way, links inside of a sentence left out; and fields whose letters are under 16 px. */
function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const targets = document.querySelectorAll<HTMLElement>(
      'a[href], button, input, select, textarea, summary, [tabindex="0"]',
    );
    for (const target of targets) {
      if (!target.checkVisibility({ visibilityProperty: true }) || target.closest('.ProseMirror, .note-text, .skip'))
        continue;
      const box = target.getBoundingClientRect();
      // A link may be stretched over its whole row.
      const after = getComputedStyle(target, '::after');
      const stretched = after.position === 'absolute' ? after : null;
      const width = Math.max(box.width, parseFloat(stretched?.width ?? '0') || 0);
      const height = Math.max(box.height, parseFloat(stretched?.height ?? '0') || 0);
      const says = `${target.tagName} “${(target.getAttribute('aria-label') ?? target.textContent ?? '').trim()}”`;
      const inSentence =
        getComputedStyle(target).display === 'inline' && target.parentElement?.textContent !== target.textContent;
      if ((width < 24 || height < 24) && width > 1 && !inSentence) found.push(`${says} ${width} x ${height}`);
      const typed = target.matches('input:not([type=checkbox], [type=radio]), select, textarea');
      if (typed && parseFloat(getComputedStyle(target).fontSize) < 16) found.push(`${says} has small letters`);
    }
    return found;
  });
}

/** What is animated, or would be, for more than a moment. */
function moving(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    for (const element of document.querySelectorAll('*')) {
      const { transitionDuration, animationName, animationDuration, animationTimingFunction } =
        getComputedStyle(element);
      const slow = (times: string): boolean => times.split(',').some((time) => parseFloat(time) > 0.01);
      // What changes in one step does not move.
      const moves = animationName !== 'none' && slow(animationDuration) && !animationTimingFunction.startsWith('steps');
      if (slow(transitionDuration) || moves) found.push(`${element.tagName}.${element.getAttribute('class')}`);
    }
    return found;
  });
}
