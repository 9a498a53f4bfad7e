import { uniqueName } from '@homelab/test-kit';
import { expect, test } from '../support/test.ts';

test.setTimeout(120_000);

test('a dead letter is read, tried and sent again', async ({
  page,
  device,
}) => {
  const name = uniqueName('bad-meter');
  const mqttTopic = `homelab/energy/${name}`;
  await device.publishAsync(mqttTopic, `{"secret of": "${name}"`, { qos: 1 });

  await page.goto('/dead-letters');
  const dlq = page.getByRole('link', { name: 'homelab.energy.dlq' });
  await expect(dlq).toBeVisible({ timeout: 30_000 });
  await page.goto(
    `/dead-letters/homelab/homelab.energy.dlq?key=${encodeURIComponent(mqttTopic)}`,
  );
  const letter = page.getByRole('row', { name: new RegExp(name) });
  await expect(letter).toHaveCount(1, { timeout: 30_000 });
  await expect(letter).toContainText('The message is not JSON');
  await letter.getByRole('button').last().click();
  await expect(page.getByText(`{"secret of": "${name}"`)).toBeVisible();
  await expect(page.getByText('dlq-origin-topic')).toBeVisible();

  await letter.getByRole('checkbox').check();
  await page.getByRole('button', { name: /^Redrive/ }).click();
  const redrive = page.getByRole('region', { name: 'Redrive', exact: true });
  await redrive.getByRole('button', { name: 'Dry run' }).click();
  await expect(redrive).toContainText('1 letter would be sent');
  await redrive.getByRole('button', { name: 'Send 1 letter' }).click();
  await expect(redrive).toContainText('1 letter sent', { timeout: 30_000 });

  // The bridge could still not read it: it comes back, with its count raised.
  await expect(async () => {
    await page.reload();
    await expect(letter).toHaveCount(2, { timeout: 5_000 });
  }).toPass({ timeout: 60_000 });
  await expect(page.getByRole('region', { name: 'Redrives' })).toContainText(
    '1',
  );
});

test('an address of older versions leads to the page', async ({ page }) => {
  await page.goto('/consumer-lag/dead-letters');
  await expect(page).toHaveURL(/\/dead-letters$/);
  await expect(
    page.getByRole('heading', { level: 2, name: /dead letter/ }),
  ).toBeVisible({ timeout: 30_000 });
});
