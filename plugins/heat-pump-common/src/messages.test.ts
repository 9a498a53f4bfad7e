import { historySchema, houseSchema } from './index';

it('rejects a snapshot without the clock of the server', () => {
  const result = houseSchema.safeParse({
    siteTimeZone: 'Europe/Stockholm',
    meter: null,
    heatPumps: [],
    rooms: [],
  });
  expect(result.success).toBe(false);
});

it('rejects a coverage above one', () => {
  const result = historySchema.shape.coverage.safeParse(1.01);
  expect(result.success).toBe(false);
});
