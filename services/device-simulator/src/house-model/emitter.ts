import { stepS, waterJPerKgK } from './units.ts';

// Radiators sized for low temperatures: 11.7 kW at 50 K above the room.
const ratedW = 11700;
const ratedDifferenceK = 50;
const exponent = 1.3;
const waterKg = 220;
const heatCapacityJPerK = waterKg * waterJPerKgK;

/** Heat the emitters give to the room at a mean water temperature. */
export function emittedW(waterC: number, roomC: number): number {
  const differenceK = Math.max(0, waterC - roomC);
  return ratedW * (differenceK / ratedDifferenceK) ** exponent;
}

/** The mean water temperature after one step. */
export function stepEmitter(
  waterC: number,
  heatW: number,
  givenW: number,
): number {
  return waterC + ((heatW - givenW) * stepS) / heatCapacityJPerK;
}

/** Heat stored in the heating water above 0 °C, in joules. */
export function emitterHeatJ(waterC: number): number {
  return waterC * heatCapacityJPerK;
}
