import { strict as assert } from 'node:assert';
import { chromium, type Page } from '@playwright/test';
import { AGENDA, nameField, note, saved } from '../browser/in-the-room.ts';
import { CHROMIUM_ARGS, chromiumPath } from '../support/chromium.ts';
import { NAME } from './proxy.ts';

/** A room that no other check writes in: where outcomes stand, a click may meet their buttons. */
const ROOM = `${AGENDA}/pasid-in-sriov-virtual-functions`;

/** Two people in Chromium write in one room: one through a proxy as it should be, one through a proxy that lets no WebSocket through. */
export async function writeInBrowsers(port: number): Promise<string> {
  const [ada, bob] = [await openPage('127.0.0.1', port), await openPage('127.0.0.2', port)];
  try {
    await enter(ada, 'Ada');
    await ada.keyboard.type('through the proxy');
    await ada.locator('[role=status][data-kind=saved]').waitFor();
    assert.doesNotMatch((await saved(ada).textContent()) ?? '', /plain requests/);
    await enter(bob, 'Bob');
    await bob.getByText('by plain requests').first().waitFor();
    await bob.keyboard.type(', and without WebSockets');
    await note(bob).getByText('without WebSockets').waitFor();
    await note(ada).getByText('without WebSockets').waitFor();
    await ada.keyboard.type(', together');
    await note(bob).getByText('together').waitFor();
    return 'each read what the other wrote';
  } finally {
    for (const page of [ada, bob]) await page.context().browser()?.close();
  }
}

async function enter(page: Page, name: string): Promise<void> {
  await page.goto(ROOM);
  await nameField(page).fill(name);
  await page.getByRole('button', { name: 'Start writing' }).click();
  await note(page).click();
  await page.keyboard.press('Control+End');
}

/** A browser for which the public name is this address. */
async function openPage(address: string, port: number): Promise<Page> {
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: [...CHROMIUM_ARGS, `--host-resolver-rules=MAP ${NAME} ${address}`],
  });
  const context = await browser.newContext({ baseURL: `https://${NAME}:${port}`, ignoreHTTPSErrors: true });
  context.setDefaultTimeout(60_000);
  return context.newPage();
}
