import { buildingHeatJ, stepBuilding } from './building.ts';
import type { BuildingState } from './building.ts';
import { initialCounters, stepCounters } from './counters.ts';
import type { Counters } from './counters.ts';
import { planDay, rateDuring } from './day-plan.ts';
import type { DayPlan } from './day-plan.ts';
import { emittedW, emitterHeatJ, stepEmitter } from './emitter.ts';
import {
  heatOutputW,
  heatPumpElectricW,
  initialHeatPump,
  stepHeatPump,
} from './heat-pump.ts';
import type { HeatPumpState } from './heat-pump.ts';
import type { HouseKind } from './house-kinds.ts';
import {
  stepTank,
  tankHeatJ,
  tankMeanC,
  tankSensorC,
} from './hot-water-tank.ts';
import type { TankLayers } from './hot-water-tank.ts';
import { householdLoad } from './household-load.ts';
import type { PhasePower } from './household-load.ts';
import type { Random } from './random.ts';
import { dayMs, lagFraction, stepMs, stepS } from './units.ts';
import { stepAnomaly, weatherAt } from './weather.ts';
import type { Weather } from './weather.ts';

/**
 * The house at `timeMs`. Temperatures and counters are of that moment; powers, flows
 * and weather are of the step that ended then.
 */
export interface HouseState {
  timeMs: number;
  anomalyK: number;
  weather: Weather;
  building: BuildingState;
  emitterC: number;
  tank: TankLayers;
  heatPump: HeatPumpState;
  /** Moisture that showers left in the bathroom air, in g/m3. */
  steamGPerM3: number;
  /** Imported electric power of the house, heat pump included. */
  phaseW: PhasePower;
  counters: Counters;
  /** Heat that entered or left the house other than by the heat pump. */
  heatFlows: {
    gainsW: number;
    lossW: number;
    drawnHotWaterW: number;
  };
}

/** The surroundings of a house, all fixed before it starts. */
export interface HouseSurroundings {
  house: HouseKind;
  random: Random;
  /** Local minus UTC, daylight saving included: what people live by. */
  offsetMs(timeMs: number): number;
  /** Local minus UTC without daylight saving: what the sun follows. */
  standardOffsetMs: number;
}

/** Steps a house by 30 s. The same state always gives the same next state. */
export type StepHouse = (state: HouseState) => HouseState;

const peopleAndThingsW = 290;
const steamPerDrawKg = 0.09;
const steamLagS = 25 * 60;

/** The house on the day it is first simulated; `timeMs` must lie on a step. */
export function initialHouse(
  timeMs: number,
  around: HouseSurroundings,
): HouseState {
  const localMs = timeMs + around.offsetMs(timeMs);
  const weather = weatherAt(timeMs + around.standardOffsetMs, 0, around.random);
  return {
    timeMs,
    anomalyK: 0,
    weather,
    building: { wallsC: 10, structureC: 17, roomC: 21 },
    emitterC: 35,
    tank: [49, 48, 47, 46],
    heatPump: initialHeatPump(around.house, 35, { timeMs, localMs }),
    steamGPerM3: 0,
    phaseW: { L1: 0, L2: 0, L3: 0 },
    counters: initialCounters,
    heatFlows: { gainsW: 0, lossW: 0, drawnHotWaterW: 0 },
  };
}

/** Creates the step of a house in its surroundings. */
export function createStepHouse(around: HouseSurroundings): StepHouse {
  const planOf = rememberDay(around.random);
  return was => {
    const { timeMs } = was;
    const localMs = timeMs + around.offsetMs(timeMs);
    const dayIndex = Math.floor(localMs / dayMs);
    const dayTimeMs = localMs - dayIndex * dayMs;
    const plan = planOf(dayIndex);

    const anomalyK = stepAnomaly(was.anomalyK, around.random, timeMs);
    const weather = weatherAt(
      timeMs + around.standardOffsetMs,
      anomalyK,
      around.random,
    );
    const heatPump = stepHeatPump(was.heatPump, {
      timeMs,
      localMs,
      weather,
      roomC: was.building.roomC,
      emitterC: was.emitterC,
      tankSensorC: tankSensorC(was.tank),
      tankMeanC: tankMeanC(was.tank),
    });
    const drawKg = rateDuring(plan.draws, dayTimeMs, stepMs) * stepS;
    const heat = stepHeat(was, { weather, heatPump, drawKg });
    const loadW = householdLoad(plan, around.random, { timeMs, dayTimeMs });
    const phaseW = addHeatPump(loadW, heatPump);
    const importW = phaseW.L1 + phaseW.L2 + phaseW.L3;
    return {
      timeMs: timeMs + stepMs,
      anomalyK,
      weather,
      heatPump,
      phaseW,
      ...heat,
      steamGPerM3:
        was.steamGPerM3 * (1 - lagFraction(steamLagS)) +
        drawKg * steamPerDrawKg,
      counters: stepCounters(was.counters, was.heatPump, heatPump, importW),
    };
  };
}

/** Plans each day once: a step asks for the same day 2880 times in a row. */
function rememberDay(random: Random): (dayIndex: number) => DayPlan {
  let known: { dayIndex: number; plan: DayPlan } | undefined;
  return dayIndex => {
    if (known?.dayIndex !== dayIndex) {
      known = { dayIndex, plan: planDay(random, dayIndex) };
    }
    return known.plan;
  };
}

type HeatStores = Pick<
  HouseState,
  'building' | 'emitterC' | 'tank' | 'heatFlows'
>;

/** Moves heat: pump to tank or emitters, both to the room, the room to outdoors. */
function stepHeat(
  was: HouseState,
  step: { weather: Weather; heatPump: HeatPumpState; drawKg: number },
): HeatStores {
  const { weather, heatPump, drawKg } = step;
  const { roomC } = was.building;
  const { kind } = heatPump.source;
  const heatW = heatOutputW(heatPump);
  const toTank = heatPump.control.destination === 'tank';
  const tank = stepTank(was.tank, { heatW: toTank ? heatW : 0, drawKg, roomC });
  const givenW = emittedW(kind, was.emitterC, roomC);
  const gainsW = peopleAndThingsW + weather.solarGainW;
  const building = stepBuilding(
    was.building,
    givenW + gainsW + tank.lossW,
    weather.temperatureC,
  );
  return {
    building: building.state,
    emitterC: stepEmitter(kind, was.emitterC, toTank ? 0 : heatW, givenW),
    tank: tank.layers,
    heatFlows: { gainsW, lossW: building.lossW, drawnHotWaterW: tank.drawnW },
  };
}

/** Compressor and heaters load the phases alike; pumps and electronics sit on L1. */
function addHeatPump(load: PhasePower, heatPump: HeatPumpState): PhasePower {
  const thirdW = (heatPumpElectricW(heatPump) - heatPump.ownUseW) / 3;
  return {
    L1: load.L1 + thirdW + heatPump.ownUseW,
    L2: load.L2 + thirdW,
    L3: load.L3 + thirdW,
  };
}

/** Heat stored in building, heating water and tank, in joules. */
export function storedHeatJ(state: HouseState): number {
  return (
    buildingHeatJ(state.building) +
    emitterHeatJ(state.heatPump.source.kind, state.emitterC) +
    tankHeatJ(state.tank)
  );
}
