/** What the compressor circuit does during one step. */
export interface CompressorPower {
  /** Heat given to the water. */
  heatW: number;
  /** Electricity the compressor draws. */
  electricW: number;
  /** Heat taken from the brine: what heat is not electricity. */
  sourceW: number;
}

/** A compressor at rest. */
export const compressorAtRest: CompressorPower = {
  heatW: 0,
  electricW: 0,
  sourceW: 0,
};

const ratedHeatW = 8000;
const ratedBrineC = 3;
const ratedSupplyC = 40;
const heatPerBrineK = 0.025;
const heatPerSupplyK = 0.004;

const fractionOfCarnot = 0.5;
const condenserOffsetK = 2;
const evaporatorOffsetK = 4;
const kelvin = 273.15;
// Below this lift the expansion valve holds the pressure up.
const minLiftK = 15;

// Oil, pressure and pipes come up before any heat does.
const startTransientS = 60;

/**
 * The power of a running compressor, by the temperatures it works between and how long
 * it has run. Heat is always electricity plus source.
 */
export function compressorPower(running: {
  supplyC: number;
  brineInC: number;
  ranForS: number;
}): CompressorPower {
  const { supplyC, brineInC, ranForS } = running;
  const fullHeatW =
    ratedHeatW *
    (1 + heatPerBrineK * (brineInC - ratedBrineC)) *
    (1 - heatPerSupplyK * (supplyC - ratedSupplyC));
  const electricW = fullHeatW / coefficientOfPerformance(supplyC, brineInC);
  if (ranForS < startTransientS) {
    return { heatW: electricW, electricW, sourceW: 0 };
  }
  return { heatW: fullHeatW, electricW, sourceW: fullHeatW - electricW };
}

/** COP of the compressor circuit: half of Carnot between condenser and evaporator. */
export function coefficientOfPerformance(
  supplyC: number,
  brineInC: number,
): number {
  const condenserC = supplyC + condenserOffsetK;
  const evaporatorC = brineInC - evaporatorOffsetK;
  const liftK = Math.max(minLiftK, condenserC - evaporatorC);
  return (fractionOfCarnot * (condenserC + kelvin)) / liftK;
}
