import { expect, test } from 'vitest';
import { testStatus } from '../../test/test-status.ts';
import { deviceReadingSchema } from './device-readings.ts';

const delivery = {
  stream: 'heatpump',
  deviceId: 'pump-1',
  origin: 'live',
  asOf: '2026-01-12T06:31:00.000Z',
  clockAhead: null,
  wholeFields: [],
  staleAfterMs: 90_000,
  offlineAfterMs: 600_000,
};

test('parses a heat pump reading and distinguishes zero from null', () => {
  const parsed = deviceReadingSchema.parse({
    ...delivery,
    reading: { ...testStatus(), outdoor_temp: 0 },
  });
  expect(parsed.reading).toMatchObject({ outdoor_temp: 0, supply_temp: null });
});

test('parses a reading with the schema of its stream', () => {
  const status = { ...testStatus(), temperature: '21' };
  const asStream = (stream: string) =>
    deviceReadingSchema.safeParse({ ...delivery, stream, reading: status });
  expect(asStream('heatpump').success).toBe(true);
  expect(asStream('temperature').success).toBe(false);
  expect(asStream('humidity').success).toBe(false);
});
