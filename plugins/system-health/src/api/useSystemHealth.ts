import { useEffect, useState, useSyncExternalStore } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type { TargetHealth } from '@homelab/plugin-system-health-common';
import { healthStoreRef } from './HealthStore';

/** Health older than this is shown as stale, in milliseconds. */
export const staleAfterMs = 20_000;

/** What a view needs to draw loading, error, stale and good health. */
export interface SystemHealth {
  /** Absent while the first answer is awaited or when it failed. */
  targets?: readonly TargetHealth[];
  /** Why the last question failed. */
  error?: Error;
  /** Age of the last answer in milliseconds; absent before the first. */
  ageMs?: number;
  /** True when the answer is too old to be believed. */
  stale: boolean;
  /** The backend's clock, in milliseconds since the epoch: ages count from it. */
  nowMs: number;
  /** Asks at once. */
  refresh(): void;
}

function useClock(everyMs: number): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return nowMs;
}

/** Keeps a component up to date with the health of the system. */
export function useSystemHealth(): SystemHealth {
  const store = useApi(healthStoreRef);
  const snapshot = useSyncExternalStore(store.subscribe, store.snapshot);
  const tickMs = useClock(1000);
  // An answer can be newer than the last tick of the clock.
  const browserNowMs = Math.max(tickMs, snapshot.receivedAtMs ?? 0);
  const ageMs =
    snapshot.receivedAtMs === undefined
      ? undefined
      : browserNowMs - snapshot.receivedAtMs;
  return {
    targets: snapshot.targets,
    error: snapshot.error,
    ageMs,
    stale: ageMs !== undefined && ageMs > staleAfterMs,
    nowMs: browserNowMs + snapshot.clockOffsetMs,
    refresh: store.refresh,
  };
}
