import { describe, expect, test } from 'vitest';
import { measurementsOf } from './measurements.ts';
import { readReading } from './read-reading.ts';
import { streams } from './streams.ts';

const timestamp = '2026-01-12T06:31:00Z';
const meter = { timestamp, device_id: 'meter-1' };

test('absent fields become null, unknown ones are left out', () => {
  const result = readReading('energy', {
    ...meter,
    power_kw: 0,
    colour: 'blue',
  });
  expect(result).toMatchObject({ ok: true, outOfRange: [] });
  if (!result.ok) return;
  expect(result.reading.power_kw).toBe(0);
  expect(result.reading.voltage).toBeNull();
  expect(Object.keys(result.reading)).not.toContain('colour');
});

test('times are always returned in UTC with milliseconds', () => {
  const timeOf = (text: string) => {
    const result = readReading('energy', { ...meter, timestamp: text });
    return result.ok ? result.reading.timestamp : result.code;
  };
  expect(timeOf('2026-01-12T06:31:00Z')).toBe('2026-01-12T06:31:00.000Z');
  expect(timeOf('2026-01-12T07:31:00.5+01:00')).toBe(
    '2026-01-12T06:31:00.500Z',
  );
  expect(timeOf('2026-01-12T06:31:00')).toBe('timestamp_invalid');
  expect(timeOf('2026-02-30T06:31:00Z')).toBe('timestamp_invalid');
  expect(timeOf('')).toBe('timestamp_invalid');
});

describe.each(streams)('numbers of %s', stream => {
  const identity = { timestamp, device_id: 'device-1' };

  test.each(
    measurementsOf(stream).flatMap(([name, measurement]) =>
      measurement.kind === 'gauge' || measurement.kind === 'counter'
        ? [[name, measurement.min, measurement.max] as const]
        : [],
    ),
  )('%s is kept from %d to %d, else null and named', (name, min, max) => {
    const read = (value: number) => {
      const result = readReading(stream, { ...identity, [name]: value });
      if (!result.ok) return result.code;
      const fields: Record<string, unknown> = result.reading;
      return { value: fields[name], outOfRange: result.outOfRange };
    };
    expect(read(min)).toEqual({ value: min, outOfRange: [] });
    expect(read(max)).toEqual({ value: max, outOfRange: [] });
    for (const implausible of [
      min - 0.5,
      max + 0.5,
      Infinity,
      -Infinity,
      Number.NaN,
    ]) {
      expect(read(implausible)).toEqual({ value: null, outOfRange: [name] });
    }
  });
});

test.each([
  ['a list', [], 'payload_not_an_object'],
  ['nothing', null, 'payload_not_an_object'],
  ['a number', 5, 'payload_not_an_object'],
  ['no time', { device_id: 'a', power_kw: 1 }, 'timestamp_missing'],
  ['a time of null', { timestamp: null, device_id: 'a' }, 'timestamp_missing'],
  [
    'a time of another type',
    { timestamp: 1_768_199_460, device_id: 'a' },
    'timestamp_invalid',
  ],
  ['no device id', { timestamp, power_kw: 1 }, 'device_id_missing'],
  ['an empty device id', { timestamp, device_id: '' }, 'device_id_invalid'],
  [
    'a device id with blanks around it',
    { timestamp, device_id: ' a ' },
    'device_id_invalid',
  ],
  [
    'a device id with a NUL',
    { timestamp, device_id: 'a\u0000b' },
    'device_id_invalid',
  ],
  [
    'a device id of half a surrogate pair',
    { timestamp, device_id: 'a\ud800' },
    'device_id_invalid',
  ],
  [
    'a device id that is too long',
    { timestamp, device_id: 'a'.repeat(129) },
    'device_id_invalid',
  ],
  ['a number as text', { ...meter, power_kw: '1' }, 'field_wrong_type'],
  ['text with a NUL', { ...meter, source: 'a\u0000' }, 'field_wrong_type'],
  [
    'text with half a surrogate pair',
    { ...meter, source: 'a\ud800' },
    'field_wrong_type',
  ],
  [
    'text that is too long',
    { ...meter, source: 'a'.repeat(201) },
    'field_wrong_type',
  ],
  [
    'a list that is too long',
    { ...meter, estimated: Array(65).fill('a') },
    'field_wrong_type',
  ],
])('%s is refused', (_, value, code) => {
  expect(readReading('energy', value)).toMatchObject({ ok: false, code });
});

test('the former name of the device id is read where device_id is absent', () => {
  const deviceIdOf = (fields: object) => {
    const result = readReading('temperature', { timestamp, ...fields });
    return result.ok ? result.reading : result.code;
  };
  const hall = { device_id: 'hall' };
  expect(deviceIdOf({ sensor_id: 'hall' })).toMatchObject(hall);
  expect(deviceIdOf({ sensor_id: 'hall' })).not.toHaveProperty('sensor_id');
  expect(deviceIdOf({ device_id: null, sensor_id: 'hall' })).toMatchObject(
    hall,
  );
  expect(deviceIdOf({ ...hall, sensor_id: 'attic' })).toMatchObject(hall);
  expect(deviceIdOf({ sensor_id: null })).toBe('device_id_missing');
  expect(deviceIdOf({ sensor_id: ' hall ' })).toBe('device_id_invalid');
  expect(readReading('energy', { timestamp, sensor_id: 'hall' })).toMatchObject(
    { code: 'device_id_missing' },
  );
});

test('a device id of any alphabet and of 128 characters is accepted', () => {
  for (const device_id of ['Söders fönster 1/2', '温度计', 'a'.repeat(128)]) {
    expect(readReading('energy', { timestamp, device_id })).toMatchObject({
      ok: true,
    });
  }
});

test('an invalid flag and an unknown mode are rejected, naming the field', () => {
  const pump = { timestamp, device_id: 'pump-1' };
  for (const fields of [
    { compressor_running: 1 },
    { mode: 'resting' },
    { alarm_codes: 'none' },
  ]) {
    const result = readReading('heatpump', { ...pump, ...fields });
    expect(result).toMatchObject({ ok: false, code: 'field_wrong_type' });
    expect(result.ok ? '' : result.message).toContain(Object.keys(fields)[0]);
  }
});

test('hostile keys change nothing', () => {
  const value: unknown = JSON.parse(
    `{"timestamp":"${timestamp}","device_id":"a","__proto__":{"power_kw":5},"constructor":1}`,
  );
  const result = readReading('energy', value);
  expect(result.ok && result.reading.power_kw).toBeNull();
});
