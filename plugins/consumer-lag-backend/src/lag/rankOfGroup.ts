import { rankOfStatus } from '@homelab/plugin-consumer-lag-common';
import type { GroupSummary } from '@homelab/plugin-consumer-lag-common';

/** Seconds behind that fit between two statuses: 3 years, in an integer of 32 bits. */
const stepSeconds = 1e8;

/**
 * Place of a group in the order worst first, over all clusters: by status, and where it is in
 * trouble, the longest behind first. The others change places by nothing but their status, so
 * that rows do not jump.
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
