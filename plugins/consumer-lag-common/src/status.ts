import type { Severity } from '@homelab/portal-common';

/**
 * The statuses of a partition that a group reads, worst first. A group has the status of its
 * worst partition.
 * - `LOSS`: records were, or may have been, deleted before the group read them
 * - `STOP`: it lags, its offsets do not move, and no member holds it
 * - `STALL`: it lags and its offsets do not move, although a member holds it
 * - `REWIND`: its offset went back and has not yet returned to where it was
 * - `NO_READER`: groups only: a catalog entity names it, and it has no member
 * - `WARN`: its lag has not fallen once in the window
 * - `ABANDONED`: it lags, and the members of the group no longer read this topic
 * - `UNREADABLE`: Kafka did not answer; `problem` says why
 * - `UNKNOWN`: not watched long enough to judge
 * - `NO_COMMIT`: it has never committed, or its commits have expired
 * - `ORPHANED`: the Kafka topic or partition is gone
 * - `IDLE`: groups only: it has no member, and no catalog entity needs one
 * - `OK`: it keeps up
 */
export const lagStatuses = [
  'LOSS',
  'STOP',
  'STALL',
  'REWIND',
  'NO_READER',
  'WARN',
  'ABANDONED',
  'UNREADABLE',
  'UNKNOWN',
  'NO_COMMIT',
  'ORPHANED',
  'IDLE',
  'OK',
] as const;

/** One of {@link lagStatuses}. */
export type LagStatus = (typeof lagStatuses)[number];

const severityOf: Record<LagStatus, Severity> = {
  LOSS: 'act',
  STOP: 'act',
  STALL: 'act',
  REWIND: 'act',
  NO_READER: 'watch',
  WARN: 'watch',
  ABANDONED: 'watch',
  UNREADABLE: 'unknown',
  UNKNOWN: 'unknown',
  NO_COMMIT: 'unknown',
  ORPHANED: 'ok',
  IDLE: 'ok',
  OK: 'ok',
};

/** How serious a status is. */
export function severityOfStatus(status: LagStatus): Severity {
  return severityOf[status];
}

/** The rank of a status; 0 is the worst. */
export function rankOfStatus(status: LagStatus): number {
  return lagStatuses.indexOf(status);
}

/** The worst of some statuses; undefined when there are none. */
export function worstStatus(
  statuses: Iterable<LagStatus>,
): LagStatus | undefined {
  let worst: LagStatus | undefined;
  for (const status of statuses) {
    if (worst === undefined || rankOfStatus(status) < rankOfStatus(worst))
      worst = status;
  }
  return worst;
}

/** Statuses in words, for the pages. */
export const statusWords: Record<LagStatus, string> = {
  LOSS: 'Records lost',
  STOP: 'Stopped',
  STALL: 'Stalled',
  REWIND: 'Rewound',
  NO_READER: 'Nobody reads',
  WARN: 'Falling behind',
  ABANDONED: 'No longer read',
  UNREADABLE: 'Unreadable',
  UNKNOWN: 'Warming up',
  NO_COMMIT: 'No commits',
  ORPHANED: 'Topic gone',
  IDLE: 'Idle',
  OK: 'Keeps up',
};
