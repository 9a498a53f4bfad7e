import { readFile } from 'node:fs/promises';
import { uniqueName } from '@homelab/test-kit';
import { heatPumpPage } from '../support/pages.ts';
import { expect, test } from '../support/test.ts';
import { recordedThermiqMessage } from '../support/thermiq.ts';

test('stored readings are drawn, and can be viewed as a table and saved as CSV', async ({
  page,
  device,
}) => {
  const clientName = `ThermIQ_${uniqueName('chart')}`;
  const message = recordedThermiqMessage({ clientName, supplyC: 43 });
  await device.publishAsync(message.mqttTopic, message.payload, { qos: 1 });
  const { open, temperatures } = heatPumpPage(page);
  // The history shows stored readings, which follow the live number by a moment.
  await expect(async () => {
    await open(clientName);
    await expect(temperatures).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 40_000 });
  await expect(temperatures.locator('canvas')).toBeVisible();

  await temperatures.getByRole('button', { name: /show as table/ }).click();
  const table = page.getByRole('table', { name: 'Temperatures as table' });
  await expect(
    table.getByRole('columnheader', { name: 'Supply (°C)', exact: true }),
  ).toBeVisible();
  await expect(
    table.getByRole('row').filter({ hasText: '43' }),
  ).not.toHaveCount(0);

  const downloading = page.waitForEvent('download');
  await temperatures.getByRole('button', { name: /save as CSV/ }).click();
  const saved = await downloading;
  expect(saved.suggestedFilename()).toBe('temperatures.csv');
  const [head = '', first = ''] = (
    await readFile(await saved.path(), 'utf8')
  ).split('\r\n');
  expect(head).toMatch(/^time,Supply mean \(°C\),Supply min \(°C\),/);
  expect(first).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z,43,43,43,/);
});
