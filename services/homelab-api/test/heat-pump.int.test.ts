import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  heatPumpDefaults,
  initialHeatPump,
  stepHeatPump,
} from '@homelab/heat-pump';
import type { Run } from '@homelab/heat-pump';
import type {
  HeatPumpDays,
  HeatPumpRuns,
  HeatPumpSummary,
} from '@homelab/homelab-api-client';
import { heatpumpStatusSchema } from '@homelab/telemetry';
import type { HeatpumpStatus } from '@homelab/telemetry';
import { fileScope, seededRandom, uniqueName } from '@homelab/test-kit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi } from './api-fixture.ts';
import type { TestApi } from './api-fixture.ts';

const file = fileScope(afterAll);
const now = Date.parse('2026-03-30T12:30:00+02:00');
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const ago = (ms: number) => now - ms;
const iso = (ms: number) => new Date(ms).toISOString();
const settingsFile = join(tmpdir(), `${uniqueName('heat-pumps')}.yaml`);

let api: TestApi;

/** Stores readings of a heat pump from a time on, one each step. */
async function insert(
  deviceId: string,
  steps: readonly (readonly [atMs: number, Partial<HeatpumpStatus>])[],
) {
  const sink = await api.database.connect('homelab_sink');
  const rows = steps.map(([atMs, known]) => ({
    device_id: deviceId,
    time: iso(atMs),
    received_at: iso(atMs),
    ...known,
  }));
  const names = [...new Set(rows.flatMap(row => Object.keys(row)))].join(', ');
  await sink.query(
    `INSERT INTO heatpump_status (${names})
     SELECT ${names} FROM jsonb_populate_recordset(NULL::heatpump_status, $1)`,
    [JSON.stringify(rows)],
  );
}

/** A reading each half minute over spans of minutes that end now. */
function everyHalfMinute(
  ...spans: readonly (readonly [minutes: number, Partial<HeatpumpStatus>])[]
) {
  const total = spans.reduce((sum, [minutes]) => sum + minutes, 0);
  let atMs = ago(total * minuteMs);
  return spans.flatMap(([minutes, known]) =>
    Array.from({ length: 2 * minutes }, () => {
      atMs += minuteMs / 2;
      return [atMs, known] as const;
    }),
  );
}

const summaryOf = (deviceId: string) =>
  api.json<HeatPumpSummary>(`/api/v1/heatpump/${deviceId}/summary`);

const on = {
  compressor_running: true,
  power_consumption_kw: 2,
  heat_output_kw: 8,
  supply_temp: 35,
  return_temp: 30,
  outdoor_temp: 3,
};
const off = {
  compressor_running: false,
  power_consumption_kw: 0.01,
  heat_output_kw: 0,
  outdoor_temp: 3,
};

beforeAll(async () => {
  await writeFile(
    settingsFile,
    `clean: { legionellaIntervalDays: 7, source: ground, installation: { bufferTank: true, circuits: [radiators, floor], auxHeater: false } }
never: { legionellaIntervalDays: 7 }
unmetered:
  estimate: { runningKw: 2, standbyKw: 0.01, datasheet: [{ supplyC: 35, sourceC: 7, cop: 4.05 }] }
`,
  );
  api = await startApi(file, {
    now: () => now,
    heatPumpsFile: settingsFile,
  });
}, 60_000);

const markAll = () =>
  api.markRollups('2026-03-01T00:00:00Z', '2026-04-01T00:00:00Z');

