import { dayMs } from '@homelab/heat-pump';
import {
  energyRollupsSql,
  nearestEnergyRollupsSql,
} from '@homelab/timescale-schema';
import type { RollupWidth } from '@homelab/timescale-schema';
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

/**
 * A row of `energy_hourly` or `energy_daily`; times in milliseconds since 1970. `_min` and `_max` of
 * a counter are null where they are the first and the last value.
 */
export type EnergyRow = Record<CounterColumn, number | null> & {
  device_id: string;
  bucket_ms: number;
  /** Readings with an estimated value; null where that is not known. */
  estimated_n: number | null;
  power_kw_sum: number | null;
  power_kw_n: number;
  power_kw_min: number | null;
  power_kw_max: number | null;
};

/**
 * How far around a range rows are read: the last row before it and the first after it know what
 * was counted across its edges.
 */
const marginMs = { hour: dayMs, day: 3 * dayMs } as const;
/** After a longer silence, what was counted at the edges is searched for one by one. */
const longestSilenceMs = 400 * dayMs;
/** So many rows before a silence tell how often the meter is read. */
const keptRows = 5;

/**
 * The rollups of some meters, by meter and time, with those around the range. What a meter counted
 * in a silence of up to 400 days is known from the readings before and after it.
 */
export async function readEnergyRollups(
  database: Database,
  asked: {
    readonly width: 'hour' | 'day';
    readonly range: Range;
    readonly deviceIds: readonly string[];
    readonly nowMs: number;
  },
): Promise<EnergyRow[]> {
  const { width, range, deviceIds, nowMs } = asked;
  const from = range.fromMs - marginMs[width];
  const to = range.toMs + marginMs[width];
  const rows = await database.rows<EnergyRow>(statements[width].range, [
    deviceIds,
    new Date(from),
    new Date(to),
  ]);
  const silentIn = (isThere: (row: EnergyRow) => boolean) => {
    const heard = new Set(rows.filter(isThere).map(row => row.device_id));
    return deviceIds.filter(id => !heard.has(id));
  };
  const silentBefore = silentIn(row => row.bucket_ms < range.fromMs);
  const silentAfter =
    to < nowMs ? silentIn(row => row.bucket_ms >= range.toMs) : [];
  const search = (
    statement: Statement,
    ids: readonly string[],
    [startMs, endMs]: readonly [number, number],
  ) =>
    ids.length === 0
      ? []
      : database.rows<EnergyRow>(statement, [
          ids,
          new Date(startMs),
          new Date(endMs),
        ]);
  const { before, after } = statements[width];
  const [earlier, later] = await Promise.all([
    search(before, silentBefore, [from - longestSilenceMs, from]),
    search(after, silentAfter, [to, to + longestSilenceMs]),
  ]);
  if (earlier.length === 0 && later.length === 0) return rows;
  return [...earlier, ...rows, ...later].sort(
    (a, b) =>
      deviceIds.indexOf(a.device_id) - deviceIds.indexOf(b.device_id) ||
      a.bucket_ms - b.bucket_ms,
  );
}

const statements = {
  hour: statementsOf('hour'),
  day: statementsOf('day'),
};

function statementsOf(width: RollupWidth) {
  return {
    range: { name: `energy-${width}s`, text: energyRollupsSql(width) },
    before: {
      name: `energy-${width}s-before`,
      text: nearestEnergyRollupsSql(width, 'desc', keptRows),
    },
    after: {
      name: `energy-${width}s-after`,
      text: nearestEnergyRollupsSql(width, 'asc', 1),
    },
  };
}
