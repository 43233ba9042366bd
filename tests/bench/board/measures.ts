import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import type { Scribe } from './scribe.ts';

/** Milliseconds until the first byte of an answer is there. */
export async function firstByte(address: string): Promise<number> {
  const start = performance.now();
  const response = await fetch(address, { headers: { accept: 'text/html' } });
  const reader = response.body?.getReader();
  await reader?.read();
  const ms = performance.now() - start;
  while (!(await reader?.read())?.done);
  return ms;
}

/** The same bytes from a server that has them in memory and does nothing else. */
export async function bareServer(address: string): Promise<{ address: string; close(): void }> {
  const bytes = Buffer.from(await (await fetch(address)).arrayBuffer());
  const server = createServer((_, response) => response.end(bytes));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}/`, close: () => server.close() };
}

/** Milliseconds from a press on a filter to the frame that shows its rows. */
export function filterChange(page: Page, name: string): Promise<number> {
  return page.evaluate(async (name) => {
    const links = [...document.querySelectorAll<HTMLAnchorElement>('nav[aria-label=Kind] a')];
    const link = links.find((one) => one.textContent.startsWith(name));
    if (!link) throw new Error(`There is no filter ${name}.`);
    const start = performance.now();
    link.click();
    // The board changes as a whole.
    while (link.ariaCurrent !== 'true') await new Promise((next) => requestAnimationFrame(next));
    const { port1, port2 } = new MessageChannel();
    await new Promise((painted) => {
      port1.onmessage = painted;
      requestAnimationFrame(() => port2.postMessage(null));
    });
    return performance.now() - start;
  }, name);
}

/** Milliseconds to put the rows that are drawn into the page as plain HTML, and to paint them. */
export function plainRows(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const board = document.querySelector('.board');
    const html = board?.innerHTML ?? '';
    const place = document.createElement('div');
    place.className = 'board';
    board?.before(place);
    const start = performance.now();
    place.innerHTML = html;
    const { port1, port2 } = new MessageChannel();
    await new Promise((painted) => {
      port1.onmessage = painted;
      requestAnimationFrame(() => port2.postMessage(null));
    });
    const ms = performance.now() - start;
    place.remove();
    return ms;
  });
}

/** Milliseconds from an edit in a note until an open board shows it, and until another person in the note has it. */
export async function editShown(
  page: Page,
  writer: Scribe,
  reader: Scribe,
  number: number,
): Promise<{ board: number; note: number }> {
  const words = `after edit ${number}`;
  const shown = page.evaluate(
    (words) =>
      new Promise<number>((resolve) => {
        const look = (): void => {
          if (!document.querySelector('[data-row]')?.textContent.includes(words)) return;
          watcher.disconnect();
          resolve(performance.timeOrigin + performance.now());
        };
        const watcher = new MutationObserver(look);
        watcher.observe(document.body, { childList: true, subtree: true, characterData: true });
      }),
    words,
  );
  // Until the page watches.
  await page.evaluate(() => undefined);
  const heard = reader.hearDue(words).then(() => performance.timeOrigin + performance.now());
  const start = performance.timeOrigin + performance.now();
  writer.sayDue(words);
  return { note: (await heard) - start, board: (await shown) - start };
}
