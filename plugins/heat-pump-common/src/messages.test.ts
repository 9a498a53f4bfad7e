import { deviceReadingSchema, historySchema, houseSchema } from './index';
import { testStatus } from './test-status';

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

it('reads a heat pump reading with zero and null kept apart', () => {
  const parsed = deviceReadingSchema.parse({
    ...delivery,
    reading: { ...testStatus(), outdoor_temp: 0 },
  });
  expect(parsed.reading).toMatchObject({ outdoor_temp: 0, supply_temp: null });
});

it('reads a reading by the schema of the stream it names', () => {
  const status = { ...testStatus(), temperature: '21' };
  const asStream = (stream: string) =>
    deviceReadingSchema.safeParse({ ...delivery, stream, reading: status });
  expect(asStream('heatpump').success).toBe(true);
  expect(asStream('temperature').success).toBe(false);
  expect(asStream('humidity').success).toBe(false);
});

it('refuses a snapshot without the clock of the server', () => {
  const result = houseSchema.safeParse({
    siteTimeZone: 'Europe/Stockholm',
    meter: null,
    heatPumps: [],
    rooms: [],
  });
  expect(result.success).toBe(false);
});

it('refuses a coverage above one', () => {
  const result = historySchema.shape.coverage.safeParse(1.01);
  expect(result.success).toBe(false);
});
