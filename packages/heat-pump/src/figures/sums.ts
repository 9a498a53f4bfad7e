/**
 * What a heat pump did over some time, as sums: those of two times after each other add up to
 * those of both. Energies are kWh, times milliseconds, and `CMs` is °C times milliseconds. A sum
 * over no time is 0, so a figure is known only if its time is not.
 */
export interface HeatPumpSums {
  /** Heat and electricity while both were known: a COP is a ratio of the same time. */
  pairedMs: number;
  heatKwh: number;
  electricKwh: number;
  /** The part of that time in which one of both was estimated. */
  estimatedMs: number;
  /** The part of these that made hot water. */
  hotWaterPairedMs: number;
  hotWaterHeatKwh: number;
  hotWaterElectricKwh: number;
  /** Heat of which the ideal COP is known, and the electricity of the ideal machine. */
  idealHeatKwh: number;
  idealElectricKwh: number;
  runningKnownMs: number;
  runningMs: number;
  hotWaterMs: number;
  defrostMs: number;
  auxMs: number;
  /** Electricity of the auxiliary heaters, and for how long it was known. */
  auxKnownMs: number;
  auxKwh: number;
  /** While the compressor stood still. */
  standbyMs: number;
  standbyKwh: number;
  /** Temperatures while the compressor ran. */
  runningSupplyMs: number;
  runningSupplyCMs: number;
  /** How much warmer the rooms were than outdoors. */
  roomMs: number;
  roomOutdoorKMs: number;
  /** Degree-hours below 17 °C outdoors. */
  degreeHours: number;
  outdoorMs: number;
}

export const noSums: HeatPumpSums = {
  pairedMs: 0,
  heatKwh: 0,
  electricKwh: 0,
  estimatedMs: 0,
  hotWaterPairedMs: 0,
  hotWaterHeatKwh: 0,
  hotWaterElectricKwh: 0,
  idealHeatKwh: 0,
  idealElectricKwh: 0,
  runningKnownMs: 0,
  runningMs: 0,
  hotWaterMs: 0,
  defrostMs: 0,
  auxMs: 0,
  auxKnownMs: 0,
  auxKwh: 0,
  standbyMs: 0,
  standbyKwh: 0,
  runningSupplyMs: 0,
  runningSupplyCMs: 0,
  roomMs: 0,
  roomOutdoorKMs: 0,
  degreeHours: 0,
  outdoorMs: 0,
};

const names = Object.keys(noSums) as readonly (keyof HeatPumpSums)[];

/** The sums of two times after each other. */
export function addSums(a: HeatPumpSums, b: HeatPumpSums): HeatPumpSums {
  const sums = { ...a };
  for (const name of names) sums[name] += b[name];
  return sums;
}
