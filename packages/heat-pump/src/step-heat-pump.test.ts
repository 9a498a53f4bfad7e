import fc from 'fast-check';
import type { HeatpumpStatus } from '@homelab/telemetry';
import { describe, expect, test } from 'vitest';
import { everyMinute, follow, testStartMs } from '../test/follow-readings.ts';
import { testStatus } from '../test/test-status.ts';
import {
  followedFields,
  heatPumpDefaults,
  initialHeatPump,
  stepHeatPump,
} from './step-heat-pump.ts';

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
const minute = 60_000;
const atMinute = (index: number) => testStartMs + index * minute;
const hold = { ...heatPumpDefaults, powerShape: 'hold' as const };

describe('runs', () => {
  test('last from the first reading that shows them to the first that does not', () => {
    const { runs, started } = follow(
      everyMinute([5, off], [60, on], [5, off]),
      hold,
    );
    expect(started).toEqual(['compressor']);
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({
      kind: 'compressor',
      fromMs: atMinute(5),
      toMs: atMinute(65),
      openStart: false,
      openEnd: false,
    });
    expect(runs[0].sums.heatKwh).toBeCloseTo(8);
    expect(runs[0].sums.electricKwh).toBeCloseTo(2);
  });

  test('that were there from the start, or end in a gap, are open and no starts', () => {
    const readings = everyMinute([30, on], [60, on], [5, off]);
    const { runs, started, events } = follow([
      ...readings.slice(0, 30),
      ...readings.slice(60),
    ]);
    expect(started).toEqual([]);
    expect(runs.map(({ openStart, openEnd }) => [openStart, openEnd])).toEqual([
      [true, true],
      [true, false],
    ]);
    expect(runs[0].toMs).toBe(atMinute(29));
    expect(events.map(({ kind }) => kind)).toEqual(['gap']);
  });

  test('after a reading that does not say are not taken for starts', () => {
    const { started } = follow(everyMinute([5, off], [1, {}], [20, on]));
    expect(started).toEqual([]);
  });

  test('of hot water tell the tank before and after, energies and the heater', () => {
    const { runs } = follow(
      everyMinute(
        [5, { ...off, hot_water_temp: 42 }],
        [1, { ...tank, hot_water_temp: 42, aux_heater_kw: 0 }],
        [29, { ...tank, hot_water_temp: 48, aux_heater_kw: 0 }],
        [10, { ...tank, hot_water_temp: 51, aux_heater_kw: 3 }],
        [5, { ...off, hot_water_temp: 52, aux_heater_kw: 0 }],
      ),
      hold,
    );
    const run = runs.find(({ kind }) => kind === 'hot_water');
    expect(run).toMatchObject({ tankStartC: 42, tankEndC: 52 });
    expect(run?.sums.heatKwh).toBeCloseTo((8 * 40) / 60);
    expect(run?.sums.electricKwh).toBeCloseTo((2 * 40) / 60);
    expect(run?.sums.auxKwh).toBeCloseTo(0.5);
  });

  test('are known by power alone, with a release below 100 W held for a minute', () => {
    const power = (kw: number) => ({ power_consumption_kw: kw });
    const { runs } = follow(
      everyMinute(
        [5, power(0.02)],
        [9, power(1.5)],
        [3, power(0.12)],
        [1, power(0.05)],
        [5, power(1.5)],
        [9, power(0.02)],
      ),
    );
    expect(runs.map(({ fromMs, toMs }) => [fromMs, toMs])).toEqual([
      [atMinute(5), atMinute(24)],
    ]);
  });

  test('of hot water are known by the supply and a tank that becomes warmer', () => {
    const heats = (tankC: number) => ({
      ...on,
      supply_temp: 52,
      supply_target_temp: 33,
      hot_water_temp: tankC,
    });
    const { runs } = follow(
      everyMinute(
        [
          10,
          {
            ...on,
            supply_temp: 34,
            supply_target_temp: 33,
            hot_water_temp: 44,
          },
        ],
        [10, heats(45)],
        [10, heats(48)],
        [10, heats(51)],
        [
          10,
          {
            ...on,
            supply_temp: 34,
            supply_target_temp: 33,
            hot_water_temp: 51,
          },
        ],
      ),
    );
    const found = runs.filter(({ kind }) => kind === 'hot_water');
    expect(found).toHaveLength(1);
    expect(found[0].toMs).toBe(atMinute(40));
    expect(found[0].fromMs).toBe(atMinute(10));
  });
});

