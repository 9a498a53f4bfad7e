import { expect, test } from 'vitest';
import { createRange } from '../../test/run-house.ts';
import { createRandom } from './random.ts';
import { dayMs, hourMs, stepMs } from './units.ts';
import {
  absoluteHumidity,
  relativeHumidity,
  stepAnomaly,
  weatherAt,
} from './weather.ts';

const random = createRandom(11);
const yearStartMs = Date.UTC(2026, 0, 1);

function meanTemperature(fromDay: number, days: number): number {
  let sum = 0;
  for (let hour = 0; hour < days * 24; hour += 1) {
    const timeMs = yearStartMs + fromDay * dayMs + hour * hourMs;
    sum += weatherAt(timeMs, 0, random).temperatureC;
  }
  return sum / (days * 24);
}

test('the year has the seasons of southern Sweden', () => {
  expect(meanTemperature(0, 365)).toBeCloseTo(6.5, 0);
  expect(meanTemperature(10, 30)).toBeCloseTo(-3.4, 0);
  expect(meanTemperature(190, 30)).toBeCloseTo(16.4, 0);
});

test('afternoons are warmer than nights', () => {
  for (let day = 0; day < 365; day += 7) {
    const at = (hour: number) =>
      weatherAt(yearStartMs + day * dayMs + hour * hourMs, 0, random)
        .temperatureC;
    expect(at(15)).toBeGreaterThan(at(3));
  }
});

test('the sun shines by day only, and more in summer', () => {
  const sunOn = (day: number) => {
    let gainW = 0;
    for (let hour = 0; hour < 24; hour += 1) {
      const weather = weatherAt(
        yearStartMs + day * dayMs + hour * hourMs,
        0,
        random,
      );
      if (hour < 2 || hour > 22) expect(weather.solarGainW).toBe(0);
      gainW += weather.solarGainW;
    }
    return gainW;
  };
  const month = (fromDay: number) =>
    Array.from({ length: 30 }, (_, day) => sunOn(fromDay + day)).reduce(
      (a, b) => a + b,
    );
  expect(month(160)).toBeGreaterThan(3 * month(340));
});

test('the anomaly wanders with a standard deviation of 2 K and forgets in a day', () => {
  const samples: number[] = [];
  let anomalyK = 0;
  for (let step = 0; step < 400 * 2880; step += 1) {
    anomalyK = stepAnomaly(anomalyK, random, yearStartMs + step * stepMs);
    if (step % 120 === 0) samples.push(anomalyK);
  }
  const meanSquare =
    samples.reduce((sum, each) => sum + each ** 2, 0) / samples.length;
  expect(Math.sqrt(meanSquare)).toBeGreaterThan(1.6);
  expect(Math.sqrt(meanSquare)).toBeLessThan(2.4);
});

test('relative humidity stays a percentage', () => {
  const range = createRange();
  for (let hour = 0; hour < 8760; hour += 1) {
    const weather = weatherAt(
      yearStartMs + hour * hourMs,
      (hour % 13) - 6,
      random,
    );
    range.add(weather.relativeHumidityPct);
  }
  expect(range.min).toBeGreaterThanOrEqual(35);
  expect(range.max).toBeLessThanOrEqual(99);
});

test('saturated air at 20 °C holds 17.25 g/m3, and half of it is 50 %', () => {
  expect(absoluteHumidity(20, 100)).toBeCloseTo(17.25, 1);
  expect(relativeHumidity(20, absoluteHumidity(20, 50))).toBeCloseTo(50, 6);
});
