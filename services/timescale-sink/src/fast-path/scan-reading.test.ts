import { seededRandom } from '@homelab/test-kit';
import type { SeededRandom } from '@homelab/test-kit';
import { measurementsOf, readReading, streams } from '@homelab/telemetry';
import type { Stream } from '@homelab/telemetry';
import { goldenMessages } from '@homelab/mqtt-kafka-bridge/golden-messages';
import { readingTables } from '@homelab/timescale-schema';
import { expect, test } from 'vitest';
import { encodeRow } from '../row.ts';
import { createScanReading } from './scan-reading.ts';
import { TupleMemory } from './tuple-memory.ts';

const order = {
  receivedMs: Date.parse('2026-01-12T06:31:01.000Z'),
  offset: 41,
};

/** The outcome on the plain path, by `JSON.parse` and the schema. */
function readSlowly(stream: Stream, bytes: Buffer) {
  let value: unknown;
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    value = JSON.parse(decoder.decode(bytes));
  } catch {
    return undefined;
  }
  const result = readReading(stream, value);
  if (!result.ok || result.outOfRange.length > 0) return undefined;
  const fields: Readonly<Record<string, unknown>> = result.reading;
  const deviceId = result.reading.device_id;
  const measuredMs = Date.parse(result.reading.timestamp);
  const tuple = encodeRow(new TupleMemory(), readingTables[stream], {
    ...{ deviceId, measuredMs, fields, ...order },
  });
  const hex = tuple.bytes.toString('hex', tuple.from, tuple.to);
  return { deviceId, measuredMs, hex };
}

function createReader(stream: Stream) {
  const scan = createScanReading(readingTables[stream], new TupleMemory());
  return (bytes: Buffer) => {
    const row = scan(bytes, order);
    if (row === undefined) return undefined;
    const { deviceId, measuredMs } = row;
    const hex = row.bytes.toString('hex', row.from, row.to);
    return { deviceId, measuredMs, hex };
  };
}

const oddJson = [
  ...['null', 'true', 'false', '0', '-0', '-1', '00', '01', '1.', '.5', '1.50'],
  ...['1e2', '1E2', '-', '0.1', '0.30000000000000004', '123456789.123456'],
  ...['999999999999999', '9999999999999999', '1e999', 'NaN', '""', '" a"'],
  ...[
    '"a b"',
    '"a\\"b"',
    '"\\u0000"',
    '"ö"',
    '"kitchen"',
    '"heating"',
    '"heat"',
  ],
  ...[
    '[]',
    '["a"]',
    '{}',
    `"${'x'.repeat(200)}"`,
    `"${'x'.repeat(201)}"`,
    '"~"',
  ],
  ...['"2026-02-30T00:00:00.000Z"', '"2024-02-29T23:59:59.999Z"'],
  ...[
    '"2026-01-01T24:00:00.000Z"',
    '"2026-01-01T00:00:00Z"',
    '"9999-12-31T00:00:00.000Z"',
  ],
];

/** JSON as the bridge writes it, occasionally with something unusual. */
function randomJson(random: SeededRandom, stream: Stream): Buffer {
  const fields: [string, string][] = [
    [
      'timestamp',
      `"2026-01-1${random.integer(0, 9)}T0${random.integer(0, 9)}:31:00.123Z"`,
    ],
    ['device_id', `"device-${random.integer(0, 5)}"`],
  ];
  for (const [name, measurement] of measurementsOf(stream)) {
    if (random.next() < 0.6) continue;
    if (measurement.kind === 'gauge' || measurement.kind === 'counter') {
      const { min, max } = measurement;
      const digits = random.integer(0, 6);
      const value = min + (max - min) * random.next();
      // Occasionally with all the digits that a number can have.
      const told = random.next() < 0.02 ? value : Number(value.toFixed(digits));
      fields.push([name, JSON.stringify(told)]);
    } else if (measurement.kind === 'flag') {
      fields.push([name, random.pick(['true', 'false'])]);
    } else if (measurement.kind === 'state') {
      fields.push([name, JSON.stringify(random.pick(measurement.states))]);
    } else if (measurement.kind === 'text') {
      fields.push([name, '"some text"']);
    }
  }
  if (random.next() < 0.3) {
    const at = random.integer(0, fields.length - 1);
    const name = random.pick([fields[at]?.[0] ?? '', '__proto__', 'other']);
    fields.splice(at, random.integer(0, 1), [name, random.pick(oddJson)]);
  }
  const text = fields.map(([name, json]) => `"${name}":${json}`).join(',');
  return Buffer.from(`{${text}}`);
}

/** Changes, removes or inserts a byte, or cuts off the rest. */
function damaged(random: SeededRandom, bytes: Buffer): Buffer {
  const at = random.integer(0, bytes.length - 1);
  const byte = random.pick([0, 0x20, 0x22, 0x2c, 0x5c, 0x7d, 0x30, 0xc3, 0xff]);
  const inserted = Buffer.from(random.next() < 0.3 ? [] : [byte]);
  const rest = random.pick([at, at + 1, bytes.length]);
  return Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(rest)]);
}

test.each(streams)(
  'a scanned %s reading equals what the schema gives (seed 17)',
  stream => {
    const random = seededRandom(17);
    const read = createReader(stream);
    let scanned = 0;
    for (let round = 0; round < 20_000; round += 1) {
      const usual = randomJson(random, stream);
      const bytes = round % 3 === 0 ? damaged(random, usual) : usual;
      const row = read(bytes);
      if (row === undefined) continue;
      scanned += 1;
      const slow = readSlowly(stream, bytes);
      if (JSON.stringify(slow) !== JSON.stringify(row))
        expect(row, bytes.toString()).toEqual(slow);
    }
    expect(scanned).toBeGreaterThan(8_000);
  },
);

test('the readings of the golden messages are scanned, except those with a list or non-ASCII letters', () => {
  let scanned = 0;
  for (const { expected } of goldenMessages) {
    if (expected.kind !== 'readings') continue;
    for (const { stream, reading } of expected.readings) {
      const bytes = Buffer.from(JSON.stringify(reading));
      const row = createReader(stream)(bytes);
      const isUsual =
        Object.values(reading).every(value => !Array.isArray(value)) &&
        bytes.every(byte => byte < 0x80) &&
        !bytes.includes('\\') &&
        !bytes.includes('e-');
      expect(row !== undefined, bytes.toString()).toBe(isUsual);
      if (row === undefined) continue;
      expect(row).toEqual(readSlowly(stream, bytes));
      scanned += 1;
    }
  }
  expect(scanned).toBeGreaterThan(10);
});
