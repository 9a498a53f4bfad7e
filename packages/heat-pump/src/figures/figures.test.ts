import type { HeatpumpStatus } from '@homelab/telemetry';
import { describe, expect, test } from 'vitest';
import {
  everyMinute,
  follow,
  testStartMs,
} from '../../test/follow-readings.ts';
import { heatPumpDefaults } from '../step-heat-pump.ts';
import { hourMs, minuteMs } from '../time/units.ts';
import { figuresOf } from './figures.ts';
import { heatPumpRollupColumns, sumsFromRollup } from './rollup-sums.ts';
import type { HeatPumpRollup } from './rollup-sums.ts';
import { addSums, noSums } from './sums.ts';

const shared = {
  outdoor_temp: -3,
  actual_temp: 21,
  aux_heater_kw: 0,
} as const;
const heating = {
  ...shared,
  compressor_running: true,
  power_consumption_kw: 2,
  heat_output_kw: 8,
  supply_temp: 35,
  mode: 'heating' as const,
  hot_water_active: false,
};
const hotWater = {
  ...heating,
  mode: 'hot_water' as const,
  power_consumption_kw: 2.5,
  heat_output_kw: 7,
  supply_temp: 52,
};
const standby = {
  ...shared,
  compressor_running: false,
  power_consumption_kw: 0.012,
  heat_output_kw: 0,
  supply_temp: 30,
  mode: 'standby' as const,
  hot_water_active: false,
};

/** Three hours: 90 minutes of heating, 30 of hot water, 60 of standby, and one reading to end. */
const readings = everyMinute(
  [90, heating],
  [30, hotWater],
  [60, standby],
  [1, standby],
);
const window = { fromMs: testStartMs, toMs: testStartMs + 3 * hourMs };

/** The rows that the database makes of readings, by hours of UTC, each standing for a minute. */
function rollUpReadings(all: readonly HeatpumpStatus[]): HeatPumpRollup[] {
  const hours = Map.groupBy(all, ({ timestamp }) =>
    Math.floor(Date.parse(timestamp) / hourMs),
  );
  return [...hours.values()].map(rows => {
    const sum = (
      pick: (row: HeatpumpStatus) => number | null,
      where: (row: HeatpumpStatus) => boolean = () => true,
    ) => {
      const values = rows.filter(where).flatMap(row => pick(row) ?? []);
      return values.length === 0 ? null : values.reduce((a, b) => a + b, 0);
    };
    const n = (where: (row: HeatpumpStatus) => boolean) =>
      rows.filter(where).length;
    const runs = (row: HeatpumpStatus) => row.compressor_running === true;
    const makesHotWater = (row: HeatpumpStatus) => row.mode === 'hot_water';
    const rests = (row: HeatpumpStatus) => row.compressor_running === false;
    const all_ = () => true;
    const columns = {
      paired_n: n(({ heat_output_kw }) => heat_output_kw !== null),
      power_consumption_kw_n: n(
        ({ power_consumption_kw }) => power_consumption_kw !== null,
      ),
      power_consumption_kw_sum: sum(row => row.power_consumption_kw),
      paired_heat_kw_sum: sum(row => row.heat_output_kw),
      paired_electric_kw_sum: sum(row => row.power_consumption_kw),
      hot_water_paired_n: n(
        row => makesHotWater(row) && row.heat_output_kw !== null,
      ),
      hot_water_heat_kw_sum: sum(row => row.heat_output_kw, makesHotWater),
      hot_water_electric_kw_sum: sum(
        row => row.power_consumption_kw,
        makesHotWater,
      ),
      running_known_n: n(all_),
      running_n: n(runs),
      hot_water_n: n(makesHotWater),
      defrost_n: 0,
      aux_n: 0,
      aux_heater_kw_n: n(all_),
      aux_heater_kw_sum: sum(row => row.aux_heater_kw),
      standby_n: n(row => rests(row) && row.power_consumption_kw !== null),
      standby_kw_sum: sum(row => row.power_consumption_kw, rests),
      running_supply_temp_n: n(runs),
      running_supply_temp_sum: sum(row => row.supply_temp, runs),
      running_outdoor_temp_n: n(runs),
      running_outdoor_temp_sum: sum(row => row.outdoor_temp, runs),
      running_brine_in_temp_n: 0,
      running_brine_in_temp_sum: null,
      actual_temp_n: n(all_),
      actual_temp_sum: sum(row => row.actual_temp),
      outdoor_temp_n: n(all_),
      outdoor_temp_sum: sum(row => row.outdoor_temp),
    };
    return Object.fromEntries(
      heatPumpRollupColumns.map(name => [
        name,
        (columns[name] ?? 0) * minuteMs,
      ]),
    ) as HeatPumpRollup;
  });
}

