import type { Problem } from '@homelab/plugin-consumer-lag-common';
import { toProblem } from '../toProblem';

/** The scheduler's minimum timeout of a poll. */
export const shortestTimeoutMs = 60_000;

/** The problem of a failed poll, for pages; undefined when it was aborted by a shutdown. */
export function problemOfPoll(
  error: unknown,
  poll: { readonly isAborted: boolean; readonly lastedMs: number },
): Problem | undefined {
  const problem = toProblem(error);
  if (problem.code === 'CLOSED') return undefined;
  if (!poll.isAborted) return problem;
  if (poll.lastedMs < shortestTimeoutMs - 1_000) return undefined;
  return {
    code: 'POLL_TIMEOUT',
    message: `The poll did not finish within ${Math.round(poll.lastedMs / 1000)} s: find the broker that hangs, or set a smaller requestTimeoutMs for the cluster.`,
  };
}
