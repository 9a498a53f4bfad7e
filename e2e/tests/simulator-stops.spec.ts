import { heatPumpPage } from '../support/pages.ts';
import { startSimulatedHouse } from '../support/simulated-house.ts';
import { expect, test } from '../support/test.ts';

/** Each heat pump publishes at least once a minute; three silent intervals of 30 s make it stale. */
const staleAfterMs = 100_000;

for (const [house, device, part] of [
  ['air', 'panasonic_heat_pump', /^Fan: /],
  ['ground', 'ThermIQ_home', /^Brine in pipe: /],
] as const) {
  test(`when the devices of the ${house}-source house fall silent the page says so`, async ({
    page,
    scope,
  }) => {
    test.setTimeout(staleAfterMs + 60_000);
    const simulated = await startSimulatedHouse(scope, house);
    const { open, supply, state } = heatPumpPage(page);
    await open(device);
    await expect(supply).toContainText(/\d+/);
    await expect(page.getByRole('img', { name: part })).toBeVisible();
    await expect(state).not.toContainText(/last known/i);

    await simulated.stop();

    await expect(state).toContainText(/last known/i, { timeout: staleAfterMs });
  });
}
