import type { Stream } from '@homelab/telemetry';

/** A silence between two readings, ISO 8601 in UTC. */
export interface Gap {
  from: string;
  to: string;
}

/** The shortest silence that counts as a gap, however often a device sends. */
export const minGapMs: Record<Stream, number> = {
  energy: 60_000,
  heatpump: 90_000,
  temperature: 9_000_000,
};

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** Round bucket widths: all divide an hour or a day. */
const niceBucketsMs: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30].map(n => n * second),
  ...[1, 2, 3, 5, 10, 15, 20, 30].map(n => n * minute),
  ...[1, 2, 3, 4, 6, 8, 12, 24].map(n => n * hour),
];

/** The narrowest such width with which a range has at most `maxPoints`. */
export function chooseBucketMs(rangeMs: number, maxPoints: number): number {
  // A range may start and end within a bucket, so it can touch one more than fits into it.
  const wanted = rangeMs / Math.max(1, maxPoints - 1);
  const nice = niceBucketsMs.find(bucketMs => bucketMs >= wanted);
  const dayMs = 24 * hour;
  return nice ?? Math.ceil(wanted / dayMs) * dayMs;
}

/** The readings aggregated in one point. Times are milliseconds since 1970. */
export interface PointSpan {
  firstMs: number;
  lastMs: number;
  readings: number;
}

/** The usual interval of a device; zero with fewer than two readings. */
export function usualIntervalMs(points: readonly PointSpan[]): number {
  const steps = points.reduce((sum, { readings }) => sum + readings - 1, 0);
  if (steps > 0 && steps >= points.length) {
    const spanMs = points.reduce((sum, p) => sum + p.lastMs - p.firstMs, 0);
    return spanMs / steps;
  }
  // About one reading per point: the distance between points is more accurate.
  const distances = points
    .slice(1)
    .map((point, index) => point.firstMs - (points[index]?.lastMs ?? 0))
    .sort((a, b) => a - b);
  return distances[Math.floor(distances.length / 2)] ?? 0;
}

interface RangeMs {
  fromMs: number;
  toMs: number;
}

/**
 * Finds gaps longer than three usual intervals and `shortestMs`, including those before the
 * first and after the last reading.
 */
export function findGaps(
  points: readonly PointSpan[],
  range: RangeMs,
  shortestMs: number,
): { gaps: Gap[]; coverage: number; maxGapMs: number } {
  const maxGapMs = Math.max(shortestMs, 3 * usualIntervalMs(points));
  const edges = [
    { lastMs: range.fromMs, firstMs: range.fromMs },
    ...points,
    { lastMs: range.toMs, firstMs: range.toMs },
  ];
  const gaps: Gap[] = [];
  let missingMs = 0;
  for (let index = 1; index < edges.length; index += 1) {
    const fromMs = edges[index - 1]?.lastMs ?? range.fromMs;
    const toMs = edges[index]?.firstMs ?? range.toMs;
    const empty = points.length === 0 && toMs > fromMs;
    if (toMs - fromMs <= maxGapMs && !empty) continue;
    missingMs += toMs - fromMs;
    gaps.push({
      from: new Date(fromMs).toISOString(),
      to: new Date(toMs).toISOString(),
    });
  }
  const rangeMs = range.toMs - range.fromMs;
  const coverage = rangeMs <= 0 ? 0 : 1 - missingMs / rangeMs;
  return { gaps, coverage: Math.min(1, Math.max(0, coverage)), maxGapMs };
}
