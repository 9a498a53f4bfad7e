import { compressorAtRest, compressorPower } from './compressor.ts';
import type { CompressorPower } from './compressor.ts';
import { brineInC, brineOutC, stepDepletion } from './ground-source.ts';
import {
  initialControl,
  stepControl,
  supplyTarget,
} from './heat-pump-control.ts';
import type { ControlState } from './heat-pump-control.ts';
import { lagFraction, waterJPerKgK } from './units.ts';

/** The heat pump at the end of a step, and what it did during the step. */
export interface HeatPumpState {
  control: ControlState;
  /** Mean temperature of the water in the pump's own circuit. */
  circuitMeanC: number;
  supplyC: number;
  returnC: number;
  supplyTargetC: number;
  brineInC: number;
  brineOutC: number;
  /** How much running has cooled the borehole. */
  depletionK: number;
  compressor: CompressorPower;
  auxW: number;
  circulationPumpPct: number;
  brinePumpPct: number;
  /** Electricity of standby and pumps, which does not become measured heat. */
  ownUseW: number;
  flowLpm: number;
}

/** What the heat pump meets during one step. */
export interface HeatPumpSurroundings {
  timeMs: number;
  localMs: number;
  outdoorC: number;
  roomC: number;
  emitterC: number;
  tankSensorC: number;
  tankMeanC: number;
}

const standbyW = 11;
const circulation = {
  off: { pct: 0, lpm: 0, powerW: 0 },
  idle: { pct: 45, lpm: 14, powerW: 18 },
  heating: { pct: 60, lpm: 19, powerW: 34 },
  hotWater: { pct: 55, lpm: 17, powerW: 30 },
} as const;
const brinePump = { pct: 70, powerW: 58 } as const;
const coilWPerK = 2500;
const sensorLagS = 60;
const standingCircuitLagS = 3600;

/** Total heat given to the water during the step. */
export function heatOutputW(state: HeatPumpState): number {
  return state.compressor.heatW + state.auxW;
}

/** Total electricity drawn during the step, heaters and pumps included. */
export function heatPumpElectricW(state: HeatPumpState): number {
  return state.compressor.electricW + state.auxW + state.ownUseW;
}

/** Steps the heat pump: it decides on what it last saw, then works for the step. */
export function stepHeatPump(
  was: HeatPumpState,
  around: HeatPumpSurroundings,
): HeatPumpState {
  const supplyTargetC = supplyTarget(around.outdoorC, around.roomC);
  const control = stepControl(was.control, {
    supplyC: was.supplyC,
    supplyTargetC,
    outdoorC: around.outdoorC,
    tankC: around.tankSensorC,
    localMs: around.localMs,
  });
  const inC = brineInC(around.timeMs, was.depletionK);
  const compressor = control.compressorOn
    ? compressorPower({
        supplyC: was.supplyC,
        brineInC: inC,
        ranForS: was.control.compressorOn ? was.control.compressorForS : 0,
      })
    : compressorAtRest;
  const auxW = control.auxKw * 1000;
  const heatW = compressor.heatW + auxW;
  const pump = circulation[circulationSpeed(control)];
  const circuitMeanC = stepCircuit(was.circuitMeanC, control, around, heatW);
  const halfSpreadK =
    pump.lpm === 0 ? 0 : heatW / (2 * (pump.lpm / 60) * waterJPerKgK);
  return {
    control,
    circuitMeanC,
    supplyC: circuitMeanC + halfSpreadK,
    returnC: circuitMeanC - halfSpreadK,
    supplyTargetC,
    brineInC: inC,
    brineOutC: brineOutC(inC, compressor.sourceW),
    depletionK: stepDepletion(was.depletionK, compressor.sourceW),
    compressor,
    auxW,
    circulationPumpPct: pump.pct,
    brinePumpPct: control.compressorOn ? brinePump.pct : 0,
    ownUseW:
      standbyW + pump.powerW + (control.compressorOn ? brinePump.powerW : 0),
    flowLpm: pump.lpm,
  };
}

function circulationSpeed(control: ControlState): keyof typeof circulation {
  if (control.destination === 'tank') return 'hotWater';
  if (control.compressorOn || control.auxKw > 0) return 'heating';
  return control.heatingSeason ? 'idle' : 'off';
}

/** The circuit follows what it flows through; standing still it nears the room. */
function stepCircuit(
  meanC: number,
  control: ControlState,
  around: HeatPumpSurroundings,
  heatW: number,
): number {
  const toward = (targetC: number, lagS: number) =>
    meanC + (targetC - meanC) * lagFraction(lagS);
  if (control.destination === 'tank') {
    return toward(around.tankMeanC + heatW / coilWPerK, sensorLagS);
  }
  return circulationSpeed(control) === 'off'
    ? toward(around.roomC, standingCircuitLagS)
    : toward(around.emitterC, sensorLagS);
}

/** A heat pump that stands still, full of water of one temperature. */
export function initialHeatPump(
  waterC: number,
  at: { timeMs: number; localMs: number },
): HeatPumpState {
  const inC = brineInC(at.timeMs, 0);
  return {
    control: initialControl(at.localMs),
    circuitMeanC: waterC,
    supplyC: waterC,
    returnC: waterC,
    supplyTargetC: waterC,
    brineInC: inC,
    brineOutC: inC,
    depletionK: 0,
    compressor: compressorAtRest,
    auxW: 0,
    circulationPumpPct: 0,
    brinePumpPct: 0,
    ownUseW: standbyW,
    flowLpm: 0,
  };
}
