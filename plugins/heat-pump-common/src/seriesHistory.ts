import type { HeatPumpEvents, Series } from '@homelab/homelab-api-client';
import { lifetimes } from '@homelab/telemetry';
import type { Gap, History } from './messages';
import { maxBandDays } from './messages';

const dayMs = 86_400_000;
/** Up to here a point is made of readings, if they are still kept; else of hours or local days. */
const maxRawDays = 8;

/** How to ask the Homelab API for a stretch of time. */
export interface SeriesPlan {
  readonly bucket: 'raw' | 'auto';
  /** Whether the API can tell the bands of a heat pump. */
  readonly hasBands: boolean;
}

/** What can be asked of a stretch of time: single readings are kept for a while only. */
export function planSeries(from: Date, to: Date, nowMs: number): SeriesPlan {
  const days = (to.getTime() - from.getTime()) / dayMs;
  const isKept = from.getTime() >= nowMs - lifetimes.rawDays * dayMs;
  return {
    bucket: days <= maxRawDays && isKept ? 'raw' : 'auto',
    hasBands: days <= maxBandDays && isKept,
  };
}

/** The part of a {@link History} that the Homelab API tells. */
export type SeriesHistory = Pick<
  History,
  | 'bucketMs'
  | 'time'
  | 'series'
  | 'bands'
  | 'bandsTruncated'
  | 'gaps'
  | 'estimated'
  | 'coverage'
>;

/** The answers of the Homelab API as a history; `undefined` where it knows nothing of the device. */
export function seriesHistory(
  points: Series | undefined,
  events: HeatPumpEvents | undefined,
): SeriesHistory {
  const bucketMs = (points?.bucketSeconds ?? dayMs / 1_000) * 1_000;
  return {
    bucketMs,
    time: (points?.time ?? []).map(time => Date.parse(time)),
    // Fields without any value are left out.
    series: (points?.series ?? [])
      .filter(({ max }) => max.some(value => value !== null))
      .map(({ unit, ...series }) => series),
    bands: (events?.data ?? []).map(({ open_start, open_end, ...event }) => ({
      ...event,
      ...inUtc(event),
      openStart: open_start,
      openEnd: open_end,
    })),
    bandsTruncated: events?.truncated ?? false,
    gaps: (points?.gaps ?? []).map(inUtc),
    estimated: points === undefined ? [] : estimatedOf(points, bucketMs),
    coverage: points?.coverage ?? 0,
  };
}

/** The points with an estimated value, those beside each other as one period. */
function estimatedOf(
  { time, estimated }: Series,
  bucketMs: number,
): SeriesHistory['estimated'] {
  const periods: { fromMs: number; toMs: number }[] = [];
  for (const [index, at] of time.entries()) {
    if ((estimated[index] ?? 0) === 0) continue;
    const fromMs = Date.parse(at);
    const last = periods.at(-1);
    // A local day may be an hour longer.
    const isNext = last !== undefined && fromMs - last.toMs <= bucketMs / 2;
    if (isNext) last.toMs = fromMs + bucketMs;
    else periods.push({ fromMs, toMs: fromMs + bucketMs });
  }
  return periods.map(({ fromMs, toMs }) => ({
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
  }));
}

/** A stretch of time as a history has it. */
function inUtc({ from, to }: Gap): Gap {
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
  };
}
