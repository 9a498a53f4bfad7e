import type { Page } from '@playwright/test';
import { axeViolations } from '../support/axe.ts';
import { expect, test } from '../support/test.ts';

test.setTimeout(120_000);
// What a browser says by itself of statements that are meant to be refused.
test.use({ allowedConsoleErrors: { 'a refused query': /400.*\/queries$/ } });

/** No part is wider than the page, and axe finds nothing, in both themes, wide and narrow. */
async function expectWhole(page: Page, name: string) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await expect
        .poll(
          () =>
            page
              .getByRole('main')
              .evaluate(
                ({ scrollWidth, clientWidth }) => scrollWidth - clientWidth,
              ),
          { message: `pixels too wide: ${name} at ${width}` },
        )
        .toBeLessThanOrEqual(0);
      await page.screenshot({
        path: test.info().outputPath(`${name}-${width}-${colorScheme}.png`),
        fullPage: true,
      });
    }
    expect(
      await axeViolations(page, 'main'),
      `axe at ${name}, ${colorScheme}`,
    ).toEqual([]);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}

test('the storage is judged, and leads from tables to chunks, aggregates and jobs', async ({
  page,
}) => {
  await page.goto('/timescale-explorer');
  const main = page.getByRole('main');
  await expect(main.getByText(/Apache edition, on PostgreSQL/)).toBeVisible();
  await expect(main.getByRole('region', { name: 'Not judged' })).toContainText(
    'The Apache edition of TimescaleDB has none',
  );
  await expectWhole(page, 'health');

  await page.getByRole('tab', { name: 'Hypertables' }).click();
  await main.getByRole('link', { name: 'energy_readings' }).click();
  await expect(
    main.getByRole('heading', { name: /^energy_readings/ }),
  ).toBeVisible();
  await expectWhole(page, 'hypertable');

  await page.getByRole('tab', { name: 'Aggregates' }).click();
  await expect(
    main.getByRole('heading', { name: /energy_daily_stored/ }),
  ).toBeVisible();
  await expectWhole(page, 'aggregates');

  await page.getByRole('tab', { name: 'Jobs' }).click();
  await expect(
    main.getByRole('row', { name: /^refresh-rollups/ }),
  ).toContainText('pg_cron');
  await expectWhole(page, 'jobs');
});

test('a query is completed, runs, is refused what changes, and can be cancelled', async ({
  page,
}) => {
  await page.goto('/timescale-explorer/query');
  const editor = page.getByRole('textbox', { name: 'SQL' });
  await editor.fill('');
  await editor.pressSequentially('SELECT count(*) AS n FROM energy_r');
  await page.getByRole('option', { name: 'energy_readings' }).click();
  await page.keyboard.press('ControlOrMeta+Enter');
  const result = page.getByRole('table', { name: 'Result' });
  await expect(result.getByRole('columnheader')).toHaveText(['nbigint']);
  await expectWhole(page, 'query');

  const run = page.getByRole('button', { name: 'Run' });
  await editor.fill('DELETE FROM energy_readings');
  await run.click();
  await expect(
    page.getByText(/syntax error at or near "DELETE"/),
  ).toBeVisible();

  await editor.fill('SELECT pg_sleep(9)');
  await run.click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('The query was cancelled.')).toBeVisible({
    timeout: 3_000,
  });
});
