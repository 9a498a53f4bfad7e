import { useApi } from '@backstage/frontend-plugin-api';
import type { HistoryState } from '@homelab/plugin-heat-pump-react';
import { useAppQueryClient } from '@homelab/portal-react';
import type { TimeRange } from '@homelab/portal-react';
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { heatPumpApiRef } from '../api';
import type { HistoryRequest } from '../api';

/** Which stored readings a view shows. */
export interface HistoryView extends Omit<HistoryRequest, 'from' | 'to'> {
  /** A fixed range, or a duration up to now. */
  range: TimeRange | { lengthMs: number };
}

/** How stored readings are fetched. */
export interface HistoryOptions {
  /** Returns the server's time. */
  nowMs(): number;
  /** How often they are fetched again; false for a range that is past. */
  refreshMs: number | false;
}

/** Fetches stored readings; `null` fetches nothing. */
export function useHistory(
  view: HistoryView | null,
  options: HistoryOptions,
): HistoryState {
  const api = useApi(heatPumpApiRef);
  const { nowMs, refreshMs } = options;
  const { data, error, isFetching } = useQuery(
    {
      queryKey: ['heat-pump', 'history', view],
      queryFn:
        view === null
          ? skipToken
          : ({ signal }) => {
              const { range, ...request } = view;
              return api.getHistory(
                { ...request, ...boundsOf(range, nowMs()) },
                { signal },
              );
            },
      placeholderData: keepPreviousData,
      networkMode: 'always',
      retry: false,
      staleTime: refreshMs === false ? Infinity : 0,
      refetchInterval: refreshMs,
    },
    useAppQueryClient(),
  );
  return useMemo(
    () => ({ history: data, error: error ?? undefined, loading: isFetching }),
    [data, error, isFetching],
  );
}

function boundsOf(range: HistoryView['range'], nowMs: number) {
  if ('fromMs' in range) {
    return { from: new Date(range.fromMs), to: new Date(range.toMs) };
  }
  const toMs = Math.round(nowMs / 1000) * 1000;
  return { from: new Date(toMs - range.lengthMs), to: new Date(toMs) };
}
