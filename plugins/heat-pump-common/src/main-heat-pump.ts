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
  const measuredMs = (heatPump: HeatpumpDeviceReading) =>
    Date.parse(heatPump.reading.timestamp);
  const byId = [...heatPumps].sort((a, b) =>
    a.deviceId.localeCompare(b.deviceId),
  );
  const online = byId.find(
    heatPump =>
      freshnessOf(nowMs - measuredMs(heatPump), heatPump) !== 'offline',
  );
  if (online !== undefined) return online;
  return byId.sort((a, b) => measuredMs(b) - measuredMs(a))[0];
}
