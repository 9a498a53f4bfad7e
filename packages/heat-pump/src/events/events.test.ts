import type { HeatpumpStatus } from '@homelab/telemetry';
import { describe, expect, test } from 'vitest';
import {
  everyMinute,
  follow,
  testStartMs,
} from '../../test/follow-readings.ts';
import { activeWarnings } from '../step-heat-pump.ts';

const off = {
  compressor_running: false,
  power_consumption_kw: 0.01,
  heat_output_kw: 0,
};
const on = {
  compressor_running: true,
  power_consumption_kw: 2,
  heat_output_kw: 8,
};
const tank = { ...on, mode: 'hot_water' as const };
const atMinute = (index: number) => testStartMs + index * 60_000;
const kinds = (readings: readonly HeatpumpStatus[]) =>
  follow(readings).events.map(({ kind, severity }) => `${kind} ${severity}`);

describe('events', () => {
  const cycle = (onMinutes: number, offMinutes: number) =>
    [
      [onMinutes, on],
      [offMinutes, off],
    ] as const;

  test('warn of three starts within an hour, and of six as critical', () => {
    expect(
      kinds(
        everyMinute(
          [5, off],
          ...cycle(12, 7),
          ...cycle(12, 7),
          ...cycle(12, 7),
        ),
      ),
    ).toEqual(['short_cycling warning']);
    const often = Array.from({ length: 7 }, () => cycle(5, 4)).flat();
    expect(kinds(everyMinute([5, off], ...often))).toEqual([
      'short_cycling warning',
      'short_cycling critical',
    ]);
  });

  test('warn of two short runs in a row, unless for hot water or with a defrost', () => {
    expect(
      kinds(everyMinute([5, off], [8, on], [90, off], [8, on], [90, off])),
    ).toEqual(['short_cycling warning']);
    expect(
      kinds(everyMinute([5, off], [8, tank], [90, off], [8, tank], [90, off])),
    ).toEqual([]);
    expect(
      kinds(
        everyMinute(
          [5, off],
          [8, on],
          [90, off],
          [30, on],
          [90, off],
          [8, on],
          [9, off],
        ),
      ),
    ).toEqual([]);
  });

  test('tell an alarm once while it lasts, with its names', () => {
    const alarmed = { ...on, alarm_codes: ['low_pressure'] };
    const { events } = follow(
      everyMinute([5, on], [10, alarmed], [5, on], [5, alarmed]),
    );
    expect(events).toEqual([
      {
        kind: 'alarm',
        severity: 'critical',
        atMs: atMinute(5),
        evidence: 'low pressure',
      },
      {
        kind: 'alarm',
        severity: 'critical',
        atMs: atMinute(20),
        evidence: 'low pressure',
      },
    ]);
  });

  test.each([
    [
      'the heater helps in mild weather',
      1,
      { ...on, aux_heater_kw: 3, outdoor_temp: 2 },
      'aux_while_mild',
    ],
    ['the brine is cold', 1, { ...on, brine_in_temp: -6 }, 'brine_cold'],
    [
      'the spread is small for a quarter of an hour',
      16,
      { ...on, supply_temp: 35, return_temp: 34 },
      'spread_small',
    ],
    [
      'the spread is large for a quarter of an hour',
      16,
      { ...on, supply_temp: 45, return_temp: 34 },
      'spread_large',
    ],
    [
      'a heat meter shows nothing of what there is',
      3,
      { ...on, heat_output_kw: 0, supply_temp: 35, return_temp: 31 },
      'no_heat',
    ],
    [
      'degree minutes stay low for six hours',
      361,
      { ...on, degree_minutes: -600 },
      'degree_minutes_low',
    ],
  ])('warn when %s', (_, minutes, known, kind) => {
    const kindsAfter = (length: number) =>
      kinds(everyMinute([5, off], [length, known]));
    expect(kindsAfter(minutes - 1)).toEqual([]);
    expect(kindsAfter(minutes)).toEqual([`${kind} warning`]);
    // Once, however long it lasts.
    expect(kindsAfter(minutes + 20)).toEqual([`${kind} warning`]);
  });

  test('have evidence, and are active until their condition ends', () => {
    const mild = { ...on, aux_heater_kw: 3, outdoor_temp: -2 };
    const helped = follow(everyMinute([5, off], [5, mild]));
    expect(helped.events).toMatchObject([
      { kind: 'aux_while_mild', evidence: '3.0 kW at −2.0\u00a0°C outdoors' },
    ]);
    expect([...activeWarnings(helped.state)]).toEqual(['aux_while_mild']);
    const ended = follow(everyMinute([5, off], [5, mild], [5, on]));
    expect([...activeWarnings(ended.state)]).toEqual([]);
  });

  test('do not warn when the heater helps in the cold or makes water clean', () => {
    const helps = { ...on, aux_heater_kw: 3 };
    expect(kinds(everyMinute([9, { ...helps, outdoor_temp: -8 }]))).toEqual([]);
    expect(
      kinds(
        everyMinute([9, { ...helps, outdoor_temp: 5, mode: 'legionella' }]),
      ),
    ).toEqual([]);
  });

  test('tell that a tank was hot for half an hour without a break', () => {
    const hot = { ...off, hot_water_temp: 61 };
    const { events, state } = follow(
      everyMinute(
        [20, hot],
        [1, { ...off, hot_water_temp: 59 }],
        [31, hot],
        [20, hot],
      ),
    );
    expect(events).toEqual([
      {
        kind: 'legionella',
        severity: 'info',
        atMs: atMinute(51),
        evidence: null,
      },
    ]);
    expect(state.legionella.lastSuccessMs).toBe(atMinute(51));
  });
});

test('a tank of which nothing was heard for a time may have been cold', () => {
  const readings = everyMinute([60, { ...off, hot_water_temp: 61 }]);
  const { events } = follow([...readings.slice(0, 20), ...readings.slice(35)]);
  expect(events.map(({ kind }) => kind)).toEqual(['gap']);
});
