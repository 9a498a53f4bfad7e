import { expect, test } from 'vitest';
import { TupleMemory } from './tuple-memory.ts';
import type { Tuple } from './tuple-memory.ts';

function hexOf({ bytes, from, to }: Tuple): string {
  return bytes.toString('hex', from, to);
}

function tupleOf(write: (memory: TupleMemory) => void): string {
  const memory = new TupleMemory();
  memory.begin(1);
  write(memory);
  return hexOf(memory.end());
}

/** What PostgreSQL itself sends for these values (its functions float8send, textsend and so on). */
test.each<[string, (memory: TupleMemory) => void, string]>([
  ['NULL', memory => memory.null(), 'ffffffff'],
  ["float8 '-1.5'", memory => memory.double(-1.5), '00000008bff8000000000000'],
  ['true', memory => memory.boolean(true), '0000000101'],
  ['false', memory => memory.boolean(false), '0000000100'],
  ["text 'Kök'", memory => memory.text('Kök'), '000000044bc3b66b'],
  ["text ''", memory => memory.text(''), '00000000'],
  [
    "timestamptz '2000-01-01 00:00:00.001Z'",
    memory => memory.timestamp(Date.parse('2000-01-01T00:00:00.001Z')),
    '0000000800000000000003e8',
  ],
  [
    "timestamptz '1999-12-31 23:59:59.999Z'",
    memory => memory.timestamp(Date.parse('1999-12-31T23:59:59.999Z')),
    '00000008fffffffffffffc18',
  ],
  [
    "timestamptz '2026-01-12 06:31:00.123Z'",
    memory => memory.timestamp(Date.parse('2026-01-12T06:31:00.123Z')),
    '000000080002eb29c97e9178',
  ],
  [
    "timestamptz '9999-12-31 23:59:59.999Z'",
    memory => memory.timestamp(Date.parse('9999-12-31T23:59:59.999Z')),
    '000000080380e70b913b7c18',
  ],
  ['int8 0', memory => memory.bigint(0), '000000080000000000000000'],
  [
    'int8 9007199254740991',
    memory => memory.bigint(Number.MAX_SAFE_INTEGER),
    '00000008001fffffffffffff',
  ],
  [
    "array['a', 'bc']",
    memory => memory.list(['a', 'bc']),
    '0000001f000000010000000000000019000000020000000100000001610000000262' +
      '63',
  ],
  [
    'array[]::text[]',
    memory => memory.list([]),
    '0000000c000000000000000000000019',
  ],
])('%s', (_sql, write, hex) => {
  expect(tupleOf(write)).toBe(`0001${hex}`);
});

test('rows keep their bytes when memory grows, even within a row', () => {
  const memory = new TupleMemory();
  const rows = Array.from({ length: 3_000 }, (_, index) => {
    memory.begin(3);
    memory.double(index);
    memory.text('ö'.repeat(index % 300));
    memory.list(['x'.repeat(index % 50), 'é']);
    return memory.end();
  });
  for (const [index, row] of rows.entries()) {
    const { bytes, from, to } = row;
    expect(bytes.readDoubleBE(from + 6)).toBe(index);
    const textLength = bytes.readInt32BE(from + 14);
    expect(bytes.toString('utf8', from + 18, from + 18 + textLength)).toBe(
      'ö'.repeat(index % 300),
    );
    const listLength = bytes.readInt32BE(from + 18 + textLength);
    expect(from + 22 + textLength + listLength).toBe(to);
  }
});
