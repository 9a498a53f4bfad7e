import { useApi } from '@backstage/frontend-plugin-api';
import { usePolled, useRefresh } from '@homelab/portal-react';
import type { Polled, PollQuery } from '@homelab/portal-react';
import { consumerLagApiRef } from './ConsumerLagApi';
import type { GroupRef } from './ConsumerLagApi';
import { createLagQueries } from './createLagQueries';
import type { LagQueries } from './createLagQueries';

/** An answer older than this is shown as stale. */
const staleAfterMs = 45_000;
/** The same for what is polled every half minute. */
const slowStaleAfterMs = 120_000;

type Choose<T> = (queries: LagQueries) => PollQuery<T>;

/** Polls the backend for a component. */
export function useLag<T>(choose: Choose<T>): Polled<T> {
  return usePolled(choose(useLagQueries()), { staleAfterMs });
}

/** {@link useLag} for what changes seldom. */
export function useSlowLag<T>(choose: Choose<T>): Polled<T> {
  return usePolled(choose(useLagQueries()), {
    staleAfterMs: slowStaleAfterMs,
  });
}

/** Returns a function that refreshes a group and its offset resets after a change. */
export function useGroupRefresh(): (group: GroupRef) => void {
  const queries = useLagQueries();
  const refresh = useRefresh();
  return group => {
    refresh(queries.resets(group));
    refresh(queries.group(group));
  };
}

function useLagQueries(): LagQueries {
  return createLagQueries(useApi(consumerLagApiRef));
}
