import {
  hasAlarm,
  heatOutputOf,
  isAuxHeaterOn,
  isDefrosting,
  isMakingHotWater,
  isRunning,
} from '@homelab/heat-pump';
import { heatpumpStatusSchema, measurementsOf } from '@homelab/telemetry';
import type { HeatpumpStatus, Stream } from '@homelab/telemetry';

/** A reading as the tests make them: its key, and whichever fields it has. */
export interface TestReading {
  readonly device_id: string;
  readonly timeMs: number;
  readonly [field: string]:
    number | boolean | string | readonly string[] | null;
}

/** A row of a rollup; times in milliseconds since 1970. */
export type RollupRow = Record<string, number | string | null>;

const hourMs = 3_600_000;

/** When the UTC hour of a time begins. */
export const hourOf = (timeMs: number) => Math.floor(timeMs / hourMs) * hourMs;

/** When the local day of a time begins, found by walking back through the hours. */
export function dayOf(timeMs: number, timeZone: string): number {
  const day = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short' });
  let startMs = hourOf(timeMs);
  while (day.format(startMs - 1) === day.format(timeMs)) startMs -= hourMs;
  return startMs;
}

/** Every rollup row of the readings, written as plainly as can be, sorted by key. */
export function referenceRows(
  stream: Stream,
  readings: readonly TestReading[],
  bucketOf: (timeMs: number) => number,
): RollupRow[] {
  const buckets = new Map<string, TestReading[]>();
  for (const reading of readings) {
    const key = `${reading.device_id} ${bucketOf(reading.timeMs)}`;
    buckets.set(key, [...(buckets.get(key) ?? []), reading]);
  }
  return [...buckets.values()]
    .map(inBucket => ({
      device_id: inBucket[0]?.device_id ?? '',
      bucket: bucketOf(inBucket[0]?.timeMs ?? 0),
      ...aggregatesOf(stream, inBucket),
    }))
    .sort(
      (one, other) =>
        one.device_id.localeCompare(other.device_id) ||
        one.bucket - other.bucket,
    );
}

function aggregatesOf(
  stream: Stream,
  unsorted: readonly TestReading[],
): RollupRow {
  const readings = unsorted.toSorted((a, b) => a.timeMs - b.timeMs);
  const row: RollupRow = {
    readings: readings.length,
    first_at: readings[0]?.timeMs ?? null,
    last_at: readings.at(-1)?.timeMs ?? null,
    estimated_n: readings.filter(
      ({ estimated }) => Array.isArray(estimated) && estimated.length > 0,
    ).length,
  };
  for (const [field, { kind }] of measurementsOf(stream)) {
    const given = readings.filter(reading => (reading[field] ?? null) !== null);
    const values = given.map(reading => Number(reading[field]));
    const lowest = values.length > 0 ? Math.min(...values) : null;
    const highest = values.length > 0 ? Math.max(...values) : null;
    if (kind === 'gauge') {
      row[`${field}_sum`] = sumOf(values);
      row[`${field}_min`] = lowest;
      row[`${field}_max`] = highest;
    }
    if (kind === 'counter') {
      row[`${field}_first`] = values[0] ?? null;
      row[`${field}_first_at`] = given[0]?.timeMs ?? null;
      row[`${field}_last`] = values.at(-1) ?? null;
      row[`${field}_last_at`] = given.at(-1)?.timeMs ?? null;
      row[`${field}_min`] = lowest;
      row[`${field}_min_at`] =
        given.find(reading => reading[field] === lowest)?.timeMs ?? null;
      row[`${field}_max`] = highest;
      row[`${field}_max_at`] =
        given.findLast(reading => reading[field] === highest)?.timeMs ?? null;
    }
    if (kind === 'flag')
      row[`${field}_true_n`] = given.filter(({ [field]: on }) => on).length;
    if (kind === 'gauge' || kind === 'counter' || kind === 'flag')
      row[`${field}_n`] = given.length;
  }
  return stream === 'heatpump' ? { ...row, ...heatpumpOf(readings) } : row;
}

/** What the SQL has to say is what the rules say that judge a live reading. */
function heatpumpOf(readings: readonly TestReading[]): RollupRow {
  const heatKw = (r: TestReading) => heatOutputOf(statusOf(r)).value;
  const isRunningAt = (r: TestReading) => isRunning(statusOf(r));
  const count = (holds: (status: HeatpumpStatus) => boolean | null) =>
    readings.filter(r => holds(statusOf(r)) === true).length;
  const paired = readings.filter(
    r => heatKw(r) !== null && numberOf(r, 'power_consumption_kw') !== null,
  );
  const hotWater = paired.filter(r => isMakingHotWater(statusOf(r)) === true);
  const running = readings.filter(r => isRunningAt(r) === true);
  const standby = readings.filter(
    r =>
      isRunningAt(r) === false && numberOf(r, 'power_consumption_kw') !== null,
  );
  const sum = (of: readonly TestReading[], field: string) =>
    sumOf(known(of, field));
  const heat = (of: readonly TestReading[]) =>
    sumOf(of.map(r => heatKw(r) ?? 0));
  const row: RollupRow = {
    paired_n: paired.length,
    paired_heat_kw_sum: heat(paired),
    paired_electric_kw_sum: sum(paired, 'power_consumption_kw'),
    hot_water_paired_n: hotWater.length,
    hot_water_heat_kw_sum: heat(hotWater),
    hot_water_electric_kw_sum: sum(hotWater, 'power_consumption_kw'),
    running_n: running.length,
    running_known_n: readings.filter(r => isRunningAt(r) !== null).length,
    hot_water_n: count(isMakingHotWater),
    defrost_n: count(isDefrosting),
    aux_n: count(isAuxHeaterOn),
    alarm_n: count(hasAlarm),
    standby_n: standby.length,
    standby_kw_sum: sum(standby, 'power_consumption_kw'),
  };
  for (const field of ['supply_temp', 'outdoor_temp', 'brine_in_temp']) {
    row[`running_${field}_sum`] = sum(running, field);
    row[`running_${field}_n`] = known(running, field).length;
  }
  return row;
}

const nothingKnown = heatpumpStatusSchema.parse({
  timestamp: '2026-01-01T00:00:00Z',
  device_id: 'any',
});

/** As the rules of the domain take it; the test makes only fields and values of the registry. */
function statusOf(reading: TestReading): HeatpumpStatus {
  return Object.assign({}, nothingKnown, reading);
}

function numberOf(reading: TestReading, field: string): number | null {
  const value = reading[field];
  return typeof value === 'number' ? value : null;
}

function known(readings: readonly TestReading[], field: string): number[] {
  return readings
    .map(reading => numberOf(reading, field))
    .filter(value => value !== null);
}

function sumOf(values: readonly number[]): number | null {
  return values.length === 0
    ? null
    : values.reduce((sum, value) => sum + value, 0);
}
