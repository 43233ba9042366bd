import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';

/** The agenda of the sample event, and a room of it that nobody has written in. */
export const AGENDA = '/vfio-iommu-pci-mc-2023';
export const ROOM = `${AGENDA}/dev-iommufd-development`;

/** The note, once its editor is there. */
export const note = (page: Page) => page.getByRole('textbox', { name: /^Note: / });
/** What the bar says of saving, in its attribute `data-kind`. */
export const saved = (page: Page) => page.locator('[role=status][data-kind]');
export const peopleHere = (page: Page) => page.getByRole('region', { name: 'People here' });
export const nameField = (page: Page) => page.getByRole('textbox', { name: 'Your name', exact: true });

/** Pages that are in a room, of the journeys of this process. */
const entered = new Set<Page>();

/**
 * Opens the room, gives a name and begins to write, as a person does: the caret is at the end of the note, behind all that was
 * written by those who came before.
 */
export async function enter(page: Page, name: string, room = ROOM): Promise<void> {
  for (const other of entered)
    if (other.isClosed()) entered.delete(other);
    else await expect(other.locator('[data-kind=writing], [data-kind=saving]')).toHaveCount(0);
  entered.add(page);
  await page.goto(room);
  await nameField(page).fill(name);
  await page.getByRole('button', { name: 'Start writing' }).click();
  await expect(note(page)).toBeFocused();
}

/** Types the lines at the caret, Enter between them. */
export async function write(page: Page, lines: readonly string[]): Promise<void> {
  for (const [i, line] of lines.entries()) {
    if (i > 0) await page.keyboard.press('Enter');
    await page.keyboard.type(line);
  }
}

/** Pastes into what has the focus, as from a page of another program. */
export const pasteHtml = (page: Page, html: string) => paste(page, 'text/html', html);
/** The same from a program that has text alone. */
export const pasteText = (page: Page, text: string) => paste(page, 'text/plain', text);

async function paste(page: Page, type: string, data: string): Promise<void> {
  await page.evaluate(
    ([type, data]) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData(type, data);
      const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true });
      // Firefox takes no data at the making of an event.
      Object.defineProperty(event, 'clipboardData', { value: clipboardData });
      document.activeElement?.dispatchEvent(event);
    },
    [type, data] as const,
  );
}

/** A note longer than any screen, to be pasted: `line 0` to `line 99`. */
export const HUNDRED_LINES = Array.from({ length: 100 }, (_, i) => `<p>line ${i}</p>`).join('');

/** Writes words at the end of one of the hundred lines. */
export async function writeAtLine(page: Page, at: number, words: string): Promise<void> {
  await note(page)
    .locator('p', { hasText: new RegExp(`^line ${at}\\b`) })
    .click();
  await page.keyboard.press('End');
  await page.keyboard.type(words);
}

/** What is written in an element, without the names at other people’s carets. */
function withoutCarets(element: Element): string {
  const copy = element.cloneNode(true) as Element;
  for (const caret of copy.querySelectorAll('.caret')) caret.remove();
  return copy.textContent;
}

/** All words of the note, without the names at carets. */
export const noteText = (page: Page) => note(page).evaluate(withoutCarets);

/** The last lines of the note, without the names at carets. */
export function lastLines(page: Page, count: number): Promise<string[]> {
  return note(page).evaluate((text, count) => {
    const copy = text.cloneNode(true) as Element;
    for (const caret of copy.querySelectorAll('.caret')) caret.remove();
    return [...copy.querySelectorAll('p, h1, h2, h3, pre')].slice(-count).map((block) => block.textContent);
  }, count);
}

export const lastLine = async (page: Page) => (await lastLines(page, 1))[0];

/** By how much the page is wider than the window, in px. */
export const overhang = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** How many changes that the server has not taken lie in this browser’s copy, on its disk. */
export function unsentKept(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const name = (await indexedDB.databases()).map((one) => one.name ?? '').find((one) => one.startsWith('plumbline'));
    const answer = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('no answer'));
      });
    const database = await answer(indexedDB.open(name ?? ''));
    const count = await answer(database.transaction('unsent').objectStore('unsent').count());
    database.close();
    return count;
  });
}

/** Until the room is kept to be opened without a network, by who goes by this name now. */
export async function keptForOffline(page: Page, name: string): Promise<void> {
  await page.evaluate(
    async ([path, name]) => {
      const isKept = async (): Promise<boolean> => {
        // The cache of what was opened: a page that is only there to be read has no editor with it.
        const opened = (await caches.keys()).find((cache) => cache.startsWith('plumbline '));
        const page = opened === undefined ? undefined : await caches.match(path, { cacheName: opened });
        return (await page?.text())?.includes(name) ?? false;
      };
      while (!(await isKept())) await new Promise((next) => requestAnimationFrame(next));
    },
    [ROOM, name] as const,
  );
}
