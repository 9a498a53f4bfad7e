import { readReading } from '@homelab/telemetry';
import { readingTables } from '@homelab/timescale-schema';
import { expect, test } from 'vitest';
import { compareRows, toRow } from './row.ts';

function rowOf(deviceId: string, timestamp: string) {
  const read = readReading('temperature', {
    sensor_id: deviceId,
    timestamp,
    temperature: 21.5,
    room: 'kitchen',
  });
  if (!read.ok) throw new Error(read.message);
  return toRow('temperature', read.reading, '2026-01-01T00:00:01.000Z');
}

test('a row has a cell for each column the table is written with', () => {
  const row = rowOf('shelly-1', '2026-01-01T01:00:00+01:00');
  const columns = readingTables.temperature.writtenColumns.map(
    ({ name }) => name,
  );
  const byColumn = Object.fromEntries(
    columns.map((name, index) => [name, row.cells[index]]),
  );
  expect(row.cells).toHaveLength(columns.length);
  expect(byColumn).toMatchObject({
    sensor_id: 'shelly-1',
    time: '2026-01-01T00:00:00.000Z',
    temperature: 21.5,
    room: 'kitchen',
    humidity: null,
    received_at: '2026-01-01T00:00:01.000Z',
  });
});

test('rows are ordered by device, then by time', () => {
  const [a2, b1, a1] = [
    rowOf('a', '2026-01-02T00:00:00Z'),
    rowOf('b', '2026-01-01T00:00:00Z'),
    rowOf('a', '2026-01-01T23:59:59.999Z'),
  ];
  expect([a2, b1, a1].sort(compareRows)).toEqual([a1, a2, b1]);
  expect(compareRows(a1, a1)).toBe(0);
});
