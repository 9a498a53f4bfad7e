import { hourMs } from '@homelab/heat-pump';
import { expect, test } from 'vitest';
import { zoneTime } from '../time/zone-time.ts';
import { createPriceOf } from './price-at.ts';
import { tariffSchema } from './tariff.ts';

const zone = zoneTime('Europe/Stockholm');
const priced = (prices: object) =>
  createPriceOf(
    tariffSchema.parse({ currency: 'SEK', import: prices }).import,
    zone,
  );
const hour = (start: string) =>
  [Date.parse(start), Date.parse(start) + hourMs] as const;

test('day and night follow local time, also over a change of the clock', () => {
  const priceOf = priced({
    kind: 'day-night',
    day: { from: '06:00', to: '22:30', pricePerKwh: 3 },
    night: { pricePerKwh: 1 },
    nightOnlyDays: [7],
  });
  expect(priceOf(...hour('2026-03-28T05:00+01:00'))).toBe(1);
  expect(priceOf(...hour('2026-03-28T06:00+01:00'))).toBe(3);
  expect(priceOf(...hour('2026-03-28T22:00+01:00'))).toBe(2);
  // Sunday the 29th, when the clock changes.
  expect(priceOf(...hour('2026-03-29T12:00+02:00'))).toBe(1);
  expect(priceOf(...hour('2026-03-30T06:00+02:00'))).toBe(3);
  expect(priceOf(...hour('2026-03-30T05:00+02:00'))).toBe(1);
});

test('a day price may last over midnight', () => {
  const priceOf = priced({
    kind: 'day-night',
    day: { from: '20:00', to: '02:00', pricePerKwh: 3 },
    night: { pricePerKwh: 1 },
  });
  const at = ['19:00', '20:00', '23:00', '01:00', '02:00'].map(time =>
    priceOf(...hour(`2026-01-10T${time}+01:00`)),
  );
  expect(at).toEqual([1, 3, 3, 3, 1]);
});

test('prices of the exchange are joined by the start of their slot, negative ones kept', () => {
  const priceOf = priced({
    kind: 'hourly',
    unit: 'MWh',
    prices: [
      { start: '2026-10-25T02:00:00+02:00', price: 100 },
      { start: '2026-10-25T02:00:00+01:00', price: -50 },
    ],
  });
  expect(priceOf(...hour('2026-10-25T00:00Z'))).toBeCloseTo(0.1);
  expect(priceOf(...hour('2026-10-25T01:00Z'))).toBeCloseTo(-0.05);
  expect(priceOf(...hour('2026-10-25T02:00Z'))).toBeNull();
});

test('an hour of four slots has their mean, and none when one is missing', () => {
  const start = Date.parse('2026-01-01T00:00Z');
  const prices = [1, 2, 3, 6].map((price, n) => ({
    start: new Date(start + n * 900_000).toISOString(),
    price,
  }));
  const priceOf = priced({ kind: 'hourly', slotMinutes: 15, prices });
  expect(priceOf(start, start + hourMs)).toBe(3);
  expect(priceOf(start + hourMs, start + 2 * hourMs)).toBeNull();
});

test.each([
  { currency: 'euro', import: { kind: 'flat', pricePerKwh: 1 } },
  { currency: 'EUR', import: { kind: 'flat', pricePerKwh: Infinity } },
  { currency: 'EUR', import: { kind: 'weekly' } },
  { currency: 'EUR', import: { kind: 'flat', pricePerKwh: 1 }, vat: 25 },
])('the tariff %j is refused', tariff => {
  expect(tariffSchema.safeParse(tariff).success).toBe(false);
});
