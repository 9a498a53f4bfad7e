import { carnotCop, compressorAtRest, compressorPower } from './compressor.ts';
import type { CompressorPower } from './compressor.ts';
import type { SourceInputs, SourceStep } from './source-step.ts';
import { dayMs, stepS } from './units.ts';

/** The borehole side of a heat pump at the end of a step. */
export interface GroundSource {
  kind: 'ground';
  brineInC: number;
  brineOutC: number;
  /** How much running has cooled the borehole. */
  depletionK: number;
  brinePumpPct: number;
}

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
const brinePump = { pct: 70, powerW: 58 } as const;

const ratedHeatW = 8000;
const ratedBrineC = 3;
const ratedSupplyC = 40;
const heatPerBrineK = 0.025;
const heatPerSupplyK = 0.004;
const fractionOfCarnot = 0.5;
const condenserOffsetK = 2;
const evaporatorOffsetK = 4;

/** A borehole that has rested. */
export function initialGroundSource(timeMs: number): GroundSource {
  const inC = brineInC(timeMs, 0);
  return {
    kind: 'ground',
    brineInC: inC,
    brineOutC: inC,
    depletionK: 0,
    brinePumpPct: 0,
  };
}

/** Steps a fixed-speed compressor on a borehole. */
export function stepGroundSource(
  was: GroundSource,
  inputs: SourceInputs,
): SourceStep<GroundSource> {
  const { runs } = inputs;
  const inC = brineInC(inputs.timeMs, was.depletionK);
  const compressor = runs
    ? groundCompressorPower({ ...inputs, brineInC: inC })
    : compressorAtRest;
  return {
    source: {
      kind: 'ground',
      brineInC: inC,
      brineOutC: brineOutC(inC, compressor.sourceW),
      depletionK: stepDepletion(was.depletionK, compressor.sourceW),
      brinePumpPct: runs ? brinePump.pct : 0,
    },
    compressor,
    sourcePumpW: runs ? brinePump.powerW : 0,
  };
}

/** The power of the running compressor at its one speed. */
export function groundCompressorPower(running: {
  supplyC: number;
  brineInC: number;
  ranForS: number;
}): CompressorPower {
  const { supplyC, brineInC: inC, ranForS } = running;
  const heatW =
    ratedHeatW *
    (1 + heatPerBrineK * (inC - ratedBrineC)) *
    (1 - heatPerSupplyK * (supplyC - ratedSupplyC));
  return compressorPower({ heatW, cop: groundCop(supplyC, inC), ranForS });
}

/** COP of the compressor circuit: half of Carnot. */
export function groundCop(supplyC: number, inC: number): number {
  return carnotCop(
    fractionOfCarnot,
    supplyC + condenserOffsetK,
    inC - evaporatorOffsetK,
  );
}

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
