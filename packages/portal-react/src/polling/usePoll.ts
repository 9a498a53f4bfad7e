import { useSyncExternalStore } from 'react';
import { useNow } from '../hooks/useNow';
import type { PollStore } from './createPollStore';

/** What a view needs to draw loading, error, stale and good answers. */
export interface Polled<T> {
  /** Absent while the first answer is awaited or when it failed. */
  answer?: T;
  /** Why the last question failed. */
  error?: Error;
  /** Age of the last answer in milliseconds; absent before the first. */
  ageMs?: number;
  /** True when the answer is too old to be believed. */
  stale: boolean;
  /** The backend's clock, in milliseconds since the epoch: ages count from it. */
  nowMs: number;
  /** Backend clock minus browser clock, in milliseconds. */
  clockOffsetMs: number;
  /** Asks at once. */
  refresh(): void;
}

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
