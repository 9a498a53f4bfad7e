/** What the compressor circuit does during one step. */
export interface CompressorPower {
  /** Heat given to the water; negative while the machine defrosts. */
  heatW: number;
  /** Electricity the compressor draws. */
  electricW: number;
  /** Heat taken from the source: what heat is not electricity. */
  sourceW: number;
}

/** A compressor at rest. */
export const compressorAtRest: CompressorPower = {
  heatW: 0,
  electricW: 0,
  sourceW: 0,
};

const kelvin = 273.15;
// Below this lift the expansion valve holds the pressure up.
const minLiftK = 15;

// Oil, pressure and pipes come up before any heat does.
const startTransientS = 60;

/** COP of a compressor circuit: a fraction of Carnot between condenser and evaporator. */
export function carnotCop(
  fraction: number,
  condenserC: number,
  evaporatorC: number,
): number {
  const liftK = Math.max(minLiftK, condenserC - evaporatorC);
  return (fraction * (condenserC + kelvin)) / liftK;
}

/**
 * The power of a running compressor that would give `heatW` at `cop`, by how long it has
 * run. Heat is always electricity plus source.
 */
export function compressorPower(running: {
  heatW: number;
  cop: number;
  ranForS: number;
}): CompressorPower {
  const { heatW, cop, ranForS } = running;
  const electricW = heatW / cop;
  if (ranForS < startTransientS) {
    return { heatW: electricW, electricW, sourceW: 0 };
  }
  return { heatW, electricW, sourceW: heatW - electricW };
}
