import { clamp, dayMs, hourMs, lagFraction, minuteMs, stepS } from './units.ts';

/** What the owner has set on the heat pump. */
export const settings = {
  roomC: 21,
  curve: 0.6,
  /** Kelvin of supply for each kelvin the room is off its setpoint. */
  roomFactor: 3,
  minSupplyC: 20,
  maxSupplyC: 55,
  heatStopC: 17,
  hotWaterStartC: 47,
  hotWaterStopC: 52,
  startDegreeMinutes: -60,
  auxDegreeMinutes: -600,
  legionellaEveryDays: 7,
  legionellaC: 62,
} as const;

/** What the controller remembers from step to step. */
export interface ControlState {
  degreeMinutes: number;
  /** Outdoors as it was over the last day or so; a cool night is not yet autumn. */
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
  /** Steps of the auxiliary heater: 0, 3, 6 or 9 kW. */
  auxKw: 0 | 3 | 6 | 9;
  /** Where the water goes: the emitters or the hot water tank. */
  destination: 'house' | 'tank';
}

/** What the controller sees. */
export interface ControlInputs {
  supplyC: number;
  supplyTargetC: number;
  outdoorC: number;
  tankC: number;
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

/** The wanted supply temperature: a heating curve, corrected by the room. */
export function supplyTarget(outdoorC: number, roomC: number): number {
  const { roomC: setC, curve, roomFactor, minSupplyC, maxSupplyC } = settings;
  const liftK = 2.8 * curve ** 0.8 * Math.max(0, setC - outdoorC) ** 0.75;
  const correctionK = clamp(roomFactor * (setC - roomC), -9, 9);
  return clamp(setC + liftK + correctionK, minSupplyC, maxSupplyC);
}

/** Decides one step: what is wanted, then what runs, then where the water goes. */
export function stepControl(
  was: ControlState,
  inputs: ControlInputs,
): ControlState {
  const legionella = stepLegionella(was, inputs);
  const wants = {
    ...stepDemand(was, inputs, legionella.legionella),
    ...legionella,
  };
  const tankNeedsHeaterOnly =
    legionella.legionella !== 'idle' && inputs.tankC >= compressorTankLimitC;
  const demanded = wants.hotWaterWanted
    ? !tankNeedsHeaterOnly
    : wants.heatingWanted && wants.heatingSeason;
  const compressorOn = was.compressorOn
    ? demanded || was.compressorForS < minOnS
    : demanded && was.compressorForS >= minOffS;
  const changed = compressorOn !== was.compressorOn;
  const tank = wants.hotWaterWanted && (compressorOn || tankNeedsHeaterOnly);
  return {
    ...wants,
    compressorOn,
    compressorForS: (changed ? 0 : was.compressorForS) + stepS,
    destination: tank ? 'tank' : 'house',
    auxKw: tank
      ? tankHeaterKw(legionella.legionella, inputs.tankC)
      : houseHeaterKw(was.auxKw, wants),
  };
}

function stepDemand(
  was: ControlState,
  inputs: ControlInputs,
  legionella: ControlState['legionella'],
) {
  const dampedOutdoorC =
    was.dampedOutdoorC +
    (inputs.outdoorC - was.dampedOutdoorC) * lagFraction(outdoorLagS);
  const heatingSeason = was.heatingSeason
    ? dampedOutdoorC < settings.heatStopC
    : dampedOutdoorC < settings.heatStopC - heatStopHysteresisK;
  const counts = heatingSeason && was.destination === 'house';
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
    heatingWanted: was.heatingWanted
      ? degreeMinutes < 0
      : degreeMinutes <= settings.startDegreeMinutes,
    hotWaterWanted:
      legionella !== 'idle' ||
      (was.hotWaterWanted
        ? inputs.tankC < settings.hotWaterStopC
        : inputs.tankC < settings.hotWaterStartC),
  };
}

type Legionella = Pick<
  ControlState,
  'legionella' | 'legionellaHeldS' | 'legionellaDay'
>;

function stepLegionella(was: ControlState, inputs: ControlInputs): Legionella {
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
): ControlState['auxKw'] {
  if (legionella === 'idle' || tankC < compressorTankLimitC) return 0;
  if (legionella === 'heating') return 6;
  return tankC < settings.legionellaC ? 3 : 0;
}

function houseHeaterKw(
  was: ControlState['auxKw'],
  wants: Pick<
    ControlState,
    'heatingWanted' | 'heatingSeason' | 'degreeMinutes'
  >,
): ControlState['auxKw'] {
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
    auxKw: 0,
    destination: 'house',
  };
}
