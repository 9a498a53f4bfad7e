/** Where a heat pump takes its heat from. */
export type HeatSource = 'air' | 'ground';

const kelvin = 273.15;
/** The refrigerant condenses this much above the supply. */
const condenserK = 2;
/** It evaporates this much below the air, or below the brine that comes in. */
const evaporatorK: Record<HeatSource, number> = { air: 6, ground: 4 };
/** With less lift than this, the ideal says nothing of a real machine. */
const minLiftK = 5;

/**
 * COP of the ideal machine between source and supply, in °C; `null` if a temperature is unknown
 * or the lift is 5 K or less. 35 °C at 7 °C outdoors gives 8.6, as heatpumpmonitor.org has it.
 */
export function idealCop(
  supplyC: number | null,
  sourceC: number | null,
  source: HeatSource,
): number | null {
  if (supplyC === null || sourceC === null) return null;
  const condenserC = supplyC + condenserK;
  const liftK = condenserC - (sourceC - evaporatorK[source]);
  return liftK <= minLiftK ? null : (condenserC + kelvin) / liftK;
}
