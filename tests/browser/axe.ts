import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** What axe finds against a page: the rule and the places, one a line. */
export async function violations(page: Page, without: readonly string[] = []): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).disableRules([...without]).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}
