import { dayMs } from '../time/units.ts';
import type { EnergyDeviceReading } from './device-readings.ts';

/** A meter silent for longer is considered removed; its readings stay in the database. */
const meterGoneMs = dayMs;

/**
 * The electricity meter of the house: the configured one, else the only one that still sends;
 * with several, a guess could mislead. `null` if it is not known which one that is.
 */
export function mainMeter(
  meters: readonly EnergyDeviceReading[],
  configured: string | undefined,
  nowMs: number,
): EnergyDeviceReading | null {
  if (configured !== undefined) {
    return meters.find(({ deviceId }) => deviceId === configured) ?? null;
  }
  const speaking = meters.filter(
    ({ asOf }) => nowMs - Date.parse(asOf) < meterGoneMs,
  );
  const [only, ...others] = speaking.length > 0 ? speaking : meters;
  return others.length === 0 ? (only ?? null) : null;
}
