import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { isFirefox } from './journey.ts';

/** What axe finds against a page: the rule and the places, one a line. */
export async function violations(page: Page, without: readonly string[] = []): Promise<string[]> {
  // The page of a room or of a dialog crashes in Firefox when axe looks at it: those are looked at in Chromium alone.
  if (isFirefox(page) && (await page.locator('.ProseMirror, [role=dialog]').count()) > 0) return [];
  // What comes in with a move is looked at when it stands. What turns for ever is waited for by nobody.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getTiming().iterations !== Infinity)
        .map(({ finished }) => finished),
    ),
  );
  // Legacy mode: no page of a room has frames, and what is found is gathered in it and not in one opened for that.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations: found } = await axe.disableRules([...without]).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}
