import { hourMs, minuteMs } from '@homelab/heat-pump';
import {
  energyPriceSchema,
  energyPricesSchema,
} from '@homelab/homelab-api-client';
import { z } from 'zod';
import {
  createTariffPrices,
  moneyDecimals,
  slotMinutesOf,
} from '../cost/tariff-prices.ts';
import { defineRoute } from '../http/define-route.ts';
import { rounded } from '../series/points.ts';
import { rangeParameters, readRange } from '../time/parameters.ts';
import { zoneTime } from '../time/zone-time.ts';

/** Prices of tomorrow come in the afternoon. */
const defaultHours = 48;

const listPrices = defineRoute({
  operationId: 'energyPrices',
  path: '/api/v1/energy/prices',
  summary:
    'Energy prices by slot, for 48 hours from the current hour by default',
  description:
    'Slots of the tariff, of 15 or 60 minutes. Those whose price is not known yet are left out.',
  tag: 'Energy',
  query: z.strictObject(rangeParameters),
  answer: energyPricesSchema,
  problems: ['invalid_range'],
  async handle({ query, spend }, { siteTimeZone, tariffFile, now }) {
    const thisHourMs = Math.floor(now() / hourMs) * hourMs;
    const range = readRange(
      {
        from: query.from ?? new Date(thisHourMs).toISOString(),
        to:
          query.to ??
          new Date(
            (query.from === undefined ? thisHourMs : Date.parse(query.from)) +
              defaultHours * hourMs,
          ).toISOString(),
      },
      { nowMs: now(), defaultDays: 2, maxDays: 31 },
    );
    spend(1);
    const zone = zoneTime(query.timeZone ?? (await siteTimeZone()));
    const { content: tariff, reason } = await tariffFile.read();
    const answer = {
      time_zone: zone.timeZone,
      currency: tariff?.currency ?? null,
      unavailable: reason ?? null,
    };
    if (tariff === undefined) return { ...answer, data: [] };
    const { bought, sold } = createTariffPrices(tariff, zone);
    const slotMs = slotMinutesOf(tariff) * minuteMs;
    const data: z.input<typeof energyPriceSchema>[] = [];
    const first = Math.floor(range.fromMs / slotMs) * slotMs;
    for (let fromMs = first; fromMs < range.toMs; fromMs += slotMs) {
      const toMs = fromMs + slotMs;
      const price = bought(fromMs, toMs);
      if (price === null) continue;
      data.push({
        from: zone.format(fromMs),
        to: zone.format(toMs),
        price: rounded(price, moneyDecimals),
        export_price: rounded(sold?.(fromMs, toMs), moneyDecimals),
      });
    }
    return { ...answer, data };
  },
});

export const priceRoutes = [listPrices];
export const priceComponents = {
  EnergyPrice: energyPriceSchema,
  EnergyPrices: energyPricesSchema,
};
