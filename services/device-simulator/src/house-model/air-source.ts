import { carnotCop, compressorAtRest, compressorPower } from './compressor.ts';
import type { CompressorPower } from './compressor.ts';
import { defrostAtKg, meltedKg, stepFrost } from './frost.ts';
import type { SourceInputs, SourceStep } from './source-step.ts';
import { stepS } from './units.ts';

/** The outdoor unit of a heat pump at the end of a step. */
export interface AirSource {
  kind: 'air';
  /** Ice on the evaporator. */
  frostKg: number;
  /** The cycle is reversed: heat from the water melts the ice. */
  defrosting: boolean;
  defrostForS: number;
  compressorHz: number;
  fanPct: number;
}

const ratedHeatW = 9000;
const ratedOutdoorC = 7;
const ratedSupplyC = 35;
const heatPerOutdoorK = 0.018;
const heatPerSupplyK = 0.004;
// Warmer air helps no further: the compressor is as fast as it goes.
const warmestRatedC = 15;

// At full output the refrigerant is 3 K above the supply and 8 K below the air. Measured
// from outside, with fan, pump and standby, 48 % of Carnot are left: the median of field data.
const fractionOfCarnot = 0.5;
const condenserOffsetK = 3;
const evaporatorOffsetK = 8;

const maxHz = 84;
const fan = { idlePct: 35, minW: 12, maxW: 50 } as const;

// The reversed cycle draws this from the water; its electricity comes on top.
const defrostFromWaterW = 4000;
const defrostElectricW = 900;
const defrostHz = 62;
// The valve turns and the ice drips off: it takes a while even when little is left.
const minDefrostS = 120;
const maxDefrostS = 8 * 60;

/** An outdoor unit that has rested. */
export const initialAirSource: AirSource = {
  kind: 'air',
  frostKg: 0,
  defrosting: false,
  defrostForS: 0,
  compressorHz: 0,
  fanPct: 0,
};

/** Steps an inverter that draws heat from outdoor air, frosts and defrosts. */
export function stepAirSource(
  was: AirSource,
  inputs: SourceInputs,
): SourceStep<AirSource> {
  const { runs, outputShare, weather } = inputs;
  const frostKg = stepFrost(was.frostKg, weather, runs ? outputShare : 0);
  if (!runs) {
    return {
      source: { ...initialAirSource, frostKg },
      compressor: compressorAtRest,
      sourcePumpW: 0,
    };
  }
  if (was.defrosting) return stepDefrost(was, weather.temperatureC);
  return {
    source: {
      kind: 'air',
      frostKg,
      // It begins with the next step.
      defrosting: frostKg >= defrostAtKg,
      defrostForS: 0,
      compressorHz: Math.round(maxHz * outputShare),
      fanPct: Math.round(fan.idlePct + (100 - fan.idlePct) * outputShare),
    },
    compressor: airCompressorPower({
      ...inputs,
      outdoorC: weather.temperatureC,
    }),
    sourcePumpW: fan.minW + (fan.maxW - fan.minW) * outputShare ** 2,
  };
}

/** The fan stands still while the ice melts. */
function stepDefrost(was: AirSource, outdoorC: number): SourceStep<AirSource> {
  const compressor = {
    heatW: -defrostFromWaterW,
    electricW: defrostElectricW,
    sourceW: -defrostFromWaterW - defrostElectricW,
  };
  const frostKg = Math.max(
    0,
    was.frostKg - meltedKg(-compressor.sourceW * stepS, outdoorC),
  );
  const defrostForS = was.defrostForS + stepS;
  const done =
    defrostForS >= maxDefrostS || (frostKg === 0 && defrostForS >= minDefrostS);
  return {
    source: {
      kind: 'air',
      frostKg,
      defrosting: !done,
      defrostForS,
      compressorHz: defrostHz,
      fanPct: 0,
    },
    compressor,
    sourcePumpW: 0,
  };
}

/** The power of the running compressor at a share of what it could give. */
export function airCompressorPower(running: {
  supplyC: number;
  outdoorC: number;
  outputShare: number;
  ranForS: number;
}): CompressorPower {
  const { supplyC, outdoorC, outputShare, ranForS } = running;
  return compressorPower({
    heatW: outputShare * airCapacityW(supplyC, outdoorC),
    cop: airCop(supplyC, outdoorC, outputShare),
    ranForS,
  });
}

/** The most heat it can give: less from cold air and into hot water. */
export function airCapacityW(supplyC: number, outdoorC: number): number {
  const sourceC = Math.min(outdoorC, warmestRatedC);
  return (
    ratedHeatW *
    (1 + heatPerOutdoorK * (sourceC - ratedOutdoorC)) *
    (1 - heatPerSupplyK * (supplyC - ratedSupplyC))
  );
}

/** COP of the compressor circuit; the gentler it runs, the better. */
export function airCop(
  supplyC: number,
  outdoorC: number,
  outputShare: number,
): number {
  return carnotCop(
    fractionOfCarnot,
    supplyC + condenserOffsetK * outputShare,
    outdoorC - evaporatorOffsetK * outputShare,
  );
}
