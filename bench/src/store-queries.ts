import { storeDevices } from './store-load.ts';
import {
  energyRollupsSql,
  newestReadingsSql,
  pointsSql,
} from '@homelab/timescale-schema';

const dayMs = 86_400_000;
const pointMinutes = 3;

/** A question to the API, and the statement that the API needs to answer it. */
export interface StoreQuery {
  readonly name: string;
  readonly sql: string;
  values(device: string, endMs: number): unknown[];
  path(device: string, endMs: number): string;
  /** Longest p95 at the service. */
  readonly goalMs: number;
}

/** What pages ask most: the newest values, a day, a month and a year. */
export const storeQueries: readonly StoreQuery[] = [
  {
    name: '30 days of hours',
    sql: energyRollupsSql('hour'),
    values: (device, endMs) => [[device], ...daysBefore(endMs, 30)],
    path: (device, endMs) => energyPath('hourly', device, endMs, 30),
    goalMs: 20,
  },
  {
    name: 'latest values of 10 devices',
    sql: newestReadingsSql('energy'),
    values: (_device, endMs) => [storeDevices, new Date(endMs - 2 * dayMs)],
    path: () => '/api/v1/energy/latest',
    goalMs: 5,
  },
  {
    name: 'a day of readings as 500 points',
    sql: pointsSql('energy', ['power_kw']),
    values: (device, endMs) => [
      device,
      ...daysBefore(endMs, 1),
      `${pointMinutes} minutes`,
    ],
    path: (device, endMs) =>
      `/api/v1/devices/energy/${device}/series?bucket=raw&fields=power_kw&maxPoints=500&${range(endMs, 1)}`,
    goalMs: 60,
  },
  {
    name: 'a year of days',
    sql: energyRollupsSql('day'),
    values: (device, endMs) => [[device], ...daysBefore(endMs, 365)],
    path: (device, endMs) => energyPath('daily', device, endMs, 365),
    goalMs: 20,
  },
];

function daysBefore(endMs: number, days: number): Date[] {
  return [new Date(endMs - days * dayMs), new Date(endMs)];
}

function energyPath(
  width: 'hourly' | 'daily',
  device: string,
  endMs: number,
  days: number,
): string {
  return `/api/v1/energy/${width}?device_id=${device}&${range(endMs, days)}`;
}

function range(endMs: number, days: number): string {
  const [from, to] = daysBefore(endMs, days).map(date => date.toISOString());
  return `from=${from}&to=${to}`;
}
