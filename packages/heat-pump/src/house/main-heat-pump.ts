import { freshnessOf } from './freshness.ts';
import type { HeatpumpDeviceReading } from './device-readings.ts';

/**
 * The heat pump shown by default: the first that is not offline, so that a removed one does
 * not take precedence over the one in use; else the one with the newest reading.
 * `undefined` without any.
 */
export function mainHeatPump(
  heatPumps: readonly HeatpumpDeviceReading[],
  nowMs: number,
): HeatpumpDeviceReading | undefined {
  const asOfMs = ({ asOf }: HeatpumpDeviceReading) => Date.parse(asOf);
  const byId = [...heatPumps].sort((a, b) =>
    a.deviceId.localeCompare(b.deviceId),
  );
  const online = byId.find(
    heatPump => freshnessOf(nowMs - asOfMs(heatPump), heatPump) !== 'offline',
  );
  if (online !== undefined) return online;
  return byId.sort((a, b) => asOfMs(b) - asOfMs(a))[0];
}
