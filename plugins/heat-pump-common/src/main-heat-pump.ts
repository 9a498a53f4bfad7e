import { freshnessOf } from './freshness';
import type { HeatpumpDeviceReading } from './readings';

/**
 * The heat pump that is meant when nobody says which: the first that is not offline, so
 * that one that was taken away does not stand before the one that runs; else the one
 * heard last. `undefined` for none.
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
