import { deadLetterHeaders, recordHeaders } from '@homelab/telemetry';
import { expect, test } from 'vitest';
import { createReadRecord } from './read-record.ts';

const readRecord = createReadRecord('energy');

const reading = {
  device_id: 'meter',
  timestamp: '2026-01-01T00:00:00Z',
  power_kw: 1.2,
};

function record(
  value: string | Buffer | null,
  headers: Record<string, string> = {},
) {
  return {
    offset: '7',
    timestampMs: 0,
    key: Buffer.from('meter'),
    value: value === null ? null : Buffer.from(value),
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, text]) => [name, Buffer.from(text)]),
    ),
  };
}

const epochMs = Date.UTC(2000, 0, 1);

/** The cell before the last one, the offset, as a time. */
const receivedAtCell = (headers: Record<string, string>) => {
  const result = readRecord(record(JSON.stringify(reading), headers));
  if (!result.ok) return result;
  const { bytes, to } = result.row;
  const end = to - 12;
  if (bytes.readInt32BE(end - 4) === -1) return null;
  const ms = Number(bytes.readBigInt64BE(end - 8) / 1_000n) + epochMs;
  return new Date(ms).toISOString();
};

test('a reading becomes a row with its record', () => {
  const given = record(JSON.stringify(reading), {
    [recordHeaders.schemaVersion]: '1',
  });
  expect(readRecord(given)).toMatchObject({
    ok: true,
    outOfRange: [],
    row: {
      deviceId: 'meter',
      measuredMs: Date.parse('2026-01-01T00:00:00.000Z'),
      record: given,
    },
  });
});

test('a redriven record keeps its receive time and has no offset of its own', () => {
  const headers = { [recordHeaders.receivedAt]: '2026-01-01T00:00:00.000Z' };
  const orderOf = (more: Record<string, string>) => {
    const given = record(JSON.stringify(reading), { ...headers, ...more });
    const result = readRecord(given);
    return result.ok
      ? { receivedMs: result.row.receivedMs, offset: result.row.offset }
      : result;
  };
  const receivedMs = Date.parse('2026-01-01T00:00:00.000Z');
  expect(orderOf({})).toEqual({
    receivedMs,
    offset: Number(record('').offset),
  });
  expect(orderOf({ [deadLetterHeaders.redriveCount]: '1' })).toEqual({
    receivedMs,
    offset: null,
  });
});

test('an implausible number is reported and stored as null', () => {
  const result = readRecord(
    record(JSON.stringify({ ...reading, power_kw: 4e9 })),
  );
  expect(result).toMatchObject({ ok: true, outOfRange: ['power_kw'] });
  if (!result.ok) return;
  const { bytes, from, to } = result.row;
  const written = Buffer.alloc(8);
  written.writeDoubleBE(4e9);
  expect(bytes.subarray(from, to).includes(written)).toBe(false);
});

test('the arrival time is read from the header, and may be missing', () => {
  const { receivedAt } = recordHeaders;
  expect(receivedAtCell({ [receivedAt]: '2026-01-01T01:00:00+01:00' })).toBe(
    '2026-01-01T00:00:00.000Z',
  );
  expect(receivedAtCell({ [receivedAt]: 'yesterday' })).toBeNull();
  for (const text of [
    'NaN',
    '-271821-04-20T00:00:00Z',
    '+010000-01-01T00:00:00Z',
  ])
    expect(receivedAtCell({ [receivedAt]: text })).toBeNull();
  expect(receivedAtCell({})).toBeNull();
});

test('a byte order mark is skipped, and a replacement character is an ordinary one', () => {
  for (const text of [
    `\ufeff${JSON.stringify(reading)}`,
    JSON.stringify({ ...reading, source: '\ufffd' }),
  ])
    expect(readRecord(record(text))).toMatchObject({ ok: true });
});

test.each([
  ['no value', record(null), 'payload_empty'],
  ['an empty value', record(''), 'payload_empty'],
  ['text that is not JSON', record('{"device_id":'), 'payload_not_json'],
  [
    'bytes that are not UTF-8',
    record(Buffer.from([0x22, 0xff, 0x22])),
    'payload_not_json',
  ],
  ['JSON too deep to parse', record('['.repeat(200_000)), 'payload_not_json'],
  ['a list', record('[]'), 'payload_not_an_object'],
  [
    'no device',
    record('{"timestamp":"2026-01-01T00:00:00Z"}'),
    'device_id_missing',
  ],
  ['no time', record('{"device_id":"meter"}'), 'timestamp_missing'],
  [
    'a wrong type',
    record(JSON.stringify({ ...reading, power_kw: '1' })),
    'field_wrong_type',
  ],
  [
    'an unknown schema version',
    record(JSON.stringify(reading), { [recordHeaders.schemaVersion]: '2' }),
    'schema_version_unknown',
  ],
])('%s is refused with its code', (_case, given, code) => {
  expect(readRecord(given)).toMatchObject({ ok: false, code });
});
