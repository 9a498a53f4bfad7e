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
  /** Part of the energy was interpolated over a gap or a restart of the counter. */
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
  const rises = (name: keyof typeof energyCounters) =>
    risesFromRollups(
      rows.flatMap(row => counterRollup(row, energyCounters[name])),
      edgesMs,
      counterRules('energy', energyCounters[name]),
    ).buckets;
  const [imported, exported] = [rises('energy_kwh'), rises('production_kwh')];
  const powers = powersOf(rows, edgesMs);
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
        power: powers[index] ?? noPower,
        coverage: coverageOf(bucket, nowMs),
        estimated: bucket.estimated || out?.estimated === true,
      },
    ];
  });
}

const noPower: Power = { mean: null, min: null, max: null };

/** The power of each bucket, which holds one row or, for days made of hours, several. */
function powersOf(rows: readonly EnergyRow[], edgesMs: readonly number[]) {
  let next = 0;
  return edgesMs.slice(1).map((toMs, index): Power => {
    const fromMs = edgesMs[index] ?? toMs;
    let [sum, count, min, max] = [0, 0, Infinity, -Infinity];
    for (let row = rows[next]; row && row.bucket_ms < toMs; row = rows[next]) {
      next += 1;
      if (row.bucket_ms < fromMs) continue;
      sum += row.power_kw_sum ?? 0;
      count += row.power_kw_n;
      min = Math.min(min, row.power_kw_min ?? Infinity);
      max = Math.max(max, row.power_kw_max ?? -Infinity);
    }
    return count === 0 ? noPower : { mean: sum / count, min, max };
  });
}

/** The coverage of the part that has passed: an hour that has just begun lacks nothing. */
function coverageOf({ fromMs, toMs, coverage }: BucketRise, nowMs: number) {
  const passed = Math.min(toMs, nowMs) - fromMs;
  return Math.min(1, (coverage * (toMs - fromMs)) / passed);
}

function counterRollup(
  row: EnergyRow,
  name: (typeof energyCounters)[keyof typeof energyCounters],
): CounterRollup[] {
  const first = row[`${name}_first`];
  const firstAtMs = row[`${name}_first_ms`];
  const last = row[`${name}_last`];
  const lastAtMs = row[`${name}_last_ms`];
  const min = row[`${name}_min`];
  const max = row[`${name}_max`];
  // A bucket without a reading of the counter has none of these.
  if (
    first === null ||
    firstAtMs === null ||
    last === null ||
    lastAtMs === null ||
    min === null ||
    max === null
  )
    return [];
  return [
    {
      first,
      firstAtMs,
      last,
      lastAtMs,
      min,
      minAtMs: row[`${name}_min_ms`],
      max,
      maxAtMs: row[`${name}_max_ms`],
      readings: row[`${name}_n`] ?? 1,
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
