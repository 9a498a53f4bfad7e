import type { ControlSettings } from './control-settings.ts';
import type { Allowed } from './operating-modes.ts';
import { clamp, dayMs, hourMs, lagFraction, minuteMs, stepS } from './units.ts';

/** What the controller remembers from step to step. */
export interface ControlState {
  degreeMinutes: number;
  /** The outdoor temperature averaged over about a day; a cool night is not yet autumn. */
  dampedOutdoorC: number;
  /** False in summer: damped outdoors is above the heat stop. */
  heatingSeason: boolean;
  heatingWanted: boolean;
  hotWaterWanted: boolean;
  legionella: 'idle' | 'heating' | 'holding';
  legionellaHeldS: number;
  /** The local day (since 1970) of the last legionella run. */
  legionellaDay: number;
  compressorOn: boolean;
  /** How long the compressor has been on or off. */
  compressorForS: number;
  /** The share of its capacity at which the compressor runs; 0 at rest. */
  outputShare: number;
  /** Steps of the auxiliary heater: 0, 3, 6 or 9 kW. */
  auxKw: number;
  /** Where the water goes: the emitters or the hot water tank. */
  destination: 'house' | 'tank';
}

/** What the controller sees. */
export interface ControlInputs {
  supplyC: number;
  supplyTargetC: number;
  outdoorC: number;
  tankC: number;
  /** The machine draws heat from the water to melt ice. */
  defrosting: boolean;
  /** Local time since 1970. */
  localMs: number;
}

const heatStopHysteresisK = 3;
const outdoorLagS = 24 * 3600;
const degreeMinuteBounds = [-3000, 100] as const;
const minOffS = 10 * 60;
const minOnS = 5 * 60;
const auxStepDegreeMinutes = 200;
// The compressor cannot heat the tank higher; the heater does the rest.
const compressorTankLimitC = 54;
const legionellaAtMs = 12.5 * hourMs;
const legionellaHoldS = 30 * 60;
// An inverter that heats a tank takes its time: the slower, the better its COP.
const tankOutputShare = 0.75;
const rampPerStep = (0.02 * stepS) / 60;
// The share of the capacity per kelvin that the supply is short, besides the integral.
const outputPerK = 0.08;

/** The wanted supply temperature: a heating curve, corrected by the room. */
export function supplyTarget(
  outdoorC: number,
  roomC: number,
  settings: ControlSettings,
): number {
  const { roomC: setC, roomFactor, minSupplyC, maxSupplyC } = settings;
  const correctionK = clamp(roomFactor * (setC - roomC), -9, 9);
  const curveC = supplyOfCurve(outdoorC, settings) + settings.curveShiftK;
  return clamp(curveC + correctionK, minSupplyC, maxSupplyC);
}

/** What the heating curve says for an outdoor temperature. */
export function supplyOfCurve(
  outdoorC: number,
  { roomC, curve }: Pick<ControlSettings, 'roomC' | 'curve'>,
): number {
  return roomC + 2.8 * curve ** 0.8 * Math.max(0, roomC - outdoorC) ** 0.75;
}

/** The curve that gives this supply temperature at 0 °C outdoors. */
export function curveOfSupply(supplyC: number, roomC: number): number {
  return (Math.max(0, supplyC - roomC) / (2.8 * roomC ** 0.75)) ** (1 / 0.8);
}

/** Decides one step: what is wanted, then what runs, then where the water goes. */
export function stepControl(
  was: ControlState,
  inputs: ControlInputs,
  settings: ControlSettings,
  allowed: Allowed,
): ControlState {
  const legionella = stepLegionella(was, inputs, settings);
  const wants = {
    ...stepDemand(was, inputs, settings, allowed, legionella.legionella),
    ...legionella,
  };
  const tankNeedsHeaterOnly =
    legionella.legionella !== 'idle' && inputs.tankC >= compressorTankLimitC;
  const demanded =
    inputs.defrosting ||
    (allowed.compressor &&
      (wants.hotWaterWanted
        ? !tankNeedsHeaterOnly
        : wants.heatingWanted && wants.heatingSeason));
  const compressorOn = was.compressorOn
    ? demanded || was.compressorForS < minOnS
    : demanded && was.compressorForS >= minOffS;
  const changed = compressorOn !== was.compressorOn;
  // The house gives the heat that melts the ice: the tank would stay cold for hours.
  const tank =
    wants.hotWaterWanted &&
    !inputs.defrosting &&
    (compressorOn || tankNeedsHeaterOnly || !allowed.compressor);
  const auxKw = tank
    ? tankHeaterKw(legionella.legionella, inputs.tankC, settings, allowed)
    : houseHeaterKw(was.auxKw, wants, settings);
  return {
    ...wants,
    compressorOn,
    compressorForS: (changed ? 0 : was.compressorForS) + stepS,
    destination: tank ? 'tank' : 'house',
    outputShare: compressorOn
      ? stepOutput(
          was.outputShare,
          tank,
          {
            supplyC: inputs.supplyC,
            supplyTargetC: inputs.supplyTargetC,
            degreeMinutes: wants.degreeMinutes,
          },
          settings,
        )
      : 0,
    auxKw: allowed.heater ? Math.min(auxKw, settings.maxAuxKw) : 0,
  };
}

