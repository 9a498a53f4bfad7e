import { uniqueName } from '@homelab/test-kit';
import { expect, test } from '../support/test.ts';

test.setTimeout(120_000);

test('a dead letter is read, previewed and sent again', async ({
  page,
  device,
}) => {
  const name = uniqueName('bad-meter');
  const mqttTopic = `homelab/energy/${name}`;
  await device.publishAsync(mqttTopic, `{"secret of": "${name}"`, { qos: 1 });

  await page.goto('/dead-letters');
  const dlq = page.getByRole('link', {
    name: 'Electricity meter readings',
  });
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
  await page.getByRole('button', { name: 'Send 1 message again…' }).click();
  const redrive = page.getByRole('region', { name: 'Send again' });
  await redrive.getByRole('button', { name: 'Preview' }).click();
  await expect(redrive).toContainText('1 message would be sent');
  await redrive.getByRole('button', { name: 'Send 1 message' }).click();
  await expect(redrive).toContainText('1 message sent', { timeout: 30_000 });

  // The bridge still cannot read it: it comes back with a higher count.
  await expect(async () => {
    await page.reload();
    await expect(letter).toHaveCount(2, { timeout: 5_000 });
  }).toPass({ timeout: 60_000 });
  await expect(page.getByRole('region', { name: 'Sent again' })).toContainText(
    '1',
  );
});

test('a URL of older versions leads to the page', async ({ page }) => {
  await page.goto('/consumer-lag/dead-letters');
  await expect(page).toHaveURL(/\/dead-letters$/);
  await expect(
    page.getByRole('heading', {
      level: 2,
      name: /could not be processed|failed messages/,
    }),
  ).toBeVisible({ timeout: 30_000 });
});
