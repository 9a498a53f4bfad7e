import type { Climate } from './climate.ts';

/** When a battery sensor wakes its radio. */
export interface ReportRule {
  temperatureStepK: number;
  humidityStepPct: number;
  /** The shortest time between two reports. */
  minIntervalMs: number;
  /**
   * A report is forced at every multiple of this time, shifted by `forcedShiftMs`. From
   * there on the reports no longer depend on what came before.
   */
  forcedEveryMs: number;
  forcedShiftMs: number;
}

/** What a sensor last reported. */
export interface Reported extends Climate {
  atMs: number;
}

/** Tells whether a sensor reports the climate it measures at a time. */
export function reportsNow(
  rule: ReportRule,
  last: Reported | undefined,
  climate: Climate,
  atMs: number,
): boolean {
  if ((atMs - rule.forcedShiftMs) % rule.forcedEveryMs === 0) return true;
  // Nothing is known until the first forced report; then everything is.
  if (last === undefined || atMs - last.atMs < rule.minIntervalMs) return false;
  return (
    Math.abs(climate.temperatureC - last.temperatureC) >=
      rule.temperatureStepK ||
    Math.abs(climate.humidityPct - last.humidityPct) >= rule.humidityStepPct
  );
}
