import { expect, test } from 'vitest';
import { priceWords } from './price-words.ts';

const zone = 'Europe/Stockholm';
const nowMs = Date.parse('2026-01-12T17:20:00Z');

function words(...prices: number[]): string | undefined {
  const startMs = Date.parse('2026-01-12T17:00:00Z');
  const at = (index: number) =>
    new Date(startMs + index * 3_600_000).toISOString();
  return priceWords(
    {
      ...{ time_zone: zone, currency: 'SEK', unavailable: null },
      data: prices.map((price, index) => ({
        ...{ from: at(index), to: at(index + 1), price, export_price: null },
      })),
    },
    nowMs,
    zone,
  );
}

test('a lower price to come is told with its time', () => {
  expect(words(1.42, 1.5, 0.61, 0.9)).toBe('1.42 SEK a kWh now, 0.61 at 20:00');
  expect(words(0.1, -0.05)).toBe('0.10 SEK a kWh now, −0.05 at 19:00');
});

test('a price that hardly changes is told alone, and none is not made up', () => {
  expect(words(1.42, 1.4, 1.39)).toBe('1.42 SEK a kWh now');
  expect(words()).toBeUndefined();
});
