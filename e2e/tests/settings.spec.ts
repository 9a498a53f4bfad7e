import { heatPumpPage } from '../support/pages.ts';
import { expect, test } from '../support/test.ts';
import { playThermiq } from '../support/thermiq.ts';

test('a setting is changed, refused, not answered and undone, with the name of the person', async ({
  page,
  device,
}) => {
  test.setTimeout(150_000);
  const pump = await playThermiq(device);
  const { open } = heatPumpPage(page);
  await open(pump.clientName);
  const panel = page.getByRole('region', { name: 'Settings' });
  const row = panel.getByRole('listitem', { name: 'Room target' });
  await expect(row).toContainText('20 °C');

  async function change(value: string) {
    await row.getByRole('button', { name: 'Change Room target' }).click();
    await row.getByLabel('Room target, °C').fill(value);
    await expect(row).toContainText(`→ ${value} °C`);
    await row.getByRole('button', { name: 'Change it' }).click();
  }

  await row.getByRole('button', { name: 'Change Room target' }).click();
  await row.getByLabel('Room target, °C').fill('40');
  await expect(row).toContainText('Room target is 10 to 30 °C');
  await expect(row.getByRole('button', { name: 'Change it' })).toBeDisabled();
  await row.getByRole('button', { name: 'Cancel' }).click();

  await change('21');
  await expect(row).toContainText('Confirmed');
  await expect(row).toContainText('21 °C');
  const changes = panel.getByRole('list', { name: 'Changes' });
  const first = changes.getByRole('listitem').last();
  await expect(first).toContainText('by guest');

  await first.getByRole('button', { name: /^Undo Room target/ }).click();
  await expect(row).toContainText('Room target 21 → 20 °C');
  await expect(row).toContainText('Confirmed');
  await expect(first).toContainText('undone since');

  pump.behaviour = 'refuses';
  await change('23');
  await expect(row).toContainText('Not taken', { timeout: 30_000 });

  pump.behaviour = 'is silent';
  await pump.report();
  await change('24');
  await expect(row).toContainText('Waiting for the heat pump');
  await expect(row).toContainText('Not confirmed', { timeout: 30_000 });
});
