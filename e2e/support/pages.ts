import type { Page } from '@playwright/test';

/**
 * The health targets of the portal by their titles, in the order of the data path. These tests
 * run on servers without simulated devices.
 */
export const watchedTargets = [
  'Mosquitto',
  'MQTT-Kafka bridge',
  'Kafka',
  'Timescale sink',
  'Homelab API',
  'Live readings',
  'Household page',
  'Heat pump control',
  'TimescaleDB',
  'Portal',
] as const;

/** The heat pump page, and the parts that tests read. */
export function heatPumpPage(page: Page) {
  return {
    open: (deviceId: string) =>
      page.goto(`/heat-pump?device=${encodeURIComponent(deviceId)}`),
    /** The sentence at the top. */
    state: page.getByRole('heading', { level: 2 }).first(),
    /** The tile with the supply temperature. */
    supply: page.getByRole('group', { name: 'Supply', exact: true }),
    /** The chart of temperatures with its buttons. */
    temperatures: page.getByRole('group', {
      name: 'Temperatures',
      exact: true,
    }),
  };
}
