import { useApi } from '@backstage/frontend-plugin-api';
import { usePolled } from '@homelab/portal-react';
import type { Polled } from '@homelab/portal-react';
import type {
  TargetHealth,
  TargetsResponse,
} from '@homelab/plugin-system-health-common';
import { systemHealthApiRef } from './SystemHealthApi';

/** Health older than this is shown as stale, in milliseconds. */
export const staleAfterMs = 20_000;

/** What a view needs to render loading, errors, and stale and current health. */
export interface SystemHealth extends Omit<
  Polled<TargetsResponse>,
  'answer' | 'clockOffsetMs'
> {
  /** Absent until the first answer. */
  targets?: readonly TargetHealth[];
}

/** Polls the health of the system for a component. */
export function useSystemHealth(): SystemHealth {
  const api = useApi(systemHealthApiRef);
  const { answer, ...rest } = usePolled(
    {
      key: ['system-health', 'targets'],
      ask: signal => api.getTargets({ signal }),
      serverTimeOf: ({ now }) => now,
      pace: { everyMs: 5_000, slowestMs: 60_000, requestMs: 10_000 },
    },
    { staleAfterMs },
  );
  return { ...rest, targets: answer?.targets };
}
