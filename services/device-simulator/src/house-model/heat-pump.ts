import { compressorAtRest } from './compressor.ts';
import type { CompressorPower } from './compressor.ts';
import { controlSettings } from './control-settings.ts';
import type { ControlSettings } from './control-settings.ts';
import {
  initialControl,
  stepControl,
  supplyTarget,
} from './heat-pump-control.ts';
import type { ControlState } from './heat-pump-control.ts';
import { initialSource, isDefrosting, stepSource } from './heat-source.ts';
import type { HeatSource } from './heat-source.ts';
import type { HouseKind } from './house-kinds.ts';
import { allowedIn } from './operating-modes.ts';
import { clamp, lagFraction, waterJPerKgK } from './units.ts';
import type { Weather } from './weather.ts';

/** The heat pump at the end of a step, and what it did during the step. */
export interface HeatPumpState {
  settings: ControlSettings;
  control: ControlState;
  /** The source side; its kind says which heat pump it is. */
  source: HeatSource;
  /** Mean temperature of the water in the pump's own circuit. */
  circuitMeanC: number;
  supplyC: number;
  returnC: number;
  supplyTargetC: number;
  compressor: CompressorPower;
  auxW: number;
  circulationPumpPct: number;
  /** Electricity of standby, pumps and fan, which does not become measured heat. */
  ownUseW: number;
  flowLpm: number;
}

/** The conditions of the heat pump during one step. */
export interface HeatPumpSurroundings {
  timeMs: number;
  localMs: number;
  weather: Weather;
  roomC: number;
  emitterC: number;
  tankSensorC: number;
  tankMeanC: number;
}

interface Circulation {
  pct: number;
  lpm: number;
  powerW: number;
}

const standbyW = 11;
const fixedSpeeds = {
  off: { pct: 0, lpm: 0, powerW: 0 },
  idle: { pct: 45, lpm: 14, powerW: 18 },
  heating: { pct: 60, lpm: 19, powerW: 34 },
  hotWater: { pct: 55, lpm: 17, powerW: 30 },
} as const satisfies Record<string, Circulation>;
// A pump that keeps supply and return this far apart, within what it can.
const wantedSpreadK = 4.5;
const flowBoundsLpm = [9, 21] as const;
const fullPumpW = 45;
const coilWPerK = 2500;
const sensorLagS = 60;
const standingCircuitLagS = 3600;

/** Total heat given to the water during the step; negative while defrosting. */
export function heatOutputW(state: HeatPumpState): number {
  return state.compressor.heatW + state.auxW;
}

/** Total electricity drawn during the step, heaters and pumps included. */
export function heatPumpElectricW(state: HeatPumpState): number {
  return state.compressor.electricW + state.auxW + state.ownUseW;
}

/** Steps the heat pump: it decides by the last conditions, then runs for the step. */
export function stepHeatPump(
  was: HeatPumpState,
  around: HeatPumpSurroundings,
): HeatPumpState {
  const { kind } = was.source;
  const { settings } = was;
  const outdoorC = around.weather.temperatureC;
  const supplyTargetC = supplyTarget(outdoorC, around.roomC, settings);
  const control = stepControl(
    was.control,
    {
      supplyC: was.supplyC,
      supplyTargetC,
      outdoorC,
      tankC: around.tankSensorC,
      defrosting: isDefrosting(was.source),
      localMs: around.localMs,
    },
    settings,
    allowedIn(kind, settings),
  );
  const { source, compressor, sourcePumpW } = stepSource(was.source, {
    timeMs: around.timeMs,
    weather: around.weather,
    supplyC: was.supplyC,
    runs: control.compressorOn,
    ranForS: was.control.compressorOn ? was.control.compressorForS : 0,
    outputShare: control.outputShare,
  });
  const auxW = control.auxKw * 1000;
  const heatW = compressor.heatW + auxW;
  const pump = circulationOf(kind, circulationSpeed(control), heatW);
  const circuitMeanC = stepCircuit(was.circuitMeanC, control, around, heatW);
  const halfSpreadK =
    pump.lpm === 0 ? 0 : heatW / (2 * (pump.lpm / 60) * waterJPerKgK);
  return {
    settings,
    control,
    source,
    circuitMeanC,
    supplyC: circuitMeanC + halfSpreadK,
    returnC: circuitMeanC - halfSpreadK,
    supplyTargetC,
    compressor,
    auxW,
    circulationPumpPct: pump.pct,
    ownUseW: standbyW + pump.powerW + sourcePumpW,
    flowLpm: pump.lpm,
  };
}

function circulationSpeed(control: ControlState): keyof typeof fixedSpeeds {
  if (control.destination === 'tank') return 'hotWater';
  if (control.compressorOn || control.auxKw > 0) return 'heating';
  return control.heatingSeason ? 'idle' : 'off';
}

/** The older machine has three fixed speeds, the inverter's pump follows the heat. */
function circulationOf(
  kind: HouseKind,
  speed: keyof typeof fixedSpeeds,
  heatW: number,
): Circulation {
  if (kind === 'ground' || speed === 'off') return fixedSpeeds[speed];
  const wantedLpm = (Math.abs(heatW) / (wantedSpreadK * waterJPerKgK)) * 60;
  const lpm = clamp(wantedLpm, ...flowBoundsLpm);
  const share = lpm / flowBoundsLpm[1];
  return { pct: Math.round(100 * share), lpm, powerW: fullPumpW * share ** 2 };
}

/** The circuit takes the temperature of what it flows through; at rest it nears the room's. */
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
  kind: HouseKind,
  waterC: number,
  at: { timeMs: number; localMs: number },
): HeatPumpState {
  return {
    settings: controlSettings[kind],
    control: initialControl(at.localMs),
    source: initialSource(kind, at.timeMs),
    circuitMeanC: waterC,
    supplyC: waterC,
    returnC: waterC,
    supplyTargetC: waterC,
    compressor: compressorAtRest,
    auxW: 0,
    circulationPumpPct: 0,
    ownUseW: standbyW,
    flowLpm: 0,
  };
}
