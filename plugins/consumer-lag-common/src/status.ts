import type { Severity } from '@homelab/portal-common';

/**
 * What is known of a partition that a group reads, worst first. Of a group it is the worst of
 * its partitions.
 * - `LOSS`: records were deleted before the group had read them, or may have been
 * - `STOP`: it lags, its offsets do not move, and no member holds it
 * - `STALL`: it lags and its offsets do not move, although a member holds it
 * - `REWIND`: its offset went back and has not come up to where it was
 * - `NO_READER`: only of a group: an entity of the catalog reads by it, and it has no member
 * - `WARN`: its lag has not fallen once in the window
 * - `ABANDONED`: it lags, and the members of the group no longer read this topic
 * - `UNREADABLE`: Kafka did not say; the problem tells why
 * - `UNKNOWN`: seen for too short a time to judge
 * - `NO_COMMIT`: it has never committed, or what it had committed has expired
 * - `ORPHANED`: the Kafka topic or partition is gone
 * - `IDLE`: only of a group: it has no member, and nobody is known to need one
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

/** Tells how much a status matters. */
export function severityOfStatus(status: LagStatus): Severity {
  return severityOf[status];
}

/** Place in the order worst first; 0 is the worst. */
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

/** The words for a status, as pages write them. */
export const statusWords: Record<LagStatus, string> = {
  LOSS: 'Records lost',
  STOP: 'Stopped',
  STALL: 'Stalled',
  REWIND: 'Rewound',
  NO_READER: 'Nobody reads',
  WARN: 'Falling behind',
  ABANDONED: 'No longer read',
  UNREADABLE: 'Not readable',
  UNKNOWN: 'Warming up',
  NO_COMMIT: 'No commits',
  ORPHANED: 'Topic gone',
  IDLE: 'Idle',
  OK: 'Keeps up',
};
