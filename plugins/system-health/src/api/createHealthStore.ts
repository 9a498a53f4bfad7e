import type { TargetHealth } from '@homelab/plugin-system-health-common';
import type { SystemHealthApi } from './SystemHealthApi';

/** What is known in the browser at one moment. */
export interface HealthSnapshot {
  /** Absent until the first answer. */
  targets?: readonly TargetHealth[];
  /** Browser clock at the last answer, in milliseconds since the epoch. */
  receivedAtMs?: number;
  /** Backend clock minus browser clock, in milliseconds. */
  clockOffsetMs: number;
  /** Why the last question failed; absent after a good answer. */
  error?: Error;
}

/** Health that is kept fresh while somebody looks. */
export interface HealthStore {
  snapshot(): HealthSnapshot;
  /** Polls from the first subscriber to the last; returns the way out. */
  subscribe(onChange: () => void): () => void;
  /** Asks at once. */
  refresh(): void;
}

/** The pace of polling, in milliseconds. */
export const pollMs = { visible: 5_000, slowest: 60_000, request: 10_000 };

/** The parts of the page's `document` that tell whether anybody looks. */
export type Visibility = Pick<
  Document,
  'hidden' | 'addEventListener' | 'removeEventListener'
>;

/**
 * Creates one poller for all widgets on a page, so that they agree and ask once. While
 * the page is hidden or answers fail, each wait is twice as long as the one before, up
 * to a minute; it asks at once when the page is seen again.
 */
export function createHealthStore(deps: {
  api: SystemHealthApi;
  visibility: Visibility;
  now: () => number;
}): HealthStore {
  const { api, visibility, now } = deps;
  const listeners = new Set<() => void>();
  let snapshot: HealthSnapshot = { clockOffsetMs: 0 };
  let waitMs = pollMs.visible;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let current: AbortController | undefined;

  function publish(next: HealthSnapshot) {
    snapshot = next;
    for (const listener of listeners) listener();
  }

  async function ask() {
    clearTimeout(timer);
    current?.abort();
    const mine = new AbortController();
    current = mine;
    const deadline = setTimeout(
      () => mine.abort(new Error('The portal did not answer in time.')),
      pollMs.request,
    );
    try {
      const { now: serverNow, targets } = await api.getTargets({
        signal: mine.signal,
      });
      if (current !== mine) return;
      const receivedAtMs = now();
      publish({
        targets,
        receivedAtMs,
        clockOffsetMs: Date.parse(serverNow) - receivedAtMs,
      });
      waitMs = visibility.hidden
        ? Math.min(waitMs * 2, pollMs.slowest)
        : pollMs.visible;
    } catch (error) {
      if (current !== mine) return;
      publish({
        ...snapshot,
        error: error instanceof Error ? error : new Error(String(error)),
      });
      waitMs = Math.min(waitMs * 2, pollMs.slowest);
    } finally {
      clearTimeout(deadline);
      if (current === mine && listeners.size > 0) {
        timer = setTimeout(ask, waitMs);
      }
    }
  }

  function onVisibilityChange() {
    if (visibility.hidden) return;
    waitMs = pollMs.visible;
    void ask();
  }

  return {
    snapshot: () => snapshot,
    refresh: () => void ask(),
    subscribe(onChange) {
      listeners.add(onChange);
      if (listeners.size === 1) {
        visibility.addEventListener('visibilitychange', onVisibilityChange);
        waitMs = pollMs.visible;
        void ask();
      }
      return () => {
        listeners.delete(onChange);
        if (listeners.size > 0) return;
        visibility.removeEventListener('visibilitychange', onVisibilityChange);
        clearTimeout(timer);
        current?.abort();
        current = undefined;
      };
    },
  };
}
