import { clamp, stepS } from './units.ts';
import { absoluteHumidity } from './weather.ts';
import type { Weather } from './weather.ts';

/** The ice at which an evaporator no longer lets enough air through. */
export const defrostAtKg = 1;

const coilBelowAirK = 6;
const fullAirM3PerS = 1.1;
// This share of the water above saturation meets the fins and stays.
const caughtShare = 0.2;

const meltJPerKg = 334_000;
// The rest warms fins, casing and the air around, the more the colder it is.
const meltingShare = { atFreezing: 0.5, perK: 0.02, min: 0.25, max: 0.55 };
const thawAboveC = 2;
const thawKgPerKS = 1 / 3600 / 8;

/**
 * The ice on an evaporator after one step, in kg: moist air leaves ice on fins below
 * freezing, mild air thaws it. `outputShare` is 0 while the machine stands still.
 */
export function stepFrost(
  frostKg: number,
  { temperatureC, relativeHumidityPct }: Weather,
  outputShare: number,
): number {
  const thawedKg = Math.max(0, temperatureC - thawAboveC) * thawKgPerKS * stepS;
  if (outputShare === 0) return Math.max(0, frostKg - thawedKg);
  const coilC = temperatureC - coilBelowAirK;
  if (coilC >= 0) return Math.max(0, frostKg - thawedKg);
  const excessGPerM3 = Math.max(
    0,
    absoluteHumidity(temperatureC, relativeHumidityPct) -
      absoluteHumidity(coilC, 100),
  );
  const airM3 = fullAirM3PerS * (0.4 + 0.6 * outputShare) * stepS;
  return frostKg + (airM3 * excessGPerM3 * caughtShare) / 1000;
}

/** The ice that so many joules melt in air of a temperature, in kg. */
export function meltedKg(heatJ: number, outdoorC: number): number {
  const { atFreezing, perK, min, max } = meltingShare;
  const share = clamp(atFreezing + perK * outdoorC, min, max);
  return (share * heatJ) / meltJPerKg;
}
