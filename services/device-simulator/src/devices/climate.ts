import { smoothNoise } from '../house-model/random.ts';
import type { Random } from '../house-model/random.ts';
import type { HouseState } from '../house-model/house.ts';
import { clamp, hourMs } from '../house-model/units.ts';
import { absoluteHumidity, relativeHumidity } from '../house-model/weather.ts';

/** The air at one sensor. */
export interface Climate {
  temperatureC: number;
  humidityPct: number;
}

/** How a room differs from the middle of the house. */
export interface Room {
  name: string;
  offsetK: number;
  /** How much of the shower steam it gets, 0 to 1. */
  steamShare: number;
}

// Breathing, cooking and plants add this to the outdoor air that comes in.
const indoorMoistureGPerM3 = 2.6;
const noiseK = 0.25;
const noisePeriodMs = 1.5 * hourMs;

/** The air in a room of the house, with a small drift of its own over the hours. */
export function climateOf(
  state: HouseState,
  room: Room,
  random: Random,
): Climate {
  const { weather, building } = state;
  const drift = smoothNoise(
    random,
    `room-${room.name}`,
    state.timeMs,
    noisePeriodMs,
  );
  const temperatureC = building.roomC + room.offsetK + noiseK * drift;
  const outdoorGPerM3 = absoluteHumidity(
    weather.temperatureC,
    weather.relativeHumidityPct,
  );
  const waterGPerM3 =
    outdoorGPerM3 + indoorMoistureGPerM3 + room.steamShare * state.steamGPerM3;
  return {
    temperatureC,
    humidityPct: clamp(relativeHumidity(temperatureC, waterGPerM3), 5, 98),
  };
}
