import {
  bucketColumn,
  deviceColumn,
  epochMsSql,
  rollups,
} from '@homelab/timescale-schema';
import type { Database, Statement } from '../database/database.ts';
import type { Range } from '../time/parameters.ts';

/** The counters of an electricity meter, by their name in an answer. */
export const energyCounters = {
  energy_kwh: 'total_energy_kwh',
  production_kwh: 'total_production_kwh',
} as const;

type Counter = (typeof energyCounters)[keyof typeof energyCounters];
type CounterColumn =
  `${Counter}_${'first' | 'first_ms' | 'last' | 'last_ms' | 'min' | 'min_ms' | 'max' | 'max_ms' | 'n'}`;

/** A row of `energy_hourly` or `energy_daily`; times in milliseconds since 1970. */
export type EnergyRow = Record<CounterColumn, number | null> & {
  device_id: string;
  bucket_ms: number;
  readings: number;
  power_kw_sum: number | null;
  power_kw_n: number;
  power_kw_min: number | null;
  power_kw_max: number | null;
};

/**
 * How far around a range rows are read: the last row before it and the first after it know what
 * was counted across its edges. Over a longer silence that is not known.
 */
const marginMs = { hour: 24 * 3_600_000, day: 3 * 24 * 3_600_000 } as const;

/** The rollups of some meters, by meter and time, with those around the range. */
export function readEnergyRollups(
  database: Database,
  asked: {
    readonly width: 'hour' | 'day';
    readonly range: Range;
    readonly deviceIds: readonly string[];
  },
): Promise<EnergyRow[]> {
  const { width, range, deviceIds } = asked;
  return database.rows<EnergyRow>(statements[width], [
    deviceIds,
    new Date(range.fromMs - marginMs[width]),
    new Date(range.toMs + marginMs[width]),
  ]);
}

const statements: Record<'hour' | 'day', Statement> = {
  hour: { name: 'energy-hours', text: sqlOf(rollups.energy.hourly) },
  day: { name: 'energy-days', text: sqlOf(rollups.energy.daily) },
};

function sqlOf(view: string): string {
  const counters = Object.values(energyCounters).flatMap(name => [
    ...['first', 'last', 'min', 'max'].flatMap(part => [
      `${name}_${part}`,
      `${epochMsSql(`${name}_${part}_at`)} as ${name}_${part}_ms`,
    ]),
    `${name}_n`,
  ]);
  const columns = [
    deviceColumn,
    `${epochMsSql(bucketColumn)} as bucket_ms`,
    'readings',
    ...['sum', 'n', 'min', 'max'].map(part => `power_kw_${part}`),
    ...counters,
  ].join(', ');
  return `
    select ${columns} from ${view}
    where ${deviceColumn} = any ($1) and ${bucketColumn} >= $2 and ${bucketColumn} < $3
    order by ${deviceColumn}, ${bucketColumn}`;
}
