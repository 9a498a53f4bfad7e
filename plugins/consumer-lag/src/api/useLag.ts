import { useApi } from '@backstage/frontend-plugin-api';
import { usePoll } from '@homelab/portal-react';
import type { Polled, PollStore } from '@homelab/portal-react';
import { lagStoresRef } from './LagStores';
import type { LagStores } from './LagStores';

/** An answer that was not renewed for this time is shown as stale. */
const staleAfterMs = 45_000;
/** Answers that are asked for every half minute may be older. */
const slowStaleAfterMs = 120_000;

/** Keeps a component up to date with one store. */
export function useLag<T>(
  choose: (stores: LagStores) => PollStore<T>,
): Polled<T> {
  return usePoll(choose(useApi(lagStoresRef)), { staleAfterMs });
}

/** {@link useLag} for what changes seldom. */
export function useSlowLag<T>(
  choose: (stores: LagStores) => PollStore<T>,
): Polled<T> {
  return usePoll(choose(useApi(lagStoresRef)), {
    staleAfterMs: slowStaleAfterMs,
  });
}
