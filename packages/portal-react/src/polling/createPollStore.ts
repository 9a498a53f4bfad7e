/** What is known in the browser at one moment. */
export interface PollSnapshot<T> {
  /** The last good answer; absent until the first. */
  answer?: T;
  /** Browser clock at the last good answer, in milliseconds since the epoch. */
  receivedAtMs?: number;
  /** Backend clock minus browser clock, in milliseconds. */
  clockOffsetMs: number;
  /** Why the last request failed; absent after a success. */
  error?: Error;
}

/** An answer that is kept fresh while somebody looks. */
export interface PollStore<T> {
  snapshot(): PollSnapshot<T>;
  /** Polls from the first subscriber to the last; returns the way out. */
  subscribe(onChange: () => void): () => void;
  /** Requests a new answer now. */
  refresh(): void;
}

/** How often a store asks. */
export interface PollPace {
  /** Between two requests while they succeed and the page is visible. */
  everyMs: number;
  /** The longest wait after failures, or while the page is hidden. */
  slowestMs: number;
  /** Timeout of a request. */
  requestMs: number;
  /** Ask nothing while the page is hidden, instead of ever more seldom. */
  stopsWhenHidden?: boolean;
}

/** The parts of the page's `document` that tell whether anybody looks. */
export type Visibility = Pick<
  Document,
  'hidden' | 'addEventListener' | 'removeEventListener'
>;

/**
 * Creates one poller for all views on a page, so that they agree and ask once. While the
 * page is hidden or answers fail, each wait is twice as long as the one before, up to the
 * slowest; it asks at once when the page is seen again.
 *
 * @param deps.ask asks the backend, whose answer tells its clock in `now`
 */
export function createPollStore<T extends { now: string }>(deps: {
  ask(signal: AbortSignal): Promise<T>;
  pace: PollPace;
  visibility: Visibility;
  now: () => number;
}): PollStore<T> {
  const { pace, visibility, now } = deps;
  const listeners = new Set<() => void>();
  let snapshot: PollSnapshot<T> = { clockOffsetMs: 0 };
  let waitMs = pace.everyMs;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let current: AbortController | undefined;

  function publish(next: PollSnapshot<T>) {
    snapshot = next;
    for (const listener of listeners) listener();
  }

  function slower() {
    waitMs = Math.min(waitMs * 2, pace.slowestMs);
  }

  async function ask() {
    clearTimeout(timer);
    current?.abort();
    const mine = new AbortController();
    current = mine;
    const deadline = setTimeout(
      () => mine.abort(new Error('The portal did not answer in time.')),
      pace.requestMs,
    );
    try {
      const answer = await deps.ask(mine.signal);
      if (current !== mine) return;
      const receivedAtMs = now();
      publish({
        answer,
        receivedAtMs,
        clockOffsetMs: Date.parse(answer.now) - receivedAtMs,
      });
      if (visibility.hidden) slower();
      else waitMs = pace.everyMs;
    } catch (error) {
      if (current !== mine) return;
      publish({
        ...snapshot,
        error: error instanceof Error ? error : new Error(String(error)),
      });
      slower();
    } finally {
      clearTimeout(deadline);
      if (current === mine) askLater();
    }
  }

  function askLater() {
    const mayAsk = !(pace.stopsWhenHidden && visibility.hidden);
    if (listeners.size > 0 && mayAsk) timer = setTimeout(ask, waitMs);
  }

  function onVisibilityChange() {
    if (visibility.hidden) {
      if (pace.stopsWhenHidden) clearTimeout(timer);
      return;
    }
    waitMs = pace.everyMs;
    void ask();
  }

  return {
    snapshot: () => snapshot,
    refresh: () => void ask(),
    subscribe(onChange) {
      listeners.add(onChange);
      if (listeners.size === 1) {
        visibility.addEventListener('visibilitychange', onVisibilityChange);
        waitMs = pace.everyMs;
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
