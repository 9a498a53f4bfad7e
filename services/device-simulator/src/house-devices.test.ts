import { describe, expect, test } from 'vitest';
import { site } from '../test/run-house.ts';
import type { SimulatedMessage } from './devices/simulated-message.ts';
import {
  createHouseDevices,
  shortestPeriodMs,
  warmUpMs,
} from './house-devices.ts';
import type { HouseKind } from './house-model/house-kinds.ts';
import { createRandom } from './house-model/random.ts';
import { dayMs, hourMs, minuteMs } from './house-model/units.ts';
import { createSimulation, houseBeginsMs } from './simulation.ts';
import { speakHistory } from './speak-history.ts';

const fromMs = houseBeginsMs + 3 * dayMs;

function createHouse(seed = 1, house: HouseKind = 'ground') {
  const random = createRandom(seed);
  return {
    simulation: createSimulation({ house, random, site }),
    devices: createHouseDevices({ random, site }),
  };
}

function history(startMs: number, endMs: number, seed = 1): SimulatedMessage[] {
  return [...speakHistory(createHouse(seed), startMs, () => endMs)];
}

function liveFrom(
  startMs: number,
  endMs: number,
  kind: HouseKind = 'ground',
): SimulatedMessage[] {
  const house = createHouse(1, kind);
  const said = [
    ...speakHistory(house, startMs - warmUpMs, () => startMs),
  ].slice(0, 0);
  for (let at = startMs; at < endMs; at += shortestPeriodMs) {
    const state = house.simulation.advanceTo(at);
    said.push(...house.devices.speakAt({ state, stampMs: at, houseMs: at }));
  }
  return said;
}

const countOf = (
  messages: readonly SimulatedMessage[],
  format: SimulatedMessage['format'],
) => messages.filter(message => message.format === format).length;

test('the meter speaks every 10 s, the heat pump every 30 s, sensors now and then', () => {
  const said = liveFrom(fromMs, fromMs + dayMs);
  expect(countOf(said, 'saveeye')).toBe(8640);
  expect(countOf(said, 'thermiq')).toBe(2880);
  const shelly = countOf(said, 'shelly');
  expect(shelly).toBeGreaterThanOrEqual(12);
  expect(shelly).toBeLessThan(60);
  const zigbee = countOf(said, 'zigbee2mqtt');
  expect(zigbee).toBeGreaterThanOrEqual(48);
  expect(zigbee).toBeLessThan(400);
});

test('history has a heat pump and a meter reading per minute, oldest first', () => {
  const said = history(fromMs, fromMs + hourMs);
  expect(countOf(said, 'saveeye')).toBe(60);
  expect(countOf(said, 'thermiq')).toBe(60);
  const times = said.map(message => message.measuredAtMs);
  expect(times).toEqual(times.toSorted((one, other) => one - other));
});

test('history published again is the same, message for message', () => {
  expect(history(fromMs, fromMs + 6 * hourMs)).toEqual(
    history(fromMs, fromMs + 6 * hourMs),
  );
  expect(history(fromMs, fromMs + hourMs, 2)).not.toEqual(
    history(fromMs, fromMs + hourMs, 1),
  );
});

test('a restart finds house, counters and sensors as they would have been', () => {
  const until = fromMs + 12 * hourMs;
  const restartMs = fromMs + 7 * hourMs + 35 * minuteMs;
  const through = liveFrom(fromMs, until);
  const after = liveFrom(restartMs, until);
  expect(after).toEqual(through.filter(each => each.measuredAtMs >= restartMs));
});

test('what history says of a minute is what was said live', () => {
  const said = history(fromMs - warmUpMs, fromMs + 4 * hourMs);
  const live = liveFrom(fromMs, fromMs + 4 * hourMs);
  const keyOf = (each: SimulatedMessage) =>
    `${each.mqttTopic} ${each.measuredAtMs}`;
  const liveByKey = new Map(live.map(each => [keyOf(each), each]));
  const shared = said.filter(each => each.measuredAtMs >= fromMs);
  expect(shared.length).toBeGreaterThan(480);
  for (const message of shared)
    expect(liveByKey.get(keyOf(message))).toEqual(message);
});

test('each sensor that speaks on change has a last report after the warm-up', () => {
  const house = createHouse();
  expect(house.devices.lastReports()).toEqual([]);
  for (const message of speakHistory(house, fromMs, () => fromMs + warmUpMs)) {
    expect(message.measuredAtMs).toBeLessThan(fromMs + warmUpMs);
  }
  const topics = house.devices.lastReports().map(message => message.mqttTopic);
  expect(topics.toSorted()).toEqual([
    'bedroom/events/rpc',
    'zigbee2mqtt/bathroom',
    'zigbee2mqtt/living_room',
  ]);
});

test('history follows a present that moves on while it is told', () => {
  const house = createHouse();
  let nowMs = fromMs + 2 * minuteMs;
  const stamps = new Set<number>();
  for (const message of speakHistory(house, fromMs, () => nowMs)) {
    stamps.add(message.measuredAtMs);
    nowMs = Math.min(fromMs + 5 * minuteMs, nowMs + minuteMs);
  }
  expect(stamps.size).toBe(5);
});

describe('a gateway that says values as they change', () => {
  const untilMs = fromMs + 2 * hourMs;
  const heishamon = (messages: readonly SimulatedMessage[]) =>
    messages.filter(message => message.format === 'heishamon');

  test('says all of them at its start and every five minutes', () => {
    const said = heishamon(liveFrom(fromMs + 10_000, untilMs, 'air'));
    const sizes = said.map(({ payload }) => Object.keys(payload).length);
    const largest = Math.max(...sizes);
    const whole = said.filter(
      ({ payload }) => Object.keys(payload).length === largest,
    );
    // LWT comes with the rounds, not with the first values.
    expect(sizes[0]).toBe(largest - 1);
    expect(whole.map(message => message.measuredAtMs)).toEqual(
      Array.from({ length: 23 }, (_, index) => fromMs + (index + 1) * 300_000),
    );
  });

  test('leaves behind, at each minute, what history says of that minute', () => {
    const told = heishamon([
      ...speakHistory(createHouse(1, 'air'), fromMs, () => untilMs),
    ]);
    expect(told).toHaveLength(120);
    let known = {};
    let next = 0;
    for (const message of heishamon(liveFrom(fromMs, untilMs, 'air'))) {
      const minute = told[next];
      if (minute && message.measuredAtMs > minute.measuredAtMs) {
        const { LWT, ...values } = known as Record<string, string>;
        expect(LWT).toBe('Online');
        expect(values).toEqual(minute.payload);
        next += 1;
      }
      known = { ...known, ...message.payload };
    }
    expect(next).toBeGreaterThan(110);
  });
});
