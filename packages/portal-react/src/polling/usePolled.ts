import { useQuery } from '@tanstack/react-query';
import { useNow } from '../hooks/useNow';
import { useAppQueryClient } from './useAppQueryClient';

/** How often to poll. */
export interface PollPace {
  /** Between two requests while they succeed and the page is visible. */
  everyMs: number;
  /** The longest wait between two requests while they fail. */
  slowestMs: number;
  /** Timeout of a request. */
  requestMs: number;
}

/** A request that is repeated while a view shows its answer. */
export interface PollQuery<T> {
  /** Identifies the request; starts with the plugin id. Equal keys share one answer. */
  key: readonly unknown[];
  ask(signal: AbortSignal): Promise<T>;
  /** The backend's clock in an answer, ISO 8601. */
  serverTimeOf(answer: T): string;
  pace: PollPace;
}

/** What a view needs to render loading, errors, and stale and current answers. */
export interface Polled<T> {
  /** Absent until the first answer. */
  answer?: T;
  /** Why the last request failed; absent after a success. */
  error?: Error;
  /** Age of the last answer in milliseconds; absent before the first. */
  ageMs?: number;
  /** True when the answer is too old to be trusted. */
  stale: boolean;
  /** The backend's clock, in milliseconds since the epoch; ages are relative to it. */
  nowMs: number;
  /** Backend clock minus browser clock, in milliseconds. */
  clockOffsetMs: number;
  /** Requests a new answer now. */
  refresh(): void;
}

/**
 * Polls a backend for a component. Views with the same key share one request. While requests
 * fail, the last answer stays and each wait is twice the one before. A hidden page does not
 * poll; it polls at once when it becomes visible.
 */
export function usePolled<T>(
  query: PollQuery<T>,
  options: { staleAfterMs: number },
): Polled<T> {
  const { pace } = query;
  const result = useQuery(
    {
      queryKey: query.key,
      queryFn: ({ signal }) => askInTime(query, signal),
      networkMode: 'always',
      staleTime: 0,
      refetchInterval: pace.everyMs,
      refetchOnWindowFocus: 'always',
      retry: true,
      retryDelay: failures =>
        Math.min(pace.everyMs * 2 ** (failures + 1), pace.slowestMs),
    },
    useAppQueryClient(),
  );
  const tickMs = useNow(1000);
  const { data: answer, dataUpdatedAt: receivedAtMs } = result;
  // An answer can be newer than the last tick of the clock.
  const browserNowMs = Math.max(tickMs, receivedAtMs);
  const ageMs = answer === undefined ? undefined : browserNowMs - receivedAtMs;
  const clockOffsetMs =
    answer === undefined
      ? 0
      : Date.parse(query.serverTimeOf(answer)) - receivedAtMs;
  return {
    answer,
    error: result.failureReason ?? undefined,
    ageMs,
    stale: ageMs !== undefined && ageMs > options.staleAfterMs,
    nowMs: browserNowMs + clockOffsetMs,
    clockOffsetMs,
    refresh: () => void result.refetch(),
  };
}

async function askInTime<T>(
  { ask, pace }: PollQuery<T>,
  signal: AbortSignal,
): Promise<T> {
  const limit = new AbortController();
  const end = () => limit.abort(signal.reason);
  signal.addEventListener('abort', end);
  const deadline = setTimeout(
    () => limit.abort(new Error('The portal did not answer in time.')),
    pace.requestMs,
  );
  try {
    return await ask(limit.signal);
  } catch (error) {
    throw limit.signal.reason instanceof Error ? limit.signal.reason : error;
  } finally {
    clearTimeout(deadline);
    signal.removeEventListener('abort', end);
  }
}