describe('figures of three hours', () => {
  const { sums } = follow(readings, {
    ...heatPumpDefaults,
    powerShape: 'hold',
  });
  const figures = figuresOf(sums, window, 'H4');

  test('are ratios of energy sums', () => {
    const heatKwh = 8 * 1.5 + 7 * 0.5;
    const electricKwh = 2 * 1.5 + 2.5 * 0.5 + 0.012;
    expect(figures.performance.value).toBeCloseTo(heatKwh / electricKwh);
    expect(figures.space.value).toBeCloseTo(4);
    expect(figures.hotWater.value).toBeCloseTo(7 / 2.5);
    expect(figures.performance).toMatchObject({
      coverage: 1,
      estimated: false,
    });
  });

  test('tell how it ran', () => {
    expect(figures.duty).toBeCloseTo(2 / 3);
    expect(figures.standbyW).toBeCloseTo(12 / 3);
    expect(figures.supplyC).toBeCloseTo((35 * 90 + 52 * 30) / 120);
    expect(figures.auxKwh).toBe(0);
    expect(figures.carnotShare).toBeGreaterThan(0.4);
    expect(figures.carnotShare).toBeLessThan(0.7);
  });

  test('tell what the house loses', () => {
    expect(figures.heatLossWPerK).toBeCloseTo((8000 * 1.5) / 3 / 24);
    expect(figures.kwhPerDegreeHour).toBeCloseTo((8 * 1.5) / (20 * 3));
  });

  test('are the same from hourly rows', () => {
    const fromRows = rollUpReadings(readings.slice(0, 180))
      .map(row => sumsFromRollup(row))
      .reduce(addSums, noSums);
    const { performance, carnotShare, ...others } = figuresOf(
      fromRows,
      window,
      'H4',
    );
    expect(performance.value).toBeCloseTo(figures.performance.value!);
    // Temperatures are means over the hour there.
    expect(carnotShare! / figures.carnotShare!).toBeCloseTo(1, 1);
    for (const name of [
      'duty',
      'standbyW',
      'supplyC',
      'auxKwh',
      'heatLossWPerK',
      'kwhPerDegreeHour',
    ] as const) {
      expect(others[name]).toBeCloseTo(figures[name]!);
    }
    expect(others.space.value).toBeCloseTo(figures.space.value!);
    expect(others.hotWater.value).toBeCloseTo(figures.hotWater.value!);
  });
});

describe('a heat pump without meters', () => {
  const estimate = {
    runningKw: 2,
    standbyKw: 0.012,
    source: 'air',
    carnotShare: 0.5,
  } as const;
  const unmetered = (reading: HeatpumpStatus) => ({
    ...reading,
    power_consumption_kw: null,
    heat_output_kw: null,
  });
  const flags = readings.map(unmetered);

  test('has no energies unless an estimate is wanted', () => {
    const sums = rollUpReadings(flags).map(row => sumsFromRollup(row));
    expect(sums.map(({ pairedMs }) => pairedMs)).toEqual([0, 0, 0, 0]);
  });

  test('is estimated from rows as from readings, and marked', () => {
    const options = { ...heatPumpDefaults, powerShape: 'hold' } as const;
    const { sums } = follow(flags, { ...options, estimate });
    const fromRows = rollUpReadings(flags.slice(0, 180))
      .map(row => sumsFromRollup(row, estimate))
      .reduce(addSums, noSums);
    expect(fromRows.electricKwh).toBeCloseTo(sums.electricKwh);
    expect(fromRows.standbyKwh).toBeCloseTo(sums.standbyKwh);
    expect(fromRows.estimatedMs).toBe(sums.estimatedMs);
    // Temperatures are means over the hour there.
    expect(fromRows.heatKwh / sums.heatKwh).toBeCloseTo(1, 1);
    const { performance } = figuresOf(fromRows, window, 'H3');
    expect(performance).toMatchObject({ coverage: 1, estimated: true });
  });
});

test('what nobody measured is null, never 0', () => {
  const figures = figuresOf(noSums, window, 'H4');
  expect(figures.performance).toMatchObject({ value: null, coverage: 0 });
  const { performance, space, hotWater: tank, ...others } = figures;
  const values = [performance, space, tank].map(({ value }) => value);
  expect(
    [...values, ...Object.values(others)].every(value => value === null),
  ).toBe(true);
});

test('a window of which a third is missing has no COP, but the coverage', () => {
  const { sums } = follow(readings.slice(0, 120));
  const { performance } = figuresOf(sums, window, 'H4');
  expect(performance.value).toBeNull();
  expect(performance.coverage).toBeCloseTo(119 / 180);
});