/** Moves an inverter towards the output it wants; it starts at the least it can. */
function stepOutput(
  was: number,
  tank: boolean,
  at: Pick<ControlInputs, 'supplyC' | 'supplyTargetC'> &
    Pick<ControlState, 'degreeMinutes'>,
  settings: ControlSettings,
): number {
  const { minOutputShare, fullOutputDegreeMinutes } = settings;
  if (was === 0) return minOutputShare;
  const integral = at.degreeMinutes / fullOutputDegreeMinutes;
  const shortK = at.supplyTargetC - at.supplyC;
  const wanted = tank ? tankOutputShare : integral + outputPerK * shortK;
  const reached = was + clamp(wanted - was, -rampPerStep, rampPerStep);
  return clamp(reached, minOutputShare, 1);
}

function stepDemand(
  was: ControlState,
  inputs: ControlInputs,
  settings: ControlSettings,
  allowed: Allowed,
  legionella: ControlState['legionella'],
) {
  const dampedOutdoorC =
    was.dampedOutdoorC +
    (inputs.outdoorC - was.dampedOutdoorC) * lagFraction(outdoorLagS);
  const heatingSeason = was.heatingSeason
    ? dampedOutdoorC < settings.heatStopC
    : dampedOutdoorC < settings.heatStopC - heatStopHysteresisK;
  const counts =
    allowed.heating && heatingSeason && was.destination === 'house';
  const degreeMinutes = counts
    ? clamp(
        was.degreeMinutes +
          ((inputs.supplyC - inputs.supplyTargetC) * stepS) / 60,
        ...degreeMinuteBounds,
      )
    : was.degreeMinutes;
  return {
    dampedOutdoorC,
    heatingSeason,
    degreeMinutes,
    heatingWanted:
      allowed.heating &&
      (was.heatingWanted
        ? degreeMinutes < 0
        : degreeMinutes <= settings.startDegreeMinutes),
    hotWaterWanted:
      allowed.hotWater &&
      (legionella !== 'idle' ||
        (was.hotWaterWanted
          ? inputs.tankC < settings.hotWaterStopC
          : inputs.tankC < settings.hotWaterStartC)),
  };
}

type Legionella = Pick<
  ControlState,
  'legionella' | 'legionellaHeldS' | 'legionellaDay'
>;

function stepLegionella(
  was: ControlState,
  inputs: ControlInputs,
  settings: ControlSettings,
): Legionella {
  const { legionella, legionellaHeldS, legionellaDay } = was;
  const day = Math.floor(inputs.localMs / dayMs);
  if (legionella === 'idle') {
    const due = day - legionellaDay >= settings.legionellaEveryDays;
    const starts = due && inputs.localMs % dayMs >= legionellaAtMs;
    return {
      legionella: starts ? 'heating' : 'idle',
      legionellaHeldS: 0,
      legionellaDay: starts ? day : legionellaDay,
    };
  }
  const hot = inputs.tankC >= settings.legionellaC - 1;
  const heldS = legionellaHeldS + (hot ? stepS : 0);
  if (heldS >= legionellaHoldS) {
    return { legionella: 'idle', legionellaHeldS: 0, legionellaDay };
  }
  const phase = heldS > 0 ? 'holding' : 'heating';
  return { legionella: phase, legionellaHeldS: heldS, legionellaDay };
}

function tankHeaterKw(
  legionella: ControlState['legionella'],
  tankC: number,
  settings: ControlSettings,
  allowed: Allowed,
): number {
  if (!allowed.compressor && legionella === 'idle') return 6;
  if (legionella === 'idle' || tankC < compressorTankLimitC) return 0;
  if (legionella === 'heating') return 6;
  return tankC < settings.legionellaC ? 3 : 0;
}

function houseHeaterKw(
  was: number,
  wants: Pick<
    ControlState,
    'heatingWanted' | 'heatingSeason' | 'degreeMinutes'
  >,
  settings: ControlSettings,
): number {
  if (!wants.heatingWanted || !wants.heatingSeason) return 0;
  const below = settings.auxDegreeMinutes - wants.degreeMinutes;
  // A heater that is on stays on until the shortfall is half made up.
  const holdsOn = was > 0 && below > settings.auxDegreeMinutes / 2;
  if (below < 0) return holdsOn ? 3 : 0;
  if (below < auxStepDegreeMinutes) return 3;
  return below < 2 * auxStepDegreeMinutes ? 6 : 9;
}

/** The controller of a machine that has stood still for a while. */
export function initialControl(localMs: number): ControlState {
  return {
    degreeMinutes: -30,
    dampedOutdoorC: 0,
    heatingSeason: true,
    heatingWanted: false,
    hotWaterWanted: false,
    legionella: 'idle',
    legionellaHeldS: 0,
    legionellaDay: Math.floor(localMs / dayMs) - 2,
    compressorOn: false,
    compressorForS: (30 * minuteMs) / 1000,
    outputShare: 0,
    auxKw: 0,
    destination: 'house',
  };
}