describe('a defrost', () => {
  const frosty = { ...on, outdoor_temp: 1, supply_temp: 36, return_temp: 32 };
  const melting = {
    ...frosty,
    supply_temp: 27,
    return_temp: 31,
    heat_output_kw: -5,
  };

  test('is no stop and no start, and its heat is negative', () => {
    const { runs, started } = follow(
      everyMinute(
        [30, frosty],
        [5, { ...melting, compressor_running: false, mode: 'defrost' }],
        [30, frosty],
        [5, off],
      ),
      hold,
    );
    expect(started).toEqual(['defrost']);
    const [defrost, compressor] = runs;
    expect(defrost).toMatchObject({ kind: 'defrost', toMs: atMinute(35) });
    expect(defrost.sums.heatKwh).toBeCloseTo((-5 * 5) / 60);
    expect(compressor).toMatchObject({ kind: 'compressor', defrosts: 1 });
  });

  test('is known by a return warmer than the supply for a minute', () => {
    const { runs } = follow(
      everyMinute([30, frosty], [5, melting], [10, frosty]),
    );
    expect(runs.map(({ kind, fromMs, toMs }) => [kind, fromMs, toMs])).toEqual([
      ['defrost', atMinute(31), atMinute(35)],
    ]);
  });

  test.each([
    ['in mild air', { outdoor_temp: 8 }],
    ['of a ground-source machine', { brine_in_temp: 3 }],
    ['while it makes hot water', { mode: 'hot_water' as const }],
  ])('is not seen %s', (_, known) => {
    const { runs } = follow(
      everyMinute(
        [30, { ...frosty, ...known }],
        [5, { ...melting, ...known }],
        [10, { ...frosty, ...known }],
      ),
    );
    expect(runs).toEqual([]);
  });
});

describe('missing meters', () => {
  const estimate = {
    runningKw: 2,
    standbyKw: 0.01,
    source: 'ground',
    carnotShare: 0.5,
  } as const;

  test('leave energies unknown unless an estimate is wanted', () => {
    const flags = {
      compressor_running: true,
      supply_temp: 35,
      brine_in_temp: 5,
    };
    const readings = everyMinute([61, flags]);
    expect(follow(readings).sums.pairedMs).toBe(0);
    const { sums } = follow(readings, { ...heatPumpDefaults, estimate });
    expect(sums.electricKwh).toBeCloseTo(2);
    expect(sums.heatKwh).toBeCloseTo((2 * 0.5 * 310.15) / 36);
    expect(sums.estimatedMs).toBe(sums.pairedMs);
  });

  test('do not touch what is measured', () => {
    const readings = everyMinute([61, on]);
    expect(follow(readings, { ...heatPumpDefaults, estimate }).sums).toEqual(
      follow(readings).sums,
    );
  });
});

const randomReadings = fc.array(
  fc.record({
    seconds: fc.oneof(
      { weight: 12, arbitrary: fc.integer({ min: 5, max: 120 }) },
      { weight: 1, arbitrary: fc.integer({ min: -120, max: 0 }) },
      { weight: 1, arbitrary: fc.integer({ min: 300, max: 3_000 }) },
    ),
    known: fc.record({
      compressor_running: fc.option(fc.boolean()),
      mode: fc.constantFrom('heating', 'hot_water', 'defrost', null),
      power_consumption_kw: fc.option(
        fc.double({ min: 0, max: 5, noNaN: true }),
      ),
      heat_output_kw: fc.option(fc.double({ min: -5, max: 12, noNaN: true })),
      supply_temp: fc.option(fc.integer({ min: 20, max: 60 })),
      return_temp: fc.option(fc.integer({ min: 20, max: 60 })),
      outdoor_temp: fc.option(fc.integer({ min: -15, max: 20 })),
      hot_water_temp: fc.option(fc.integer({ min: 40, max: 65 })),
      aux_heater_kw: fc.option(fc.constantFrom(0, 3, 6)),
    }),
  }),
  { maxLength: 120 },
);

test('readings give the same whether late ones and repetitions come between or not, and over restarts', () => {
  fc.assert(
    fc.property(randomReadings, steps => {
      let atMs = testStartMs;
      let newestMs = -Infinity;
      let state = initialHeatPump;
      const inOrder: HeatpumpStatus[] = [];
      const piecewise: unknown[] = [];
      for (const { seconds, known } of steps) {
        atMs += seconds * 1_000;
        const timestamp = new Date(atMs).toISOString();
        const reading = testStatus({ timestamp, ...known });
        if (atMs > newestMs) inOrder.push(reading);
        newestMs = Math.max(newestMs, atMs);
        const step = stepHeatPump(state, reading);
        // The state survives a restart of whoever keeps it.
        state = JSON.parse(JSON.stringify(step.state));
        piecewise.push(...step.ended, ...step.events);
      }
      const whole = follow(inOrder);
      expect(state).toEqual(JSON.parse(JSON.stringify(whole.state)));
      expect(piecewise).toHaveLength(whole.runs.length + whole.events.length);
    }),
    { numRuns: 50 },
  );
});

test('of a reading, nothing is looked at but the fields that are named', () => {
  const seen = new Set<string | symbol>();
  const watched = (status: HeatpumpStatus) =>
    new Proxy(status, {
      get(target, name, receiver) {
        seen.add(name);
        return Reflect.get(target, name, receiver);
      },
    });
  fc.assert(
    fc.property(randomReadings, steps => {
      let atMs = testStartMs;
      follow(
        steps.map(({ seconds, known }) => {
          atMs += Math.abs(seconds) * 1_000;
          const timestamp = new Date(atMs).toISOString();
          return watched(testStatus({ timestamp, ...known }));
        }),
      );
    }),
    { numRuns: 50 },
  );
  expect([...seen].sort()).toEqual([...followedFields, 'timestamp'].sort());
});
