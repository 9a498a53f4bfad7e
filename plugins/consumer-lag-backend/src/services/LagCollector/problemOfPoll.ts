import type { Problem } from '@homelab/plugin-consumer-lag-common';

/** The scheduler lets a poll last this long at least before it ends it. */
export const shortestTimeoutMs = 60_000;

/** What a failed poll is called on pages; undefined when it only ended with its process. */
export function problemOfPoll(
  error: unknown,
  poll: { readonly isAborted: boolean; readonly lastedMs: number },
): Problem | undefined {
  const problem = problemOf(error);
  if (problem.code === 'CLOSED') return undefined;
  if (!poll.isAborted) return problem;
  if (poll.lastedMs < shortestTimeoutMs - 1_000) return undefined;
  return {
    code: 'POLL_TIMEOUT',
    message: `The poll was not done after ${Math.round(poll.lastedMs / 1000)} s: look which broker hangs, or set a smaller requestTimeoutMs for the cluster.`,
  };
}

/** What any failure is called. */
export function problemOf(error: unknown): Problem {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return {
    code: typeof code === 'string' ? code : 'UNKNOWN',
    message:
      typeof message === 'string' && message !== ''
        ? message
        : 'It failed without a message.',
  };
}
