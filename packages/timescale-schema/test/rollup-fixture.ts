import { seededRandom } from '@homelab/test-kit';
import type { Stream } from '@homelab/telemetry';
import { expect } from 'vitest';
import { readingTables, rollups } from '../src/index.ts';
import type { MigrationDatabase } from '../src/migration-database.ts';
import { randomReading, randomReadings } from './rollup-data.ts';
import { dayOf, hourOf, referenceRows } from './rollup-reference.ts';
import type { RollupRow, TestReading } from './rollup-reference.ts';

/** A database with rollups, of either edition. */
export interface RollupDatabase extends MigrationDatabase {
  /** Whether writers have to say which hours they changed. */
  readonly marks: boolean;
  /** Aggregates all that changed. */
  refresh(): Promise<void>;
}

export const siteZone = 'Europe/Stockholm';
export const rollupStreams = ['energy', 'heatpump', 'temperature'] as const;
/** Around the nights of 23 and of 25 hours. */
export const spring = Date.parse('2026-03-28T12:00Z');
export const autumn = Date.parse('2026-10-24T12:00Z');
const dayMs = 86_400_000;

/**
 * Writes random readings of both nights in pieces, with refreshes in between, repeats some,
 * corrects some and writes some late; gives what must be stored in the end.
 */
export async function writeRandomReadings(
  database: RollupDatabase,
  stream: Stream,
  seed: number,
): Promise<TestReading[]> {
  const random = seededRandom(seed);
  const stored = new Map<string, TestReading>();
  const write = async (readings: readonly TestReading[]) => {
    await writeReadings(database, stream, readings);
    for (const reading of readings)
      stored.set(`${reading.device_id} ${reading.timeMs}`, reading);
  };
  const late: TestReading[] = [];
  for (const fromMs of [spring, autumn]) {
    for (const device of ['one', 'two']) {
      const span = { stream, device, fromMs, untilMs: fromMs + 2 * dayMs };
      const readings = [...randomReadings(random.next, span)];
      late.push(...readings.filter((_, index) => index % 7 === 0));
      await write(readings.filter((_, index) => index % 7 !== 0));
    }
    await database.refresh();
  }
  const there = [...stored.values()];
  await write(there.filter((_, index) => index % 11 === 0));
  await write(late);
  await write(
    there
      .filter((_, index) => index % 13 === 0)
      .map(({ device_id: device, timeMs }) =>
        randomReading(random.next, { stream, device, timeMs }),
      ),
  );
  return [...stored.values()];
}

/** Writes readings, over those that are there, and marks their hours as the sink does. */
export async function writeReadings(
  database: RollupDatabase,
  stream: Stream,
  readings: readonly TestReading[],
): Promise<void> {
  const { name, measurementColumns } = readingTables[stream];
  const fields = measurementColumns.map(column => column.name);
  const columns = ['device_id', 'time', ...fields].join(', ');
  await database.query('BEGIN');
  await database.query(
    `INSERT INTO ${name} (${columns})
     SELECT ${columns} FROM jsonb_populate_recordset(NULL::${name}, $1::jsonb)
     ON CONFLICT (device_id, time) DO UPDATE
     SET ${fields.map(field => `${field} = excluded.${field}`).join(', ')}`,
    [
      JSON.stringify(
        readings.map(({ timeMs, ...reading }) => ({
          time: new Date(timeMs).toISOString(),
          ...reading,
        })),
      ),
    ],
  );
  if (database.marks) {
    const hours = readings.map(({ device_id: device, timeMs }) => ({
      stream,
      device_id: device,
      bucket: new Date(hourOf(timeMs)).toISOString(),
    }));
    await database.query(
      `INSERT INTO rollup_changes SELECT DISTINCT * FROM jsonb_populate_recordset(NULL::rollup_changes, $1::jsonb)`,
      [JSON.stringify(hours)],
    );
  }
  await database.query('COMMIT');
}

/** Reads all rows of a view, sorted by key. */
export async function readRows(
  database: MigrationDatabase,
  view: string,
): Promise<RollupRow[]> {
  const { rows } = await database.query<{ row: RollupRow }>(
    `SELECT to_jsonb(view) AS row FROM ${view} AS view ORDER BY device_id, bucket`,
  );
  return rows.map(({ row }) => comparable(row));
}

/** Both views of a stream hold what the reference makes of the readings. */
export async function expectRollups(
  database: MigrationDatabase,
  stream: Stream,
  readings: readonly TestReading[],
  timeZone = siteZone,
): Promise<void> {
  const { hourly, daily } = rollups[stream];
  const hours = referenceRows(stream, readings, hourOf).map(comparable);
  expect(hours.length).toBeGreaterThan(0);
  expect(await readRows(database, hourly)).toEqual(hours);
  const days = referenceRows(stream, readings, timeMs =>
    dayOf(timeMs, timeZone),
  );
  expect(await readRows(database, daily)).toEqual(days.map(comparable));
}

/** Times in milliseconds, and numbers without the last digits of a sum. */
function comparable(row: RollupRow): RollupRow {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      const isTime = name === 'bucket' || name.endsWith('_at');
      if (typeof value === 'string')
        return [name, isTime ? Date.parse(value) : value];
      if (value === null || isTime) return [name, value];
      // Adding 0 takes the sign off a zero.
      return [name, Math.round(value * 1e6) / 1e6 + 0];
    }),
  );
}
