import { createTestDatabase, seededRandom } from '@homelab/test-kit';
import type { SeededRandom, TestDatabase } from '@homelab/test-kit';
import { readingTables } from '@homelab/timescale-schema';
import { Pool } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { compareOrder, compareRows, encodeRow } from '../src/row.ts';
import type { RowContent } from '../src/row.ts';
import { createTimescaleWriter } from '../src/timescale-writer.ts';
import type { RowWriter, WriteCounts } from '../src/timescale-writer.ts';
import { TupleMemory } from '../src/fast-path/tuple-memory.ts';

const table = readingTables.heatpump;
const startMs = Date.UTC(2026, 0, 1);

type Value = number | boolean | string | string[];

/** A value for each kind of column, out of so few that some are equal. */
const values: Readonly<Record<string, (random: SeededRandom) => Value>> = {
  supply_temp: random => random.integer(1, 4),
  return_temp: random => random.integer(1, 4),
  outdoor_temp: random => random.integer(1, 4),
  compressor_running: random => random.next() < 0.5,
  mode: random => random.pick(['heating', 'off']),
  alarm_codes: random => random.pick([[], ['a'], ['a', 'b']]),
};
const fieldNames = Object.keys(values);

async function createWriter(database: TestDatabase): Promise<RowWriter> {
  const pool = new Pool({ ...database.connection('homelab_sink'), max: 2 });
  onTestFinished(() => pool.end());
  return createTimescaleWriter({ pool });
}

const write = (writer: RowWriter, records: readonly RowContent[]) => {
  const memory = new TupleMemory();
  const rows = records.map(record => ({
    ...record,
    ...encodeRow(memory, table, record),
  }));
  return writer.write(table, rows.toSorted(compareRows));
};

/** Records of few keys, with gaps, equal receive times and redriven ones. */
function randomRecords(random: SeededRandom, round: number): RowContent[] {
  const count = random.integer(2, 14);
  return Array.from({ length: count }, (_, offset): RowContent => {
    const given = fieldNames.filter(() => random.next() < 0.4);
    return {
      deviceId: `round-${round}-${random.integer(1, 2)}`,
      measuredMs: startMs + random.integer(0, 1) * 86_400_000,
      receivedMs:
        random.next() < 0.1 ? null : startMs + random.integer(1, 4) * 1_000,
      offset: random.next() < 0.15 ? null : offset,
      fields: Object.fromEntries(
        given.map(name => [name, values[name]?.(random)]),
      ),
    };
  });
}

const rank = (value: unknown) => JSON.stringify(value);

/** Each field from the newest record that has it; of two equally new, the greater value. */
function naiveRows(records: readonly RowContent[]) {
  const rows = new Map<string, Record<string, unknown>>();
  const sorted = records.toSorted(compareOrder);
  for (const { deviceId, measuredMs } of sorted) {
    const own = sorted.filter(
      one => one.deviceId === deviceId && one.measuredMs === measuredMs,
    );
    const row: Record<string, unknown> = {};
    for (const name of fieldNames) {
      const having = own.filter(one => one.fields[name] !== undefined);
      const newest = having.at(-1);
      const tied = having.filter(
        one => newest && compareOrder(one, newest) === 0,
      );
      const ranked = tied.map(one => one.fields[name]);
      row[name] =
        ranked.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1)).at(-1) ?? null;
    }
    const newest = own.at(-1);
    const received = newest?.receivedMs ?? null;
    row.received_at = received === null ? null : new Date(received);
    const offset = newest?.offset ?? null;
    row.record_offset = offset === null ? null : String(offset);
    rows.set(`${deviceId} ${measuredMs}`, row);
  }
  return Object.fromEntries(rows);
}

function shuffled<T>(random: SeededRandom, items: readonly T[]): T[] {
  return items
    .map(item => ({ item, at: random.next() }))
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item);
}

/** Every record at least once, some repeated, in any order, split into batches anywhere. */
function randomBatches(random: SeededRandom, records: readonly RowContent[]) {
  const again = records.filter(() => random.next() < 0.4);
  const sequence =
    random.next() < 0.3
      ? [...records, ...again]
      : shuffled(random, [...records, ...again]);
  const batches: RowContent[][] = [];
  for (let from = 0; from < sequence.length;) {
    const to = from + random.integer(1, 6);
    batches.push(sequence.slice(from, to));
    from = to;
  }
  return batches;
}

async function readRows(database: TestDatabase, prefix: string) {
  const owner = await database.connect('homelab_owner');
  const answer = await owner.query(
    `SELECT device_id, time, ${fieldNames.join(', ')}, received_at, record_offset
     FROM ${table.name} WHERE device_id LIKE $1`,
    [`${prefix}-%`],
  );
  await owner.end();
  return Object.fromEntries(
    answer.rows.map(({ device_id, time, ...row }) => [
      `${device_id} ${time.getTime()}`,
      row,
    ]),
  );
}

test('any sequence of records, batches, replays and writers gives the same rows (seed 23)', async () => {
  const database = await createTestDatabase({ onTestFinished });
  const random = seededRandom(23);
  const sums = { written: 0, merged: 0, duplicates: 0 };
  const count = (counts: WriteCounts) => {
    sums.written += counts.written;
    sums.merged += counts.merged;
    sums.duplicates += counts.duplicates;
  };
  for (let round = 0; round < 40; round += 1) {
    // New writers copy their first batch directly; of two, each gets half the batches.
    const writers = [
      await createWriter(database),
      await createWriter(database),
    ];
    const records = randomRecords(random, round);
    const batches = randomBatches(random, records);
    const shares = writers.map((_, index) =>
      batches.filter((_batch, at) => at % 2 === index),
    );
    await Promise.all(
      writers.map(async (writer, index) => {
        for (const batch of shares[index] ?? [])
          count(await writeAgain(writer, batch));
      }),
    );
    expect(
      await readRows(database, `round-${round}`),
      `round ${round}`,
    ).toEqual(naiveRows(records));
    // A replay of everything changes nothing.
    const [writer] = writers;
    if (writer === undefined) continue;
    const replay = await write(writer, records);
    expect(replay).toEqual({
      written: 0,
      merged: 0,
      duplicates: records.length,
    });
  }
  for (const [name, sum] of Object.entries(sums))
    expect(sum, name).toBeGreaterThan(50);
});

/** Two writers may block each other, which the sink retries. */
async function writeAgain(
  writer: RowWriter,
  batch: readonly RowContent[],
): Promise<WriteCounts> {
  for (;;) {
    try {
      return await write(writer, batch);
    } catch (error) {
      expect(error).toMatchObject({
        code: expect.stringMatching(/^(40001|40P01)$/),
      });
    }
  }
}

test('a device with a stopped clock costs a few statements and keeps its newest values', async () => {
  const database = await createTestDatabase({ onTestFinished });
  const writer = await createWriter(database);
  const records = Array.from({ length: 3_000 }, (_, offset) => ({
    ...{
      deviceId: 'stuck-1',
      measuredMs: startMs,
      receivedMs: startMs,
      offset,
    },
    fields: offset % 7 === 0 ? { mode: 'off' } : { supply_temp: offset % 50 },
  }));
  expect(await write(writer, records)).toEqual({
    written: 1,
    merged: 1,
    duplicates: 2_998,
  });
  expect(await readRows(database, 'stuck')).toMatchObject({
    [`stuck-1 ${startMs}`]: {
      mode: 'off',
      supply_temp: 2_999 % 50,
      record_offset: '2999',
    },
  });
});
