import { useApi } from '@backstage/frontend-plugin-api';
import { usePolled } from '@homelab/portal-react';
import type { Polled } from '@homelab/portal-react';
import { timescaleExplorerApiRef } from './TimescaleExplorerApi';
import type { TimescaleExplorerApi } from './TimescaleExplorerApi';

/** Nothing here changes from one second to the next, and every request is work for a database. */
const pace = { everyMs: 30_000, slowestMs: 300_000, requestMs: 30_000 };

/** An answer older than this is shown as stale. */
const staleAfterMs = 120_000;

/** Polls the backend for a component; equal keys share a request. */
export function useExplorer<T extends { now: string }>(
  key: readonly string[],
  ask: (api: TimescaleExplorerApi, signal: AbortSignal) => Promise<T>,
): Polled<T> {
  const api = useApi(timescaleExplorerApiRef);
  return usePolled(
    {
      key: ['timescale-explorer', ...key],
      ask: signal => ask(api, signal),
      serverTimeOf: ({ now }) => now,
      pace,
    },
    { staleAfterMs },
  );
}
