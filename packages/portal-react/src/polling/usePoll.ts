import { useSyncExternalStore } from 'react';
import { useNow } from '../hooks/useNow';
import type { PollStore } from './createPollStore';
import type { Polled } from './usePolled';

/** Keeps a component up to date with a store, and the age of what it says. */
export function usePoll<T>(
  store: PollStore<T>,
  options: { staleAfterMs: number },
): Polled<T> {
  const snapshot = useSyncExternalStore(store.subscribe, store.snapshot);
  const tickMs = useNow(1000);
  // An answer can be newer than the last tick of the clock.
  const browserNowMs = Math.max(tickMs, snapshot.receivedAtMs ?? 0);
  const ageMs =
    snapshot.receivedAtMs === undefined
      ? undefined
      : browserNowMs - snapshot.receivedAtMs;
  return {
    answer: snapshot.answer,
    error: snapshot.error,
    ageMs,
    stale: ageMs !== undefined && ageMs > options.staleAfterMs,
    nowMs: browserNowMs + snapshot.clockOffsetMs,
    clockOffsetMs: snapshot.clockOffsetMs,
    refresh: store.refresh,
  };
}
