import type { Page } from '@playwright/test';

/** The heat pump page and the parts of it that tests read. */
export function heatPumpPage(page: Page) {
  return {
    open: (deviceId: string) =>
      page.goto(`/heat-pump?device=${encodeURIComponent(deviceId)}`),
    /** The sentence at the top. */
    state: page.getByRole('heading', { level: 2 }).first(),
    /** The tile with the supply temperature. */
    supply: page.getByRole('group', { name: 'Supply', exact: true }),
  };
}
