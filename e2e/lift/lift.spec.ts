import { expect, test } from '@playwright/test';
import { z } from 'zod';

const familiesSchema = z.array(
  z.object({
    id: z.string(),
    sights: z.array(z.object({ path: z.string(), texts: z.array(z.string()) })),
  }),
);

/** What the README of each plugin says is seen, and where. */
const families = familiesSchema.parse(
  JSON.parse(process.env.HOMELAB_TEST_LIFT ?? '[]'),
);

test('there are plugins to look at', () => {
  expect(families).not.toEqual([]);
});

for (const { id, sights } of families) {
  for (const { path, texts } of sights) {
    test(`${id} shows ${path} in another Backstage`, async ({ page }) => {
      const crashes: string[] = [];
      page.on('pageerror', error => crashes.push(error.message));
      // The catalog of a new app fills a few seconds after it is up.
      await expect(async () => {
        await page.goto(path);
        await page.getByRole('button', { name: 'Enter' }).click();
        // The navigation has the names of the plugins, whether their pages work or not.
        const content = page.getByRole('main');
        for (const text of texts)
          await expect(content.getByText(text).first()).toBeVisible({
            timeout: 10_000,
          });
      }).toPass({ timeout: 50_000 });
      await page.screenshot({
        path: `test-results/lift/${id}${path.replaceAll('/', '-')}.png`,
      });
      expect(crashes).toEqual([]);
    });
  }
}
