import { setTimeout as delay } from 'node:timers/promises';
import type { ConnectionState } from '@homelab/service-kit';
import { describeDatabaseError } from './classify-database-error.ts';

/** Watches whether the database answers and has the schema. */
export interface DatabaseWatch {
  /** Resolves once the database has been ready; rejects when stopped before. */
  readonly fit: Promise<void>;
  state(): ConnectionState;
  start(): void;
  /** Resolves when the last check has ended. */
  stop(): Promise<void>;
}

/** Creates a watch that calls `check` every `intervalMs` from `start` to `stop`. */
export function createDatabaseWatch(deps: {
  check: () => Promise<ConnectionState>;
  intervalMs?: number;
}): DatabaseWatch {
  const { check, intervalMs = 2_000 } = deps;
  const stopping = new AbortController();
  const fit = Promise.withResolvers<void>();
  // Nobody may be waiting when the watch stops.
  fit.promise.catch(() => {});
  let state: ConnectionState = { ok: false, detail: 'not checked yet' };
  let loop: Promise<void> | undefined;

  async function watch(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        state = await check();
        if (state.ok) fit.resolve();
      } catch (error) {
        state = { ok: false, detail: describeDatabaseError(error) };
      }
      await delay(intervalMs, undefined, { signal: stopping.signal }).catch(
        () => {},
      );
    }
  }

  return {
    fit: fit.promise,
    state: () => state,
    start() {
      loop ??= watch();
    },
    async stop() {
      stopping.abort();
      fit.reject(
        new Error('The sink was stopped before the database was ready.'),
      );
      await loop;
    },
  };
}
