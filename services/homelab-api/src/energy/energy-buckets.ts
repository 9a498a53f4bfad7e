import { counterRules, risesFromRollups } from '@homelab/heat-pump';
import type { BucketRise, CounterRollup } from '@homelab/heat-pump';
import { energyCounters } from './energy-rollups.ts';
import type { EnergyRow } from './energy-rollups.ts';

/** What a meter counted in one hour or local day. Times are milliseconds since 1970. */
export interface EnergyBucket {
  readonly deviceId: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** Counted energy; `null` where nothing is known, never 0 for that. */
  readonly importKwh: number | null;
  readonly exportKwh: number | null;
  readonly power: Power;
  /** Part of the bucket, as far as it has passed, with readings as usual; 0 to 1. */
  readonly coverage: number;
  /** Part of the energy was interpolated over a gap or a restart of the counter, or a reading holds an estimate. */
  readonly estimated: boolean;
}

/** Imported power over a bucket, kW; `null` without a reading. */
export interface Power {
  readonly mean: number | null;
  readonly min: number | null;
  readonly max: number | null;
}

/**
 * The energy of each meter between neighbouring edges, which must be edges of the rollup. Buckets
 * before the first row of a meter, and those that have not begun at `nowMs`, are left out.
 */
export function energyBuckets(
  rows: readonly EnergyRow[],
  edgesMs: readonly number[],
  nowMs: number,
): EnergyBucket[] {
  return byDevice(rows).flatMap(own => bucketsOf(own, edgesMs, nowMs));
}

function bucketsOf(
  rows: readonly EnergyRow[],
  edgesMs: readonly number[],
  nowMs: number,
): EnergyBucket[] {
  const [first] = rows;
  if (first === undefined) return [];
  const rises = (name: Counter) =>
    risesFromRollups(
      rows.flatMap(row => counterRollup(row, columnsOf[name])),
      edgesMs,
      counterRules('energy', energyCounters[name]),
    ).buckets;
  const imported = rises('energy_kwh');
  // Most meters export nothing.
  const exports = rows.some(row => (row.total_production_kwh_n ?? 0) > 0);
  const exported = exports ? rises('production_kwh') : [];
  const gauged = gaugedOf(rows, edgesMs);
  return imported.flatMap((bucket, index): EnergyBucket[] => {
    const { fromMs, toMs } = bucket;
    if (fromMs >= nowMs || toMs <= first.bucket_ms) return [];
    const out = exported[index];
    return [
      {
        deviceId: first.device_id,
        fromMs,
        toMs,
        importKwh: bucket.amount,
        exportKwh: out?.amount ?? null,
        power: gauged[index]?.power ?? noPower,
        coverage: coverageOf(bucket, nowMs),
        estimated:
          bucket.estimated ||
          out?.estimated === true ||
          gauged[index]?.holdsEstimate === true,
      },
    ];
  });
}

const noPower: Power = { mean: null, min: null, max: null };

/** What each bucket says besides counters; it holds one row or, for days made of hours, several. */
function gaugedOf(rows: readonly EnergyRow[], edgesMs: readonly number[]) {
  let next = 0;
  return edgesMs.slice(1).map((toMs, index) => {
    const fromMs = edgesMs[index] ?? toMs;
    let [sum, count, min, max] = [0, 0, Infinity, -Infinity];
    let holdsEstimate = false;
    for (let row = rows[next]; row && row.bucket_ms < toMs; row = rows[next]) {
      next += 1;
      if (row.bucket_ms < fromMs) continue;
      sum += row.power_kw_sum ?? 0;
      count += row.power_kw_n;
      min = Math.min(min, row.power_kw_min ?? Infinity);
      max = Math.max(max, row.power_kw_max ?? -Infinity);
      holdsEstimate ||= (row.estimated_n ?? 0) > 0;
    }
    const power: Power =
      count === 0 ? noPower : { mean: sum / count, min, max };
    return { power, holdsEstimate };
  });
}

/** The coverage of the part that has passed: an hour that has just begun lacks nothing. */
function coverageOf({ fromMs, toMs, coverage }: BucketRise, nowMs: number) {
  const passed = Math.min(toMs, nowMs) - fromMs;
  return Math.min(1, (coverage * (toMs - fromMs)) / passed);
}

type Counter = keyof typeof energyCounters;

/** Names of columns, made once: a year of hours looks each of them up 8,760 times. */
const columnsOf = {
  energy_kwh: columnNames(energyCounters.energy_kwh),
  production_kwh: columnNames(energyCounters.production_kwh),
};

function columnNames(name: (typeof energyCounters)[Counter]) {
  return {
    first: `${name}_first`,
    firstMs: `${name}_first_ms`,
    last: `${name}_last`,
    lastMs: `${name}_last_ms`,
    min: `${name}_min`,
    minMs: `${name}_min_ms`,
    max: `${name}_max`,
    maxMs: `${name}_max_ms`,
    readings: `${name}_n`,
  } as const;
}

function counterRollup(
  row: EnergyRow,
  names: (typeof columnsOf)[Counter],
): CounterRollup[] {
  const first = row[names.first];
  // A bucket without a reading of the counter has none of these.
  if (first === null) return [];
  const firstAtMs = row[names.firstMs];
  const last = row[names.last];
  const lastAtMs = row[names.lastMs];
  if (firstAtMs === null || last === null || lastAtMs === null) return [];
  return [
    {
      first,
      firstAtMs,
      last,
      lastAtMs,
      min: row[names.min] ?? first,
      minAtMs: row[names.minMs] ?? firstAtMs,
      max: row[names.max] ?? last,
      maxAtMs: row[names.maxMs] ?? lastAtMs,
      readings: row[names.readings] ?? 1,
    },
  ];
}

function byDevice(rows: readonly EnergyRow[]): EnergyRow[][] {
  const groups = new Map<string, EnergyRow[]>();
  for (const row of rows) {
    const group = groups.get(row.device_id);
    if (group === undefined) groups.set(row.device_id, [row]);
    else group.push(row);
  }
  return [...groups.values()];
}
