import { useApi } from '@backstage/frontend-plugin-api';
import type { PipelinesResponse } from '@homelab/plugin-pipelines-common';
import { usePolled } from '@homelab/portal-react';
import type { Polled } from '@homelab/portal-react';
import { pipelinesApiRef } from './PipelinesApi';

/** An answer older than this is shown as stale. */
const staleAfterMs = 40_000;

/** Polls the pipelines of these names for a component. */
export function usePipelines(
  names: readonly string[],
): Polled<PipelinesResponse> {
  const api = useApi(pipelinesApiRef);
  return usePolled(
    {
      key: ['pipelines', names],
      ask: signal => api.getPipelines(names, { signal }),
      serverTimeOf: ({ now }) => now,
      pace: { everyMs: 10_000, slowestMs: 60_000, requestMs: 15_000 },
    },
    { staleAfterMs },
  );
}
