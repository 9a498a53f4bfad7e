import { readingTables } from '@homelab/timescale-schema';
import { expect, test } from 'vitest';
import { markChangesStatement } from './mark-changes.ts';
import type { Row } from './row.ts';

const table = readingTables.energy;
const row = (deviceId: string, time: string): Row => ({
  deviceId,
  measuredMs: Date.parse(time),
  receivedMs: null,
  offset: null,
  bytes: Buffer.alloc(0),
  from: 0,
  to: 0,
});
const head =
  'INSERT INTO "rollup_changes" ("stream", "device_id", "bucket") VALUES ';

test('each hour of each device is marked once', () => {
  const rows = [
    row('one', '2026-01-01T00:00:00Z'),
    row('one', '2026-01-01T00:59:59.999Z'),
    row('one', '2026-01-01T01:00:00Z'),
    row('two', '2026-01-01T01:30:00Z'),
  ];
  expect(markChangesStatement(table, rows, 0)).toBe(
    `${head}('energy', 'one', '2026-01-01T00:00:00.000Z'), ('energy', 'one', '2026-01-01T01:00:00.000Z'), ('energy', 'two', '2026-01-01T01:00:00.000Z')`,
  );
});

test('hours begin where those of the zone do, before 1970 as well', () => {
  const rows = [row('one', '1969-12-31T23:15:00Z')];
  expect(markChangesStatement(table, rows, 30 * 60_000)).toBe(
    `${head}('energy', 'one', '1969-12-31T22:30:00.000Z')`,
  );
});

test('a device id stays a value', () => {
  const rows = [row("o'ne\\", '2026-01-01T00:00:00Z')];
  expect(markChangesStatement(table, rows, 0)).toContain(`E'o''ne\\\\'`);
});

test('without rows there is nothing to say', () => {
  expect(markChangesStatement(table, [], 0)).toBe('');
});
