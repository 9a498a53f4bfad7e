import {
  energyCostSchema,
  energyCostsSchema,
} from '@homelab/homelab-api-client';
import { deviceIdSchema } from '@homelab/telemetry';
import { z } from 'zod';
import { createTariffPrices, moneyDecimals } from '../cost/tariff-prices.ts';
import type { TariffPrices } from '../cost/tariff-prices.ts';
import { energyBuckets } from '../energy/energy-buckets.ts';
import type { EnergyBucket } from '../energy/energy-buckets.ts';
import { readEnergyRollups } from '../energy/energy-rollups.ts';
import { defineRoute } from '../http/define-route.ts';
import { rounded, roundedDown } from '../series/points.ts';
import { daysOf, hoursOf } from '../time/edges.ts';
import { rangeParameters, readRange } from '../time/parameters.ts';
import { zoneTime } from '../time/zone-time.ts';

const getCost = defineRoute({
  operationId: 'energyCost',
  path: '/api/v1/energy/cost',
  summary: 'Cost of energy at the prices of the tariff, today by default',
  description:
    'Energy of each hour times its price, with fees and VAT, added up per bucket. With prices of 15 minutes the energy of an hour counts as evenly spread.',
  tag: 'Energy',
  query: z.strictObject({
    ...rangeParameters,
    device_id: deviceIdSchema.optional().describe('Only this meter'),
    bucket: z.enum(['hour', 'day']).default('day'),
  }),
  answer: energyCostsSchema,
  problems: ['invalid_range', 'query_too_expensive'],
  async handle({ query, spend }, services) {
    const { database, knownDevices, siteTimeZone, tariffFile, now } = services;
    const nowMs = now();
    const range = readRange(query, { nowMs, defaultDays: 1, maxDays: 400 });
    const ownTimeZone = await siteTimeZone();
    const deviceIds =
      query.device_id === undefined
        ? await knownDevices('energy')
        : [query.device_id];
    const zone = zoneTime(query.timeZone ?? ownTimeZone);
    const days = daysOf(range, zone.timeZone);
    const whole =
      query.bucket === 'day'
        ? { fromMs: days[0] ?? 0, toMs: days.at(-1) ?? 0 }
        : range;
    const { content: tariff, reason } = await tariffFile.read();
    const answer = {
      time_zone: zone.timeZone,
      currency: tariff?.currency ?? null,
      unavailable: reason ?? null,
    };
    if (tariff === undefined) return { ...answer, data: [] };
    const hours = hoursOf(whole);
    spend(hours.length * 5);
    const rows = await readEnergyRollups(database, {
      width: 'hour',
      range: { fromMs: hours[0] ?? 0, toMs: hours.at(-1) ?? 0 },
      deviceIds,
      nowMs,
    });
    const priced = createTariffPrices(tariff, zone);
    const edges = query.bucket === 'day' ? days : hours;
    const data = addUp(energyBuckets(rows, hours, nowMs), edges, priced);
    return {
      ...answer,
      data: data.map(({ fromMs, ...sum }) => ({
        timestamp: zone.format(fromMs),
        ...sum,
      })),
    };
  },
});

export const costRoutes = [getCost];
export const costComponents = {
  EnergyCost: energyCostSchema,
  EnergyCosts: energyCostsSchema,
};

interface Sum {
  fromMs: number;
  device_id: string;
  energy_kwh: number | null;
  cost: number | null;
  production_kwh: number | null;
  revenue: number | null;
  priced_share: number;
  coverage: number;
  estimated: boolean;
}

/** Adds hours up to the buckets between the edges; what is not known stays out of the sums. */
function addUp(
  hours: readonly EnergyBucket[],
  edgesMs: readonly number[],
  { bought, sold }: TariffPrices,
): Sum[] {
  const sums: (Sum & { hours: number; priced: number })[] = [];
  let bucket = 0;
  for (const hour of hours) {
    let sum = sums.at(-1);
    if (sum?.device_id !== hour.deviceId) bucket = 0;
    const isIn = (edgesMs[bucket + 1] ?? Infinity) > hour.fromMs;
    if (sum === undefined || sum.device_id !== hour.deviceId || !isIn) {
      while ((edgesMs[bucket + 1] ?? Infinity) <= hour.fromMs) bucket += 1;
      sum = {
        fromMs: edgesMs[bucket] ?? hour.fromMs,
        device_id: hour.deviceId,
        energy_kwh: null,
        cost: null,
        production_kwh: null,
        revenue: null,
        priced_share: 0,
        coverage: 0,
        estimated: false,
        hours: 0,
        priced: 0,
      };
      sums.push(sum);
    }
    const cost = times(hour.importKwh, bought(hour.fromMs, hour.toMs));
    sum.energy_kwh = plus(sum.energy_kwh, hour.importKwh);
    sum.cost = plus(sum.cost, cost);
    sum.production_kwh = plus(sum.production_kwh, hour.exportKwh);
    const price = sold?.(hour.fromMs, hour.toMs) ?? null;
    sum.revenue = plus(sum.revenue, times(hour.exportKwh, price));
    sum.estimated ||= hour.estimated;
    sum.coverage += hour.coverage;
    sum.hours += 1;
    if (cost !== null) sum.priced += 1;
  }
  return sums.map(({ hours: all, priced, ...sum }) => ({
    ...sum,
    energy_kwh: rounded(sum.energy_kwh, moneyDecimals),
    cost: rounded(sum.cost, moneyDecimals),
    production_kwh: rounded(sum.production_kwh, moneyDecimals),
    revenue: rounded(sum.revenue, moneyDecimals),
    priced_share: priced / all,
    coverage: roundedDown(sum.coverage / all),
  }));
}

function times(kwh: number | null, price: number | null): number | null {
  return kwh === null || price === null ? null : kwh * price;
}

function plus(sum: number | null, value: number | null): number | null {
  return value === null ? sum : (sum ?? 0) + value;
}