describe('warnings', () => {
  test('say what is wrong, with the numbers, and whether it still is', async () => {
    await insert(
      'warned',
      everyHalfMinute(
        [60, off],
        [30, { ...on, aux_heater_kw: 3, mode: 'heating' }],
        [60, { ...on, aux_heater_kw: 0 }],
        [20, { ...on, return_temp: 34.2, aux_heater_kw: 0 }],
      ),
    );
    const { warnings } = await summaryOf('warned');
    expect(warnings).toEqual([
      {
        kind: 'spread_small',
        severity: 'warning',
        at: '2026-03-30T12:26:00+02:00',
        active: true,
        title: 'Supply and return are too close',
        evidence: 'supply 35.0\u00a0°C, return 34.2\u00a0°C',
      },
      {
        kind: 'aux_while_mild',
        severity: 'warning',
        at: '2026-03-30T10:40:30+02:00',
        active: false,
        title: 'The auxiliary heater runs in mild weather',
        evidence: '3.0 kW at 3.0\u00a0°C outdoors',
      },
    ]);
  });

  test('tell of short cycling, and how the compressor ran', async () => {
    const cycle = [
      [6, on],
      [12, off],
    ] as const;
    await insert('cycling', everyHalfMinute([30, off], ...cycle, ...cycle));
    const { warnings, last_24_hours } = await summaryOf('cycling');
    expect(warnings).toMatchObject([
      {
        kind: 'short_cycling',
        active: true,
        evidence: '2 runs in a row under 10 minutes',
      },
    ]);
    expect(last_24_hours).toEqual({
      runs: 2,
      median_minutes: 6,
      shortest_minutes: 6,
      short_share: 1,
    });
  });
});

describe('legionella', () => {
  test('the last time that the tank was hot for half an hour is found in hours of readings', async () => {
    const tank = (atMs: number, minutes: number, celsius: number) =>
      Array.from(
        { length: minutes },
        (_, minute) =>
          [
            atMs + minute * minuteMs,
            { ...off, hot_water_temp: celsius },
          ] as const,
      );
    const success = ago(5 * 24 * hourMs);
    await insert('clean', [
      ...tank(success - 10 * minuteMs, 10, 55),
      ...tank(success, 45, 61),
      ...tank(success + 45 * minuteMs, 5, 58),
      // Later it was hot, but not for long enough.
      ...tank(ago(24 * hourMs), 20, 62),
      ...tank(ago(24 * hourMs) + 20 * minuteMs, 5, 58),
    ]);
    await insert('never', tank(ago(9 * 24 * hourMs), 10, 50));
    await markAll();
    expect((await summaryOf('clean')).legionella).toMatchObject({
      last_success_at: '2026-03-25T12:00:00+01:00',
      interval_days: 7,
      overdue: false,
    });
    expect((await summaryOf('clean')).installation).toEqual({
      ...{ source: 'ground', buffer_tank: true, aux_heater: false },
      ...{ hot_water_tank: null, electricity_meter: null },
      circuits: ['radiators', 'floor'],
    });
    expect((await summaryOf('never')).legionella).toMatchObject({
      last_success_at: null,
      overdue: true,
    });
    // Without an interval nothing is overdue.
    expect((await summaryOf('warned')).legionella).toMatchObject({
      interval_days: null,
      overdue: null,
    });
  });
});

test('a heat pump without meters is estimated by its settings, and that is said', async () => {
  const flags = { compressor_running: true, supply_temp: 35, outdoor_temp: 7 };
  const day = everyHalfMinute([24 * 60, flags]);
  await insert('unmetered', day);
  await insert('unknown', day);
  await markAll();
  const { now: power, today } = await summaryOf('unmetered');
  expect(power).toMatchObject({ electric_kw: 2, estimated: true });
  expect(power?.heat_kw).toBeCloseTo(8.1, 1);
  expect(today).toMatchObject({ estimated: true });
  expect(today?.electric_kwh).toBeCloseTo(25, 0);
  expect(today?.cop).toBeCloseTo(4.05, 2);
  const { data } = await api.json<HeatPumpRuns>(
    '/api/v1/heatpump/unmetered/runs',
  );
  expect(data).toMatchObject([{ estimated: true }]);
  const unknown = await summaryOf('unknown');
  expect(unknown).toMatchObject({
    now: null,
    today: { cop: null, heat_kwh: null, estimated: false, duty: 1 },
  });
});

