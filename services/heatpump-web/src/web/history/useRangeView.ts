import {
  boundsOf,
  defaultRange,
  isRangeName,
} from '@homelab/plugin-heat-pump-react';
import type { RangeName, RangeView } from '@homelab/plugin-heat-pump-react';
import type { TimeRange } from '@homelab/portal-react/charts';
import { useNow, useSiteClock } from '@homelab/portal-react/ui';
import { useCallback, useState } from 'react';
import { useSearchParams } from 'wouter';

const refreshMs = 60_000;

/** The part of the past that a view shows, and what to ask for. */
export function useRangeView(): {
  view: RangeView;
  wanted: { from: Date; to: Date; siteTimeZone: string };
} {
  const [range, setRangeName] = useRange();
  const [zoom, setZoom] = useState<TimeRange | null>(null);
  const { clockOffsetMs, timeZone } = useSiteClock();
  const nowMs = useNow(refreshMs);
  // The offset varies with the network; only a wrong clock matters here.
  const skewMs = Math.abs(clockOffsetMs) > 30_000 ? clockOffsetMs : 0;
  const toMs = Math.round((nowMs + skewMs) / 1_000) * 1_000;
  const shown = zoom ?? boundsOf(range, toMs, timeZone);
  const setRange = useCallback(
    (name: RangeName) => {
      setZoom(null);
      setRangeName(name);
    },
    [setRangeName],
  );
  return {
    view: { range, setRange, zoom, setZoom, shown },
    wanted: {
      from: new Date(shown.fromMs),
      to: new Date(shown.toMs),
      siteTimeZone: timeZone,
    },
  };
}

/** The chosen range, kept in the address, so that a link shows the same. */
function useRange(): [RangeName, (name: RangeName) => void] {
  const [search, setSearch] = useSearchParams();
  const named = search.get('range');
  const choose = useCallback(
    (range: RangeName) =>
      setSearch(before => ({ ...Object.fromEntries(before), range }), {
        replace: true,
      }),
    [setSearch],
  );
  return [isRangeName(named) ? named : defaultRange, choose];
}
