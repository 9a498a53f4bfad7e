import { useQuery } from '@tanstack/react-query';
import { useNow } from '../hooks/useNow';
import { useAppQueryClient } from './useAppQueryClient';

/** How often a question is asked. */
export interface PollPace {
  /** Between two questions while all is well and the page is seen. */
  everyMs: number;
  /** The longest wait between two questions while they fail. */
  slowestMs: number;
  /** A question is given up after this time. */
  requestMs: number;
}

/** A question to a backend that is asked again and again while somebody looks. */
export interface PollQuery<T> {
  /** Names the question; begins with the id of the plugin. Equal keys share one answer. */
  key: readonly unknown[];
  ask(signal: AbortSignal): Promise<T>;
  /** The backend's clock in an answer, ISO 8601. */
  serverTimeOf(answer: T): string;
  pace: PollPace;
}

/** What a view needs to draw loading, error, stale and good answers. */
export interface Polled<T> {
  /** Absent while the first answer is awaited or when it failed. */
  answer?: T;
  /** Why the last question failed; absent after a good answer. */
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

/**
 * Keeps a component up to date with an answer of a backend, and its age. Views that ask the
 * same share one request. While questions fail the last answer stays, and each wait is twice
 * as long as the one before; while the page is hidden nothing is asked, and at once when it
 * is seen again.
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
