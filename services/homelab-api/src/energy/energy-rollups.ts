import {
  deviceColumn,
  epochMsSql,
  readingTables,
  walkDevicesSql,
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
 * The rollups of one meter or of all, by meter and time: those of the range, and of each meter
 * the last before and the first after it, which know what was counted across the edges.
 */
export function readEnergyRollups(
  database: Database,
  asked: {
    readonly width: 'hour' | 'day';
    readonly range: Range;
    readonly deviceId: string | undefined;
  },
): Promise<EnergyRow[]> {
  const { width, range, deviceId } = asked;
  const times = [new Date(range.fromMs), new Date(range.toMs)];
  return deviceId === undefined
    ? database.rows<EnergyRow>(statements[width].all, times)
    : database.rows<EnergyRow>(statements[width].one, [...times, deviceId]);
}

const statements = {
  hour: statementsOf('energy_hourly'),
  day: statementsOf('energy_daily'),
};

function statementsOf(table: string): Record<'all' | 'one', Statement> {
  const walk = walkDevicesSql({ ...readingTables.energy, name: table });
  const one = `devices (id) as (select $3::text)`;
  return {
    all: { name: `${table}-all`, text: sqlOf(table, `recursive ${walk}`) },
    one: { name: `${table}-one`, text: sqlOf(table, one) },
  };
}

function sqlOf(table: string, devices: string): string {
  const counters = Object.values(energyCounters).flatMap(name => [
    ...['first', 'last', 'min', 'max'].flatMap(part => [
      `${name}_${part}`,
      `${epochMsSql(`${name}_${part}_at`)} as ${name}_${part}_ms`,
    ]),
    `${name}_n`,
  ]);
  const columns = [
    `${epochMsSql('bucket')} as bucket_ms`,
    'readings',
    'power_kw_sum',
    'power_kw_n',
    'power_kw_min',
    'power_kw_max',
    ...counters,
  ].join(', ');
  const rows = `select ${columns} from ${table} where ${deviceColumn} = devices.id and`;
  return `
    with ${devices}
    select devices.id as device_id, found.*
    from devices cross join lateral (
      (${rows} bucket < $1 order by bucket desc limit 1)
      union all (${rows} bucket >= $1 and bucket < $2)
      union all (${rows} bucket >= $2 order by bucket limit 1)
    ) found
    where devices.id is not null
    order by devices.id, found.bucket_ms`;
}
