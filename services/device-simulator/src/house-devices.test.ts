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
import { historyMessages } from './history-messages.ts';

const fromMs = houseBeginsMs + 3 * dayMs;

function createHouse(seed = 1, house: HouseKind = 'ground') {
  const random = createRandom(seed);
  return {
    simulation: createSimulation({ house, random, site }),
    devices: createHouseDevices({ random, site }),
  };
}

function history(startMs: number, endMs: number, seed = 1): SimulatedMessage[] {
  return [...historyMessages(createHouse(seed), startMs, () => endMs)];
}

function liveFrom(
  startMs: number,
  endMs: number,
  kind: HouseKind = 'ground',
): SimulatedMessage[] {
  const house = createHouse(1, kind);
  const messages = [
    ...historyMessages(house, startMs - warmUpMs, () => startMs),
  ].slice(0, 0);
  for (let at = startMs; at < endMs; at += shortestPeriodMs) {
    const state = house.simulation.advanceTo(at);
    messages.push(
      ...house.devices.messagesAt({ state, stampMs: at, houseMs: at }),
    );
  }
  return messages;
}

const countOf = (
  messages: readonly SimulatedMessage[],
  format: SimulatedMessage['format'],
) => messages.filter(message => message.format === format).length;

test('the meter publishes every 10 s, the heat pump every 30 s, sensors now and then', () => {
  const messages = liveFrom(fromMs, fromMs + dayMs);
  expect(countOf(messages, 'saveeye')).toBe(8640);
  expect(countOf(messages, 'thermiq')).toBe(2880);
  const shelly = countOf(messages, 'shelly');
  expect(shelly).toBeGreaterThanOrEqual(12);
  expect(shelly).toBeLessThan(60);
  const zigbee = countOf(messages, 'zigbee2mqtt');
  expect(zigbee).toBeGreaterThanOrEqual(48);
  expect(zigbee).toBeLessThan(400);
});

test('history has a heat pump and a meter reading per minute, oldest first', () => {
  const messages = history(fromMs, fromMs + hourMs);
  expect(countOf(messages, 'saveeye')).toBe(60);
  expect(countOf(messages, 'thermiq')).toBe(60);
  const times = messages.map(message => message.measuredAtMs);
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

test('after a restart, house, counters and sensors are as they would have been', () => {
  const until = fromMs + 12 * hourMs;
  const restartMs = fromMs + 7 * hourMs + 35 * minuteMs;
  const through = liveFrom(fromMs, until);
  const after = liveFrom(restartMs, until);
  expect(after).toEqual(through.filter(each => each.measuredAtMs >= restartMs));
});

test('history has the same messages for a minute as were published live', () => {
  const messages = history(fromMs - warmUpMs, fromMs + 4 * hourMs);
  const live = liveFrom(fromMs, fromMs + 4 * hourMs);
  const keyOf = (each: SimulatedMessage) =>
    `${each.mqttTopic} ${each.measuredAtMs}`;
  const liveByKey = new Map(live.map(each => [keyOf(each), each]));
  const shared = messages.filter(each => each.measuredAtMs >= fromMs);
  expect(shared.length).toBeGreaterThan(480);
  for (const message of shared)
    expect(liveByKey.get(keyOf(message))).toEqual(message);
});

test('each sensor that reports changes has a last report after the warm-up', () => {
  const house = createHouse();
  expect(house.devices.lastReports()).toEqual([]);
  for (const message of historyMessages(
    house,
    fromMs,
    () => fromMs + warmUpMs,
  )) {
    expect(message.measuredAtMs).toBeLessThan(fromMs + warmUpMs);
  }
  const topics = house.devices.lastReports().map(message => message.mqttTopic);
  expect(topics.toSorted()).toEqual([
    'bedroom/events/rpc',
    'zigbee2mqtt/bathroom',
    'zigbee2mqtt/living_room',
  ]);
});

test('history follows a present that moves on while it is published', () => {
  const house = createHouse();
  let nowMs = fromMs + 2 * minuteMs;
  const stamps = new Set<number>();
  for (const message of historyMessages(house, fromMs, () => nowMs)) {
    stamps.add(message.measuredAtMs);
    nowMs = Math.min(fromMs + 5 * minuteMs, nowMs + minuteMs);
  }
  expect(stamps.size).toBe(5);
});

describe('a gateway that publishes values as they change', () => {
  const untilMs = fromMs + 2 * hourMs;
  const heishamon = (messages: readonly SimulatedMessage[]) =>
    messages.filter(message => message.format === 'heishamon');

  test('publishes all of them at its start and every five minutes', () => {
    const messages = heishamon(liveFrom(fromMs + 10_000, untilMs, 'air'));
    const sizes = messages.map(({ payload }) => Object.keys(payload).length);
    const largest = Math.max(...sizes);
    const whole = messages.filter(
      ({ payload }) => Object.keys(payload).length === largest,
    );
    // LWT is part of the full rounds, not of the first values.
    expect(sizes[0]).toBe(largest - 1);
    expect(whole.map(message => message.measuredAtMs)).toEqual(
      Array.from({ length: 23 }, (_, index) => fromMs + (index + 1) * 300_000),
    );
  });

  test('has published, at each minute, the values that history has for it', () => {
    const minutes = heishamon([
      ...historyMessages(createHouse(1, 'air'), fromMs, () => untilMs),
    ]);
    expect(minutes).toHaveLength(120);
    let known = {};
    let next = 0;
    for (const message of heishamon(liveFrom(fromMs, untilMs, 'air'))) {
      const minute = minutes[next];
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
