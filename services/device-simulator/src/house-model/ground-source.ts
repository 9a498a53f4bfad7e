import { dayMs, stepS } from './units.ts';

const yearlyMeanC = 6;
const seasonalSwingC = 1.3;
// The ground at borehole depth lags the air by months.
const coldestDayOfYear = 95;

// A nominal machine cools the brine by 0.3 K per hour of running, and the ground gives
// it back with a time constant of 5 h.
const nominalSourceW = 5700;
const depletionKPerS = 0.3 / 3600;
const recoveryS = 5 * 3600;

const brineKgPerS = 0.45;
const brineJPerKgK = 3900;

/** Steps how much running has cooled the borehole, in kelvin. */
export function stepDepletion(depletionK: number, sourceW: number): number {
  const drawnK = depletionKPerS * (sourceW / nominalSourceW);
  return depletionK + (drawnK - depletionK / recoveryS) * stepS;
}

/** Temperature of the brine that comes from the ground. */
export function brineInC(timeMs: number, depletionK: number): number {
  const dayOfYear = (timeMs / dayMs) % 365.25;
  const season = Math.cos(
    (2 * Math.PI * (dayOfYear - coldestDayOfYear)) / 365.25,
  );
  return yearlyMeanC - seasonalSwingC * season - depletionK;
}

/** Temperature of the brine that goes back, having given `sourceW`. */
export function brineOutC(inC: number, sourceW: number): number {
  return inC - sourceW / (brineKgPerS * brineJPerKgK);
}
