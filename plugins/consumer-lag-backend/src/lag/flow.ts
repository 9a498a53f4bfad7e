import type { Eta, TimeLag } from '@homelab/plugin-consumer-lag-common';
import type { PartitionSnapshot } from '@homelab/kafka-clusters';
import type { Sample } from './PartitionWindow';

/** The time over which rates are measured. */
const rateSpanMs = 5 * 60_000;
const minRateSamples = 3;
/** Longer ETAs are cut to this: they only say that it takes long. */
const maxEtaMs = 7 * 24 * 60 * 60_000;
/** A relative difference between the rates below this counts as none. */
const steadyShare = 0.02;

/**
 * Growth per second of a value over the last 5 minutes; null with fewer than 3 samples, or when
 * it fell, because then it counts something else.
 */
export function ratePerSecond(
  samples: readonly Sample[],
  of: (sample: Sample) => bigint | null,
): number | null {
  const newest = samples.at(-1);
  if (newest === undefined) return null;
  const known = samples.flatMap(sample => {
    const value = of(sample);
    const isRecent = sample.atMs >= newest.atMs - rateSpanMs;
    return value === null || !isRecent ? [] : [{ value, atMs: sample.atMs }];
  });
  if (known.length < minRateSamples) return null;
  const [first, last] = [known[0], known[known.length - 1]];
  const grown = Number(last.value - first.value);
  return grown < 0 ? null : (grown * 1000) / (last.atMs - first.atMs);
}

/** When a reader will catch up, at the present rates. */
export function etaOf(flow: {
  lag: bigint | null;
  producedPerSecond: number | null;
  consumedPerSecond: number | null;
}): Eta {
  const {
    lag,
    producedPerSecond: produced,
    consumedPerSecond: consumed,
  } = flow;
  if (lag === null) return { kind: 'unknown' };
  if (lag === 0n) return { kind: 'done' };
  if (produced === null || consumed === null) return { kind: 'unknown' };
  if (consumed === 0) return { kind: 'not-moving' };
  const gain = consumed - produced;
  if (Math.abs(gain) <= produced * steadyShare) return { kind: 'steady' };
  if (gain < 0) return { kind: 'falling-behind', recordsPerSecond: -gain };
  const ms = (Number(lag) / gain) * 1000;
  return { kind: 'draining', ms: Math.min(ms, maxEtaMs) };
}

const etaRank: readonly Eta['kind'][] = [
  'not-moving',
  'falling-behind',
  'steady',
  'unknown',
  'draining',
  'done',
];

/** The ETA of several partitions: that of the worst. */
export function worstEta(etas: readonly Eta[]): Eta {
  const [worst] = etas.toSorted(
    (a, b) =>
      etaRank.indexOf(a.kind) - etaRank.indexOf(b.kind) ||
      etaSize(b) - etaSize(a),
  );
  return worst ?? { kind: 'unknown' };
}

function etaSize(eta: Eta): number {
  if (eta.kind === 'draining') return eta.ms;
  return eta.kind === 'falling-behind' ? eta.recordsPerSecond : 0;
}

/** The time lag of several partitions: that of the oldest unread record. */
export function worstTimeLag(timeLags: readonly TimeLag[]): TimeLag {
  let worst: TimeLag = { kind: 'unknown', ms: null };
  for (const timeLag of timeLags) {
    if (timeLag.ms !== null && (worst.ms === null || timeLag.ms > worst.ms))
      worst = timeLag;
  }
  return worst;
}

/** Time until retention deletes the oldest unread record; null when it never does or nothing is unread. */
export function headroomMs(
  lag: bigint | null,
  timeLag: TimeLag,
  retentionMs: number | null,
): number | null {
  if (lag === null || lag === 0n) return null;
  if (retentionMs === null || timeLag.ms === null) return null;
  return retentionMs - timeLag.ms;
}

/** Sum of the known values; null without any. */
export function sumKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter(value => value !== null);
  return known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0);
}

/** Sum of the known values; null without any. */
export function sumKnownOffsets(
  values: readonly (bigint | null)[],
): bigint | null {
  const known = values.filter(value => value !== null);
  return known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0n);
}

/** The total lag of several partitions; null when none is known. */
export function sumLag(
  partitions: readonly { readonly lag: string | null }[],
): bigint | null {
  return sumKnownOffsets(
    partitions.map(({ lag }) => (lag === null ? null : BigInt(lag))),
  );
}

/** The smallest known value; null without any. */
export function leastKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter(value => value !== null);
  return known.length === 0 ? null : Math.min(...known);
}

/** Records of a partition behind open transactions; null when there are none or it is unknown. */
export function inOpenTransaction({
  high,
  stable,
}: Pick<PartitionSnapshot, 'high' | 'stable'>): bigint | null {
  return high !== null && stable !== null && stable < high
    ? high - stable
    : null;
}
