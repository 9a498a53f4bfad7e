import type { Page } from '@playwright/test';
import { createLaggingGroup } from '../support/lagging-group.ts';
import { expect, test } from '../support/test.ts';

/** What the collector needs to see a group, and then to judge it. */
const seenMs = 30_000;
const judgedMs = 60_000;

test.setTimeout(150_000);

test.use({
  allowedConsoleErrors: {
    'A group or Kafka topic is not known before the next poll':
      /status of 404 .*\/api\/consumer-lag\/clusters\/homelab\/(?:groups|topics)\//,
  },
});

const groupPath = (groupId: string) =>
  `/consumer-lag/groups/homelab/${groupId}`;

/** The sentence at the top of a page. */
const sentence = (page: Page) =>
  page.getByRole('main').getByRole('heading', { level: 2 }).first();

for (const partitions of [1, 12, 200]) {
  test(`a group that stopped is named with its ${partitions} partitions`, async ({
    page,
    scope,
  }) => {
    const group = await createLaggingGroup(scope, partitions);

    await page.goto(groupPath(group.groupId));
    await expect(async () => {
      await page.reload();
      await expect(sentence(page)).toContainText('has stopped', {
        timeout: 5_000,
      });
    }).toPass({ timeout: judgedMs });
    await expect(sentence(page)).toContainText(group.groupId);

    const strip = page.getByRole('listbox', {
      name: `Partitions of ${group.topic}`,
    });
    const cells = strip.getByRole('option');
    await expect(cells).toHaveCount(partitions);
    await expect(cells.last()).toHaveAccessibleName(
      new RegExp(`^Partition ${partitions - 1}: .* behind, Stopped$`),
    );
    // The strip is a single Tab stop; arrow keys move within it.
    await cells.first().focus();
    await page.keyboard.press('End');
    await expect(cells.last()).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(cells.last()).toHaveAttribute('aria-selected', 'true');
    const box = await strip.boundingBox();
    const width = page.viewportSize()?.width ?? 0;
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width);

    await page.goto(
      `/consumer-lag/groups?q=${encodeURIComponent(group.groupId)}`,
    );
    const row = page.getByRole('row', { name: new RegExp(group.groupId) });
    await expect(row).toContainText('Stopped');
    await expect(row).toContainText(group.lag.toLocaleString('en-GB'));

    await page.goto(`/consumer-lag/topics/homelab/${group.topic}`);
    await expect(
      page.getByRole('link', { name: group.groupId }).first(),
    ).toBeVisible({ timeout: seenMs });
  });
}

test('the entity of the sink shows its groups, and the way of its readings in a tab of its own', async ({
  page,
}) => {
  await expect(async () => {
    await page.goto('/catalog/default/component/timescale-sink/lag');
    await expect(
      page.getByRole('link', { name: 'timescaledb-energy' }).first(),
    ).toBeVisible({ timeout: 8_000 });
  }).toPass({ timeout: judgedMs });
  await page.goto('/catalog/default/component/timescale-sink/pipelines');
  const way = page.getByRole('list', { name: 'Hops of Energy readings' });
  const hops = way.getByRole('listitem');
  await expect(hops).toHaveCount(5);
  for (const [index, name] of [
    'Energy meters',
    'homelab/energy/+',
    'homelab.energy',
    'timescaledb-energy',
    'energy_readings',
  ].entries())
    await expect(hops.nth(index)).toContainText(name);

  await page.goto('/catalog/default/component/timescale-sink');
  await expect(
    page.getByText('Consumer lag', { exact: true }).last(),
  ).toBeVisible();
});

test('the home page has one sentence about all groups', async ({ page }) => {
  await page.goto('/');
  const widget = page.getByRole('region', { name: 'Consumer lag' });
  await expect(widget).toContainText(/group/, { timeout: seenMs });
  await widget.getByRole('link', { name: 'Details' }).click();
  await expect(page).toHaveURL(/\/consumer-lag\/groups/);
});
