import type { OverallSentence, Severity } from '@homelab/portal-common';
import type { GroupSummary } from './lag';
import { lagStatuses, severityOfStatus, worstStatus } from './status';
import type { LagStatus } from './status';

/** The number of groups of each status. */
export type GroupCounts = Record<LagStatus, number>;

/** Counts groups by status. */
export function countStatuses(
  groups: readonly Pick<GroupSummary, 'status'>[],
): GroupCounts {
  const counts = Object.fromEntries(
    lagStatuses.map(status => [status, 0]),
  ) as GroupCounts;
  for (const { status } of groups) counts[status] += 1;
  return counts;
}

/** One sentence about all groups, which come worst first. */
export function describeGroups(
  groups: readonly Pick<GroupSummary, 'sentence' | 'status'>[],
): OverallSentence {
  return describeCounts(countStatuses(groups), worstOf(groups)?.sentence);
}

/**
 * One sentence about all groups.
 *
 * @param worst the sentence of the worst group, used when it is the only one in trouble
 */
export function describeCounts(
  counts: GroupCounts,
  worst: string | undefined,
): OverallSentence {
  const total = sumOf(counts, lagStatuses);
  if (total === 0)
    return {
      severity: 'unknown',
      text: 'No consumer group has been seen yet.',
    };
  const [acting, watched] = (['act', 'watch'] as const).map(severity =>
    sumOf(counts, statusesOf(severity)),
  );
  if (acting + watched === 0) return describeCalm(counts, total);
  const severity = acting > 0 ? 'act' : 'watch';
  if (acting + watched === 1 && worst !== undefined)
    return { severity, text: worst };
  const kinds = (
    [
      [counts.NO_READER, 'has no reader', 'have no reader'],
      [counts.WARN, 'falls behind', 'fall behind'],
      [counts.ABANDONED, 'left a topic unread', 'left a topic unread'],
    ] as const
  ).filter(([count]) => count > 0);
  const parts = [
    ...(acting > 0
      ? [[acting, 'needs attention', 'need attention'] as const]
      : []),
    // Beside groups that need attention, several kinds of lesser trouble are one number.
    ...(acting > 0 && kinds.length > 1
      ? [[watched, 'to watch', 'to watch'] as const]
      : kinds),
  ];
  const text = parts
    .map(
      ([count, one, many], index) =>
        `${count} ${index === 0 ? `of ${total} groups` : 'more'} ${count === 1 ? one : many}`,
    )
    .join(', ');
  return { severity, text: `${text}.` };
}

/** The sentence when no group is in trouble. */
function describeCalm(counts: GroupCounts, total: number): OverallSentence {
  const unknown = sumOf(counts, statusesOf('unknown'));
  if (unknown === total)
    return {
      severity: 'unknown',
      text:
        counts.UNKNOWN > 0
          ? 'Warming up: the groups have not been watched long enough yet.'
          : 'The state of every group is unknown.',
    };
  const well = counts.OK + counts.ORPHANED;
  if (well + unknown === 0)
    return {
      severity: 'unknown',
      text: 'All groups are idle, with nothing unread.',
    };
  const parts = [
    keepUp(well, total),
    counts.IDLE === 0 ? '' : `${counts.IDLE} idle, with nothing unread`,
    notKnown(unknown, counts),
  ];
  return {
    // An unknown group may be in trouble.
    severity: unknown > 0 ? 'unknown' : 'ok',
    text: `${parts.filter(part => part !== '').join('; ')}.`,
  };
}

function keepUp(count: number, total: number): string {
  if (count === 0) return '';
  if (count === 1) return '1 group keeps up';
  return `${count === total ? 'All ' : ''}${count} groups keep up`;
}

function notKnown(count: number, counts: GroupCounts): string {
  if (count === 0) return '';
  if (count > counts.UNKNOWN)
    return `${count} more ${count === 1 ? 'is' : 'are'} unknown`;
  return `${count} more ${count === 1 ? 'is' : 'are'} still warming up`;
}

function statusesOf(severity: Severity): LagStatus[] {
  return lagStatuses.filter(status => severityOfStatus(status) === severity);
}

function sumOf(counts: GroupCounts, statuses: readonly LagStatus[]): number {
  return statuses.reduce((sum, status) => sum + counts[status], 0);
}

function worstOf<T extends Pick<GroupSummary, 'status'>>(
  groups: readonly T[],
): T | undefined {
  const worst = worstStatus(groups.map(({ status }) => status));
  return groups.find(({ status }) => status === worst);
}
