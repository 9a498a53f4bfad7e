import type { Eta, TimeLag } from '@homelab/plugin-consumer-lag-common';
import type { PartitionSnapshot } from '@homelab/kafka-clusters';
import type { Sample } from './PartitionWindow';

/** Rates and the time they are measured over. */
const rateSpanMs = 5 * 60_000;
const minRateSamples = 3;
/** A longer time to catch up says no more than that it takes long. */
const maxEtaMs = 7 * 24 * 60 * 60_000;
/** A difference between reading and writing below this part of it is none. */
const steadyShare = 0.02;

/**
 * Growth a second of the given value over the last 5 minutes; null with fewer than 3 samples,
 * or when it fell, for then it counts something else.
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

/** When a reader will have read everything, at the present rates. */
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

/** The worst of some partitions decides over the whole. */
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

/** The oldest unread record of some partitions. */
export function worstTimeLag(timeLags: readonly TimeLag[]): TimeLag {
  let worst: TimeLag = { kind: 'unknown', ms: null };
  for (const timeLag of timeLags) {
    if (timeLag.ms !== null && (worst.ms === null || timeLag.ms > worst.ms))
      worst = timeLag;
  }
  return worst;
}

/** Time until retention deletes the oldest unread record; null when it never does or nothing waits. */
export function headroomMs(
  lag: bigint | null,
  timeLag: TimeLag,
  retentionMs: number | null,
): number | null {
  if (lag === null || lag === 0n) return null;
  if (retentionMs === null || timeLag.ms === null) return null;
  return retentionMs - timeLag.ms;
}

/** Adds up what is known; null when nothing is. */
export function sumKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter(value => value !== null);
  return known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0);
}

/** Adds up what is known; null when nothing is. */
export function sumKnownOffsets(
  values: readonly (bigint | null)[],
): bigint | null {
  const known = values.filter(value => value !== null);
  return known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0n);
}

/** The lag of some partitions together; null when none is known. */
export function sumLag(
  partitions: readonly { readonly lag: string | null }[],
): bigint | null {
  return sumKnownOffsets(
    partitions.map(({ lag }) => (lag === null ? null : BigInt(lag))),
  );
}

/** The smallest that is known; null when none is. */
export function leastKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter(value => value !== null);
  return known.length === 0 ? null : Math.min(...known);
}

/** Records of a partition that hang in open transactions; null when none do or it is not known. */
export function inOpenTransaction({
  high,
  stable,
}: Pick<PartitionSnapshot, 'high' | 'stable'>): bigint | null {
  return high !== null && stable !== null && stable < high
    ? high - stable
    : null;
}
