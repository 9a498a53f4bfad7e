import type { Locator, Page } from '@playwright/test';
import { watchedTargets } from '../support/pages.ts';
import { expect, test } from '../support/test.ts';

/** With an empty database, the catalog fills a few seconds after the portal is up. */
async function openOnceThere(page: Page, path: string, there: Locator) {
  await expect(async () => {
    await page.goto(path);
    await expect(there).toBeVisible({ timeout: 8_000 });
  }).toPass({ timeout: 45_000 });
}

/** The name of the entity whose page is open. */
const entityHeading = (page: Page, name: string) =>
  page.getByRole('heading', { name, level: 2, exact: true });

test('the home page shows what is running and the house', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    'Everything is running',
  );
  await expect(
    page.getByRole('region', { name: 'The house now' }),
  ).toBeVisible();
  const rows = page
    .getByRole('list', { name: 'Services' })
    .getByRole('listitem');
  await expect(rows).toHaveCount(watchedTargets.length);
  for (const title of watchedTargets) {
    await expect(
      rows.getByRole('link', { name: title, exact: true }),
    ).toBeVisible();
  }
});

test('the catalog leads to the bridge, its health and its documentation', async ({
  page,
}) => {
  const bridge = page.getByRole('link', { name: 'MQTT to Kafka bridge' });
  await openOnceThere(page, '/catalog', bridge);
  await bridge.click();

  await expect(entityHeading(page, 'MQTT to Kafka bridge')).toBeVisible();
  await expect(page.getByText('Health', { exact: true })).toBeVisible();
  await expect(page.getByText('Kafka is OK')).toBeVisible();
  await expect(
    page
      .getByRole('navigation', { name: 'Content navigation' })
      .getByRole('link', { name: 'TechDocs' }),
  ).toBeVisible();
});

test('the page of an API shows what it offers', async ({ page }) => {
  await openOnceThere(
    page,
    '/catalog/default/api/heat-pump-api/definition',
    entityHeading(page, 'Heat pump'),
  );
  await expect(
    page.getByText('The newest readings of meter, heat pumps and rooms'),
  ).toBeVisible();
});

test('the page of a Kafka topic describes its records', async ({ page }) => {
  await openOnceThere(
    page,
    '/catalog/default/resource/homelab.energy',
    entityHeading(page, 'homelab.energy'),
  );
  await expect(page.getByText(/Electricity meter readings/)).toBeVisible();
});

test.describe('documentation', () => {
  test.use({
    allowedConsoleErrors: {
      'The site is built when first opened; until then these two do not exist':
        /status of 404 .*\/api\/techdocs\/(?:static\/docs\/default\/system\/homelab\/index\.html|metadata\/techdocs\/default\/system\/homelab)$/,
    },
  });

  test('opens, and its pages can be read', async ({ page }) => {
    test.setTimeout(120_000);
    const devices = page.getByRole('link', { name: 'Devices' }).first();
    await openOnceThere(page, '/docs/default/system/homelab', devices);
    await devices.click();
    await expect(
      page.getByRole('heading', { name: 'Supported devices' }),
    ).toBeVisible();
  });
});

test('system health lists every target as OK', async ({ page }) => {
  await page.goto('/system-health');
  await expect(page.getByRole('rowheader')).toHaveCount(watchedTargets.length);
  for (const title of watchedTargets) {
    const name = page.getByRole('rowheader', { name: title, exact: true });
    const row = page.getByRole('row').filter({ has: name });
    await expect(row.getByRole('cell').first()).toHaveText('OK');
  }
});
