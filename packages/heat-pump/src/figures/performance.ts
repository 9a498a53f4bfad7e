import { dayMs } from '../time/units.ts';

/**
 * What the electricity of a figure pays for (SEPEMO): the heat pump only, with its source pump
 * or fan, with the auxiliary heaters, with the circulation pumps.
 */
export const boundaries = ['H1', 'H2', 'H3', 'H4'] as const;
export type Boundary = (typeof boundaries)[number];

/** A span of time, in milliseconds since 1970. */
export interface Window {
  fromMs: number;
  toMs: number;
}

/** Heat and the electricity it took, over the same time. */
export interface EnergyPair {
  heatKwh: number;
  electricKwh: number;
  /** Share of the window in which both were known, 0 to 1. */
  coverage: number;
  /** A meter is missing, or a part was interpolated. */
  estimated: boolean;
}

/** Heat over electricity. */
export interface Performance extends EnergyPair {
  /** `null` if it took less than 0.05 kWh or less than 90 % of the window is known. */
  value: number | null;
  /** A ratio over at least 330 days is a seasonal performance factor. */
  kind: 'COP' | 'SPF';
  days: number;
  boundary: Boundary;
}

const minElectricKwh = 0.05;
/** Below this coverage, a ratio is not shown. */
export const minCoverage = 0.9;
const seasonDays = 330;

/** Heat over electricity; `null` below 0.05 kWh or below 90 % coverage. */
export function copOfEnergy({
  heatKwh,
  electricKwh,
  coverage,
}: Pick<EnergyPair, 'heatKwh' | 'electricKwh' | 'coverage'>): number | null {
  return electricKwh >= minElectricKwh && coverage >= minCoverage
    ? heatKwh / electricKwh
    : null;
}

/** COP or SPF of a window, from energy sums; never clipped: 11 is real on a mild day. */
export function performanceOf(
  energy: EnergyPair,
  window: Window,
  boundary: Boundary,
): Performance {
  const days = (window.toMs - window.fromMs) / dayMs;
  return {
    ...energy,
    value: copOfEnergy(energy),
    kind: days >= seasonDays ? 'SPF' : 'COP',
    days,
    boundary,
  };
}

/** What the meters of a heat pump measure. */
export interface Meters {
  /** What the electricity meter covers. */
  electric: Boundary;
  /** Whether the heat meter sits behind the auxiliary heater, so that it measures that as well. */
  isHeatBehindHeater: boolean;
}

/**
 * Energies at another boundary, as far as the heaters make the difference: between H2 and H3.
 * Heat of the heaters is counted once. `null` where the energy of pumps or fans would be needed.
 */
export function atBoundary(
  energy: EnergyPair,
  auxKwh: number | null,
  meters: Meters,
  wanted: Boundary,
): EnergyPair | null {
  const hasHeater = (boundary: Boundary) =>
    boundary === 'H3' || boundary === 'H4';
  const isReachable =
    meters.electric === wanted ||
    (meters.electric === 'H2' && wanted === 'H3') ||
    (meters.electric === 'H3' && wanted === 'H2');
  if (!isReachable) return null;
  const heatParts =
    Number(hasHeater(wanted)) - Number(meters.isHeatBehindHeater);
  const electricParts =
    Number(hasHeater(wanted)) - Number(hasHeater(meters.electric));
  if (heatParts === 0 && electricParts === 0) return energy;
  if (auxKwh === null) return null;
  return {
    ...energy,
    heatKwh: energy.heatKwh + heatParts * auxKwh,
    electricKwh: energy.electricKwh + electricParts * auxKwh,
  };
}
