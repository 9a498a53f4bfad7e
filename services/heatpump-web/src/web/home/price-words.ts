import type { EnergyPrices } from '@homelab/homelab-api-client';
import { formatClock, formatNumber } from '@homelab/portal-react/ui';

/** So much dearer than the cheapest, waiting for it is worth a sentence. */
const worthShare = 0.2;

/**
 * The price of now, and when it will be clearly lower: `1.42 SEK a kWh now, 0.61 at 02:00`.
 * Undefined where no price of now is known.
 */
export function priceWords(
  prices: EnergyPrices,
  nowMs: number,
  timeZone: string,
): string | undefined {
  const { data, currency } = prices;
  const now = data.find(
    ({ from, to }) => Date.parse(from) <= nowMs && nowMs < Date.parse(to),
  );
  if (now === undefined) return undefined;
  const price = (value: number) => formatNumber(value, 2);
  const words = `${price(now.price)} ${currency ?? ''} a kWh now`;
  const cheapest = data
    .filter(({ from }) => Date.parse(from) > nowMs)
    .reduce((least, slot) => (slot.price < least.price ? slot : least), now);
  const isWorth = now.price - cheapest.price > worthShare * Math.abs(now.price);
  return isWorth
    ? `${words}, ${price(cheapest.price)} at ${formatClock(cheapest.from, timeZone)}`
    : words;
}
