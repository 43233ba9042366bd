import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { isFirefox } from './journey.ts';

/** What axe finds against a page: the rule and the places, one a line. */
export async function violations(page: Page, without: readonly string[] = []): Promise<string[]> {
  // The page of a room or of a dialog crashes in Firefox when axe looks at it: those are looked at in Chromium alone.
  if (isFirefox(page) && (await page.locator('.ProseMirror, [role=dialog]').count()) > 0) return [];
  const { violations: found } = await new AxeBuilder({ page }).disableRules([...without]).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}
