import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/**
 * What axe finds on a page, or in a part of it, one line each: its impact, the rule and where.
 *
 * @param within - a CSS selector of the part
 */
export async function axeViolations(
  page: Page,
  within = 'html',
): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    .include(within)
    .analyze();
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(node => `${impact} ${id}: ${node.target.join(' ')}`),
  );
}
