import { boundsOf, isWholeDays } from '@homelab/plugin-heat-pump-react';
import type { RangeView } from '@homelab/plugin-heat-pump-react';
import { useNow, useSiteClock } from '@homelab/portal-react';
import { useMemo } from 'react';
import type { HistoryOptions, HistoryView } from './useHistory';
import { useRange } from './useRange';

const refreshMs = 60_000;
/** Points of hours and days change slowly. */
const slowRefreshMs = 300_000;
const maxPoints = 600;

/** The part of the past in the URL, and how to ask for its history. */
export function useRangeView(): {
  view: RangeView;
  asked: Pick<HistoryView, 'range' | 'maxPoints'>;
  options: HistoryOptions;
} {
  const range = useRange();
  const { clockOffsetMs, timeZone } = useSiteClock();
  const nowMs = useNow(refreshMs);
  // The offset varies with network latency; only a wrong clock matters here.
  const skewMs = Math.abs(clockOffsetMs) > 30_000 ? clockOffsetMs : 0;
  const toMs = Math.round((nowMs + skewMs) / 1000) * 1000;
  const bounds = useMemo(
    () => boundsOf(range.range, toMs, timeZone),
    [range.range, toMs, timeZone],
  );
  const shown = range.zoom ?? bounds;
  const inDays = isWholeDays(range.range);
  // Days are asked for by their edges, a range up to now by its length.
  const wanted = inDays ? shown : { lengthMs: bounds.toMs - bounds.fromMs };
  const pace = inDays ? slowRefreshMs : refreshMs;
  return {
    view: useMemo(() => ({ ...range, shown }), [range, shown]),
    asked: { range: range.zoom ?? wanted, maxPoints },
    options: {
      nowMs: () => Date.now() + skewMs,
      refreshMs: range.zoom === null && pace,
    },
  };
}
