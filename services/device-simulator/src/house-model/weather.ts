import { between, normal } from './random.ts';
import type { Random } from './random.ts';
import { clamp, dayMs, hourMs, lagFraction, stepMs } from './units.ts';

/** The weather at the house during one step. */
export interface Weather {
  temperatureC: number;
  relativeHumidityPct: number;
  /** Sunshine that reaches the rooms through the windows. */
  solarGainW: number;
}

const yearlyMeanC = 6.5;
const seasonalSwingC = 10;
// The coldest day comes a month after the shortest one.
const coldestDayOfYear = 25;
const longestDayOfYear = 172;
const anomalySdC = 2;
const anomalyTimeConstantS = 12 * 3600;
const yearDays = 365.25;
const clearSolarGainW = 900;
const latitudeRad = (58 * Math.PI) / 180;

/**
 * Steps the slow deviation of the temperature from the season: a first order
 * autoregression with a time constant of 12 h and a standard deviation of 2 K.
 */
export function stepAnomaly(
  anomalyK: number,
  random: Random,
  timeMs: number,
): number {
  const keep = 1 - lagFraction(anomalyTimeConstantS);
  const shock = normal(random, 'weather-anomaly', timeMs / stepMs);
  return keep * anomalyK + anomalySdC * Math.sqrt(1 - keep * keep) * shock;
}

/**
 * The weather at a solar time (milliseconds, local without daylight saving): a season,
 * a day whose swing follows its clouds, and the given anomaly.
 */
export function weatherAt(
  solarMs: number,
  anomalyK: number,
  random: Random,
): Weather {
  const dayIndex = Math.floor(solarMs / dayMs);
  const hour = (solarMs - dayIndex * dayMs) / hourMs;
  const dayOfYear = (solarMs / dayMs) % yearDays;
  const cloud = cloudAt(random, dayIndex, hour);
  const swingC = 1 + 4 * (1 - cloud) * (0.4 + 0.6 * summerness(dayOfYear));
  const season = Math.cos(
    (2 * Math.PI * (dayOfYear - coldestDayOfYear)) / yearDays,
  );
  const daily = swingC * Math.cos((2 * Math.PI * (hour - 15)) / 24);
  const temperatureC = yearlyMeanC - seasonalSwingC * season + daily + anomalyK;
  return {
    temperatureC,
    relativeHumidityPct: clamp(86 - 4.5 * (daily + 0.4 * anomalyK), 35, 99),
    solarGainW:
      clearSolarGainW *
      (1 - 0.8 * cloud) *
      Math.max(0, sunHeight(dayOfYear, hour)),
  };
}

/** 0 in midwinter, 1 in midsummer. */
function summerness(dayOfYear: number): number {
  return (
    0.5 +
    0.5 * Math.cos((2 * Math.PI * (dayOfYear - longestDayOfYear)) / yearDays)
  );
}

/** Cloud cover, 0 to 1; glides from one day's value to the next. */
function cloudAt(random: Random, dayIndex: number, hour: number): number {
  const today = between(random, 'cloud', dayIndex, [0.05, 1]);
  const tomorrow = between(random, 'cloud', dayIndex + 1, [0.05, 1]);
  return today + ((tomorrow - today) * hour) / 24;
}

/** Sine of the sun's height over the horizon; negative at night. */
function sunHeight(dayOfYear: number, hour: number): number {
  const declinationRad =
    0.409 * Math.cos((2 * Math.PI * (dayOfYear - longestDayOfYear)) / yearDays);
  const hourAngleRad = ((hour - 12) / 12) * Math.PI;
  return (
    Math.sin(latitudeRad) * Math.sin(declinationRad) +
    Math.cos(latitudeRad) * Math.cos(declinationRad) * Math.cos(hourAngleRad)
  );
}

/** Water in air, grams per cubic metre, at a temperature and a relative humidity. */
export function absoluteHumidity(
  temperatureC: number,
  relativePct: number,
): number {
  const saturationHPa =
    6.112 * Math.exp((17.62 * temperatureC) / (243.12 + temperatureC));
  return (saturationHPa * relativePct * 2.1674) / (273.15 + temperatureC);
}

/** Relative humidity in % of air at a temperature that holds so much water. */
export function relativeHumidity(
  temperatureC: number,
  gramsPerM3: number,
): number {
  return (100 * gramsPerM3) / absoluteHumidity(temperatureC, 100);
}
