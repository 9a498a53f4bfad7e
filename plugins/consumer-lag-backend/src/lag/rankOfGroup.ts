import { rankOfStatus } from '@homelab/plugin-consumer-lag-common';
import type { GroupSummary } from '@homelab/plugin-consumer-lag-common';

/** Seconds behind that fit between two statuses: 3 years, in a 32-bit integer. */
const stepSeconds = 1e8;

/**
 * The rank of a group, worst first, over all clusters: by status, and in trouble by time lag.
 * Groups without trouble only move when their status changes, so that rows do not jump.
 */
export function rankOfGroup({
  status,
  severity,
  timeLag,
}: Pick<GroupSummary, 'status' | 'severity' | 'timeLag'>): number {
  const isInTrouble = severity === 'act' || severity === 'watch';
  const behindSeconds = isInTrouble ? (timeLag.ms ?? 0) / 1000 : 0;
  return (
    (rankOfStatus(status) + 1) * stepSeconds -
    Math.min(stepSeconds - 1, Math.round(behindSeconds))
  );
}
