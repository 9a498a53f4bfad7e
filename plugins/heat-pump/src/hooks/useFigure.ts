import { useApi } from '@backstage/frontend-plugin-api';
import type { Figure } from '@homelab/plugin-heat-pump-react';
import { useAppQueryClient } from '@homelab/portal-react';
import type { TimeRange } from '@homelab/portal-react';
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { heatPumpApiRef } from '../api';
import type { FigureOptions, HeatPumpApi } from '../api';

const usualRefreshMs = 60_000;

interface Options {
  /** A range up to now; without any the backend's own. */
  lengthMs?: number;
  /** A fixed range instead. */
  range?: TimeRange;
  refreshMs?: number;
  /** Which part of the figure is asked for, where there are several. */
  part?: string;
}

/** Fetches a figure of a device and keeps it current; without a device nothing is fetched. */
export function useFigure<T>(
  name: string,
  deviceId: string | undefined,
  ask: (
    api: HeatPumpApi,
    deviceId: string,
    options: FigureOptions,
  ) => Promise<T>,
  options: Options = {},
): Figure<T> {
  const api = useApi(heatPumpApiRef);
  const { lengthMs, range, refreshMs = usualRefreshMs, part } = options;
  const { data, error } = useQuery(
    {
      queryKey: ['heat-pump', name, deviceId, lengthMs, range, part],
      queryFn:
        deviceId === undefined
          ? skipToken
          : ({ signal }) =>
              ask(api, deviceId, { ...boundsOf(options), signal }),
      placeholderData: keepPreviousData,
      networkMode: 'always',
      retry: false,
      refetchInterval: refreshMs,
    },
    useAppQueryClient(),
  );
  return useMemo(
    () => ({ value: data, error: error ?? undefined }),
    [data, error],
  );
}

function boundsOf({ lengthMs, range }: Options): FigureOptions {
  if (range !== undefined) {
    return { from: new Date(range.fromMs), to: new Date(range.toMs) };
  }
  return lengthMs === undefined
    ? {}
    : { from: new Date(Date.now() - lengthMs) };
}
