import { readingTables } from '@homelab/timescale-schema';
import { expect, test } from 'vitest';
import { compareRows, encodeRow } from './row.ts';
import type { Row } from './row.ts';
import { TupleMemory } from './fast-path/tuple-memory.ts';

const nothing = {
  receivedMs: null,
  offset: null,
  ...{ bytes: Buffer.alloc(0), from: 0, to: 0 },
};

const rowOf = (deviceId: string, measuredAt: string): Row => ({
  ...{ deviceId, measuredMs: Date.parse(measuredAt) },
  ...nothing,
});

test('a row has a cell for each written column of the table, in their order', () => {
  const table = readingTables.temperature;
  const { bytes, from, to } = encodeRow(new TupleMemory(), table, {
    deviceId: 'shelly-1',
    measuredMs: Date.UTC(2000, 0, 1),
    fields: { room: 'kitchen', temperature: 21.5, unknown: 'x' },
    receivedMs: null,
    offset: 7,
  });
  expect(bytes.readInt16BE(from)).toBe(table.writtenColumns.length);
  const cells: Record<string, Buffer | null> = {};
  let at = from + 2;
  for (const { name } of table.writtenColumns) {
    const length = bytes.readInt32BE(at);
    at += 4;
    cells[name] = length < 0 ? null : bytes.subarray(at, at + length);
    at += Math.max(0, length);
  }
  expect(at).toBe(to);
  const temperature = Buffer.alloc(8);
  temperature.writeDoubleBE(21.5);
  expect(cells).toMatchObject({
    device_id: Buffer.from('shelly-1'),
    time: Buffer.alloc(8),
    temperature,
    room: Buffer.from('kitchen'),
    humidity: null,
    received_at: null,
    record_offset: Buffer.from([0, 0, 0, 0, 0, 0, 0, 7]),
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
