import { dayMs, minuteMs } from '@homelab/heat-pump';
import type { ZoneTime } from '../time/zone-time.ts';
import type { Prices } from './tariff.ts';

/** The mean price of a kWh in a span of time; `null` where one is missing. */
export type PriceOf = (fromMs: number, toMs: number) => number | null;

/** Prepares the prices of a tariff for look-ups. Local times are those of the zone. */
export function createPriceOf(prices: Prices, zone: ZoneTime): PriceOf {
  switch (prices.kind) {
    case 'flat':
      return () => prices.pricePerKwh;
    case 'day-night':
      return meanOf(15 * minuteMs, createDayNight(prices, zone));
    case 'hourly':
      return meanOf(prices.slotMinutes * minuteMs, createSlots(prices));
  }
}

/** The mean over the slots that a span touches, each by how long. */
function meanOf(
  slotMs: number,
  priceAt: (slotStartMs: number) => number | undefined,
): PriceOf {
  return (fromMs, toMs) => {
    let sum = 0;
    const first = Math.floor(fromMs / slotMs) * slotMs;
    for (let startMs = first; startMs < toMs; startMs += slotMs) {
      const found = priceAt(startMs);
      if (found === undefined) return null;
      const overlapMs =
        Math.min(toMs, startMs + slotMs) - Math.max(fromMs, startMs);
      sum += found * overlapMs;
    }
    return sum / (toMs - fromMs);
  };
}

function createSlots({ prices, unit }: Extract<Prices, { kind: 'hourly' }>) {
  const perKwh = unit === 'MWh' ? 1 / 1_000 : 1;
  const byStart = new Map(
    prices.map(({ start, price }) => [Date.parse(start), price * perKwh]),
  );
  return (startMs: number) => byStart.get(startMs);
}

function createDayNight(
  { day, night, nightOnlyDays }: Extract<Prices, { kind: 'day-night' }>,
  zone: ZoneTime,
) {
  const [from, to] = [minutesOf(day.from), minutesOf(day.to)];
  return (startMs: number) => {
    const localMs = startMs + zone.offsetMs(startMs);
    const minute = (localMs % dayMs) / minuteMs;
    // 1970 began on a Thursday.
    const weekday = ((Math.floor(localMs / dayMs) + 3) % 7) + 1;
    const isDay =
      from <= to
        ? minute >= from && minute < to
        : minute >= from || minute < to;
    return isDay && !nightOnlyDays.includes(weekday)
      ? day.pricePerKwh
      : night.pricePerKwh;
  };
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}
