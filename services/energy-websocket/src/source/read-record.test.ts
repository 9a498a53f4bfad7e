import { recordHeaders } from '@homelab/telemetry';
import { expect, test } from 'vitest';
import { readRecord } from './read-record.ts';

const value = (fields: object) => Buffer.from(JSON.stringify(fields));
const time = '2026-01-12T06:31:00Z';
const nowMs = Date.parse('2026-01-12T06:32:00Z');

function read(bytes: Buffer | null, receivedAt?: string) {
  const headers: Record<string, Buffer> = {};
  if (receivedAt !== undefined) {
    headers[recordHeaders.receivedAt] = Buffer.from(receivedAt);
  }
  const record = { offset: '0', timestampMs: 0, key: null, value: bytes };
  return readRecord('heatpump', { ...record, headers }, nowMs);
}

test.each([
  ['as noted', '2026-01-12T06:31:01.000Z', '2026-01-12T06:31:01.000Z'],
  ['now when nothing is noted', undefined, '2026-01-12T06:32:00.000Z'],
  ['now when no time is noted', 'soon', '2026-01-12T06:32:00.000Z'],
  ['now at the latest', '2027-01-01T00:00:00Z', '2026-01-12T06:32:00.000Z'],
])('takes the arrival %s', (_, noted, expected) => {
  const bytes = value({ timestamp: time, device_id: 'a' });
  expect(read(bytes, noted)).toMatchObject({
    stream: 'heatpump',
    deviceId: 'a',
    receivedAt: expected,
  });
});

test.each([
  ['no value', null],
  ['no JSON', Buffer.from('\u0000{')],
  ['no device', value({ timestamp: time })],
])('takes %s for no reading', (_, bytes) => {
  expect(read(bytes)).toBeUndefined();
});
