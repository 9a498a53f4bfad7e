import type { HouseKind } from './house-kinds.ts';
import { stepS, waterJPerKgK } from './units.ts';

interface EmitterDesign {
  /** Heat given at 50 K above the room. */
  ratedW: number;
  exponent: number;
  /** Water in emitters, pipes and buffer. */
  waterKg: number;
}

const designs: Readonly<Record<HouseKind, EmitterDesign>> = {
  // Radiators sized for low temperatures.
  ground: { ratedW: 11_700, exponent: 1.3, waterKg: 220 },
  // Heated floors below, large radiators above.
  air: { ratedW: 21_000, exponent: 1.2, waterKg: 300 },
};
const ratedDifferenceK = 50;

/** Heat the emitters of a house give to the room at a mean water temperature. */
export function emittedW(
  kind: HouseKind,
  waterC: number,
  roomC: number,
): number {
  const { ratedW, exponent } = designs[kind];
  const differenceK = Math.max(0, waterC - roomC);
  return ratedW * (differenceK / ratedDifferenceK) ** exponent;
}

/** The mean water temperature after one step. */
export function stepEmitter(
  kind: HouseKind,
  waterC: number,
  heatW: number,
  givenW: number,
): number {
  return waterC + ((heatW - givenW) * stepS) / heatCapacityJPerK(kind);
}

/** Heat stored in the heating water above 0 °C, in joules. */
export function emitterHeatJ(kind: HouseKind, waterC: number): number {
  return waterC * heatCapacityJPerK(kind);
}

function heatCapacityJPerK(kind: HouseKind): number {
  return designs[kind].waterKg * waterJPerKgK;
}
