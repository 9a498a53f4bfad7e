import { heatPumpPage } from '../support/pages.ts';
import { startSimulatedHouse } from '../support/simulated-house.ts';
import { expect, test } from '../support/test.ts';

/** The simulated module speaks every 30 seconds; three silent intervals make it stale. */
const staleAfterMs = 100_000;

test('when the devices fall silent the page says so', async ({
  page,
  scope,
}) => {
  test.setTimeout(staleAfterMs + 60_000);
  const house = await startSimulatedHouse(scope);
  const { open, supply, state } = heatPumpPage(page);
  await open('ThermIQ_home');
  await expect(supply).toContainText(/\d+\.\d/);
  await expect(state).not.toContainText(/last known/i);

  await house.stop();

  await expect(state).toContainText(/last known/i, { timeout: staleAfterMs });
});