test('settings that are not valid are not used, and the answer says why', async () => {
  const broken = join(tmpdir(), `${uniqueName('heat-pumps')}.yaml`);
  await writeFile(
    broken,
    'warned: { source: moon, installation: { circuits: [] } }\n',
  );
  const own = await startApi(file, {
    database: api.database,
    now: () => now,
    heatPumpsFile: broken,
  });
  const { settings_unavailable } = await own.json<HeatPumpSummary>(
    '/api/v1/heatpump/warned/summary',
  );
  expect(settings_unavailable).toMatch(
    /heat pumps is not valid: warned\.source: .*warned\.installation\.circuits: /,
  );
});

describe('a random day', () => {
  const random = seededRandom(20_260_330).next;
  const nothing = heatpumpStatusSchema.parse({
    timestamp: iso(0),
    device_id: 'random',
  });
  const from = Date.parse('2026-03-28T00:00:00+01:00');
  const readings: (readonly [number, Partial<HeatpumpStatus>])[] = [];

  beforeAll(async () => {
    let atMs = from;
    while (atMs < from + 24 * hourMs) {
      const length = (1 + Math.floor(random() * 80)) * 10_000;
      const running = random() < 0.6;
      const known = {
        compressor_running: running,
        power_consumption_kw: running ? 1 + Math.floor(random() * 20) / 10 : 0,
        heat_output_kw: running ? Math.floor(random() * 80) / 10 : 0,
        mode: running && random() < 0.3 ? 'hot_water' : 'heating',
        aux_heater_kw: random() < 0.1 ? 3 : 0,
        hot_water_temp: 45,
        outdoor_temp: 2,
        supply_temp: 36,
        return_temp: 30,
      } as const;
      const end = Math.min(atMs + length, from + 24 * hourMs);
      for (; atMs < end; atMs += 10_000) readings.push([atMs, known]);
      if (random() < 0.02) atMs += 150 * minuteMs;
    }
    await insert('random', readings);
    await markAll();
  }, 60_000);

  /** Follows every reading, as the API follows those that it thins. */
  function followAll() {
    let state = initialHeatPump;
    const runs: Run[] = [];
    for (const [atMs, known] of readings) {
      const status = { ...nothing, ...known, timestamp: iso(atMs) };
      const step = stepHeatPump(state, status, {
        ...heatPumpDefaults,
        powerShape: 'hold',
      });
      state = step.state;
      runs.push(...step.ended);
    }
    return runs;
  }

  test('has the runs of all of its readings, though fewer are read', async () => {
    const range = `from=${iso(from)}&to=${iso(from + 24 * hourMs)}`;
    for (const kind of ['compressor', 'hot_water', 'aux_heater'] as const) {
      const expected = followAll().filter(run => run.kind === kind);
      expect(expected.length).toBeGreaterThan(5);
      const { data } = await api.json<HeatPumpRuns>(
        `/api/v1/heatpump/random/runs?kind=${kind}&${range}`,
      );
      // One that goes on at midnight has not ended for either.
      const ended = data.filter(
        ({ to }) => Date.parse(to) < readings.at(-1)![0],
      );
      expect(
        ended.map(run => [Date.parse(run.from), Date.parse(run.to)]),
      ).toEqual(expected.map(run => [run.fromMs, run.toMs]));
      for (const [index, run] of ended.entries()) {
        const { sums } = expected[index]!;
        expect(run.heat_kwh ?? 0).toBeCloseTo(sums.heatKwh, 2);
        expect(run.electric_kwh ?? 0).toBeCloseTo(sums.electricKwh, 2);
      }
    }
  });

  test('has the same energy in its rollup', async () => {
    const { data } = await api.json<HeatPumpDays>(
      `/api/v1/heatpump/random/daily?from=${iso(from)}&to=${iso(from + 1)}`,
    );
    const electricKwh = readings.reduce(
      (sum, [, known]) => sum + (known.power_consumption_kw ?? 0) / 360,
      0,
    );
    const [day] = data;
    expect(day!.electric_kwh! / electricKwh).toBeCloseTo(1, 1);
    // Silences are not covered.
    expect(day!.coverage).toBeCloseTo(readings.length / 8_640, 1);
  });
});
