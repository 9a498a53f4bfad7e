import { describe, expect, test } from 'vitest';
import { siteClock } from '../../test/bridge-fixtures.ts';
import type { DeviceMessage } from '../device-message.ts';
import { readDeviceTime } from './read-time.ts';

function read(
  value: unknown,
  options: Partial<DeviceMessage> & { at: string; zone?: string },
): string | null {
  const { at, zone = 'Europe/Stockholm', ...message } = options;
  const timeMs = readDeviceTime(
    value,
    {
      mqttTopic: 'node/data',
      payload: new Uint8Array(),
      retained: false,
      receivedAtMs: Date.parse(at),
      ...message,
    },
    siteClock(zone),
  );
  return timeMs === undefined ? null : new Date(timeMs).toISOString();
}

const at = '2026-01-12T06:31:10Z';
const expected = '2026-01-12T06:31:00.000Z';

describe('a time with a zone is used as it is', () => {
  test.each([
    '2026-01-12T06:31:00Z',
    '2026-01-12 06:31:00Z',
    '2026-01-12T06:31:00.000z',
    '2026-01-12T07:31:00+01:00',
    '2026-01-12T07:31:00+0100',
    1_768_199_460,
    1_768_199_460_000,
    '1768199460',
    '1768199460000',
  ])('%s', value => expect(read(value, { at })).toBe(expected));
});

describe('anything else is not a time', () => {
  test.each([
    null,
    undefined,
    '',
    '-',
    'unknown',
    'yesterday',
    0,
    -5,
    1.33,
    '12',
    '1970-01-01T00:00:09Z',
    '2000-01-01 01:00:00',
    '2014-12-31T23:59:59.999Z',
    Number.NaN,
    Infinity,
    {},
    [],
    true,
    '2026-13-40T00:00:00Z',
    '2026-02-30 10:00:00',
    '26-01-12',
    '12:00:00',
  ])('%j', value => expect(read(value, { at })).toBeNull());
});

describe('a time without a zone is local to the site', () => {
  test.each([
    ['2026-01-12 07:31:00', at, 'Europe/Stockholm', expected],
    ['2026-01-12T07:31', at, 'Europe/Stockholm', expected],
    ['2026-01-12T01:31:00', at, 'America/New_York', expected],
    ['2026-01-12T12:16:00.5', at, 'Asia/Kathmandu', '2026-01-12T06:31:00.500Z'],
    [
      '2026-07-01 07:31:00',
      '2026-07-01T05:31:10Z',
      'Europe/Stockholm',
      '2026-07-01T05:31:00.000Z',
    ],
    // Clocks go back at 03:00: 02:30 is there twice.
    [
      '2026-10-25 02:30:00',
      '2026-10-25T00:30:10Z',
      'Europe/Stockholm',
      '2026-10-25T00:30:00.000Z',
    ],
    [
      '2026-10-25 02:30:00',
      '2026-10-25T01:30:10Z',
      'Europe/Stockholm',
      '2026-10-25T01:30:00.000Z',
    ],
  ])('%s at %s in %s', (value, receivedAt, zone, time) =>
    expect(read(value, { at: receivedAt, zone })).toBe(time),
  );

  test('a clock more than five minutes off is not trusted, five minutes are', () => {
    expect(read('2026-01-12 07:26:10', { at })).toBe(
      '2026-01-12T06:26:10.000Z',
    );
    expect(read('2026-01-12 07:26:09', { at })).toBeNull();
    expect(read('2026-01-12 07:36:10', { at })).toBe(
      '2026-01-12T06:36:10.000Z',
    );
    expect(read('2026-01-12 07:36:11', { at })).toBeNull();
    // 02:30 does not exist in the night the clocks go forward.
    expect(
      read('2026-03-29 02:30:00', { at: '2026-03-29T00:30:10Z' }),
    ).toBeNull();
  });

  test('a message that waited in the broker keeps its time, back to when the wait may have begun', () => {
    const waitedSinceMs = Date.parse('2026-01-12T04:00:00Z');
    expect(read('2026-01-12 05:10:00', { at, waitedSinceMs })).toBe(
      '2026-01-12T04:10:00.000Z',
    );
    expect(read('2026-01-12 04:50:00', { at, waitedSinceMs })).toBeNull();
    expect(read('2026-01-12 08:31:00', { at, waitedSinceMs })).toBeNull();
  });

  test('a retained message keeps its time, however old', () => {
    expect(read('2026-01-10 07:31:00', { at, retained: true })).toBe(
      '2026-01-10T06:31:00.000Z',
    );
    expect(read('2026-01-12 08:31:00', { at, retained: true })).toBeNull();
  });
});

test('a time counts only from a year in which a clock can have been set', () => {
  expect(read('2015-01-01T00:00:00Z', { at })).toBe('2015-01-01T00:00:00.000Z');
});
