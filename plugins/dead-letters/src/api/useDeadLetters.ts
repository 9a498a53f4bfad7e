import { useApi } from '@backstage/frontend-plugin-api';
import { usePolled, useRefresh } from '@homelab/portal-react';
import type { Polled, PollQuery } from '@homelab/portal-react';
import { createDeadLettersQueries } from './createDeadLettersQueries';
import type { DeadLettersQueries } from './createDeadLettersQueries';
import { deadLettersApiRef } from './DeadLettersApi';

/** An answer older than this is shown as stale. */
const staleAfterMs = 120_000;

/** Polls the backend for a component. */
export function useDeadLetters<T>(
  choose: (queries: DeadLettersQueries) => PollQuery<T>,
): Polled<T> {
  return usePolled(choose(useQueries()), { staleAfterMs });
}

/** Returns a function that refreshes every list of a cluster's redrives. */
export function useRedrivesRefresh(): (cluster: string) => void {
  const queries = useQueries();
  const refresh = useRefresh();
  return cluster => refresh(queries.redrives({ cluster }));
}

function useQueries(): DeadLettersQueries {
  return createDeadLettersQueries(useApi(deadLettersApiRef));
}
