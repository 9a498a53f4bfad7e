import { maxHistoryDays } from '@homelab/plugin-heat-pump-common';
import { defaultRange, isRangeName } from '@homelab/plugin-heat-pump-react';
import type { RangeName, RangeView } from '@homelab/plugin-heat-pump-react';
import { useQueryChange } from '@homelab/portal-react';
import type { TimeRange } from '@homelab/portal-react';
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

const dayMs = 86_400_000;

/** The selected range and zoom: `?range=7d`, and `?from=…&to=…` in ISO 8601. */
export function useRange(): Omit<RangeView, 'shown'> {
  const [query] = useSearchParams();
  const change = useQueryChange();
  const name = query.get('range');
  const from = query.get('from');
  const to = query.get('to');
  const zoom = useMemo(() => zoomOf(from, to), [from, to]);
  const setRange = useCallback(
    (next: RangeName) =>
      change({
        range: next === defaultRange ? null : next,
        from: null,
        to: null,
      }),
    [change],
  );
  const setZoom = useCallback(
    (next: TimeRange | null) =>
      change({
        from: next && new Date(next.fromMs).toISOString(),
        to: next && new Date(next.toMs).toISOString(),
      }),
    [change],
  );
  const range = isRangeName(name) ? name : defaultRange;
  return useMemo(
    () => ({ range, setRange, zoom, setZoom }),
    [range, setRange, zoom, setZoom],
  );
}

/** The zoom of a URL; null for one that is none, or longer than is stored at once. */
export function zoomOf(
  from: string | null,
  to: string | null,
): TimeRange | null {
  const fromMs = Date.parse(from ?? '');
  const toMs = Date.parse(to ?? '');
  const lengthMs = toMs - fromMs;
  const isRange = lengthMs > 0 && lengthMs <= maxHistoryDays * dayMs;
  return isRange ? { fromMs, toMs } : null;
}
