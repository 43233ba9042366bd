import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';

/** What the server sends to a page and the page has not heard yet: a slow network, to the letter. */
export interface LateMessages {
  hold(): Promise<void>;
  /** Comes back once something waits. */
  waiting(): Promise<void>;
  /** Delivers all that waits, in one go. A page does it itself by `releaseMessages()`, in the middle of its own script. */
  release(): Promise<void>;
}

/** To be called before the page is opened. */
export async function lateMessages(page: Page): Promise<LateMessages> {
  await page.addInitScript(() => {
    let waiting: (() => void)[] = [];
    let holding = false;
    const handler = Object.getOwnPropertyDescriptor(WebSocket.prototype, 'onmessage');
    Object.defineProperty(WebSocket.prototype, 'onmessage', {
      ...handler,
      set(this: WebSocket, run: ((event: MessageEvent) => void) | null) {
        handler?.set?.call(this, (event: MessageEvent) => {
          if (holding) waiting.push(() => run?.(event));
          else run?.(event);
        });
      },
    });
    Object.assign(window, {
      holdMessages: () => (holding = true),
      messagesHeld: () => waiting.length,
      releaseMessages: () => {
        holding = false;
        const all = waiting;
        waiting = [];
        for (const deliver of all) deliver();
      },
    });
  });
  return {
    hold: () => page.evaluate(() => Reflect.get(window, 'holdMessages')()),
    waiting: () =>
      expect.poll(() => page.evaluate(() => Reflect.get(window, 'messagesHeld')() as number)).toBeGreaterThan(0),
    release: () => page.evaluate(() => Reflect.get(window, 'releaseMessages')()),
  };
}
