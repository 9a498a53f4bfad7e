import { severities } from '@homelab/plugin-consumer-lag-common';
import type {
  GroupSummary,
  Severity,
} from '@homelab/plugin-consumer-lag-common';
import type { Sorting } from '@homelab/portal-react';

/** A filter of groups. */
export interface GroupFilter {
  /** A part of the name of the group, a topic or an owner. */
  text: string;
  cluster: string | null;
  /** Empty means all. */
  severities: ReadonlySet<Severity>;
}

export const groupColumns = [
  'worst',
  'group',
  'time-lag',
  'lag',
  'produced',
  'owner',
  'read',
] as const;

export type GroupColumn = (typeof groupColumns)[number];

export type GroupSorting = Sorting<GroupColumn>;

/** The groups that match a filter, ignoring its severities. */
export function findGroups(
  groups: readonly GroupSummary[],
  filter: Pick<GroupFilter, 'text' | 'cluster'>,
): GroupSummary[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return groups.filter(group => {
    if (filter.cluster !== null && group.cluster !== filter.cluster) {
      return false;
    }
    const names = [group.groupId, ...group.topics, ...group.ownerRefs]
      .join(' ')
      .toLowerCase();
    return words.every(word => names.includes(word));
  });
}

/** The number of groups of each severity. */
export function countSeverities(
  groups: readonly GroupSummary[],
): Record<Severity, number> {
  const counts = { act: 0, watch: 0, unknown: 0, ok: 0 };
  for (const { severity } of groups) counts[severity] += 1;
  return counts;
}

/** Parses severities from the URL, ignoring anything else. */
export function parseSeverities(text: string | null): Set<Severity> {
  const names = (text ?? '').split(',');
  return new Set(severities.filter(severity => names.includes(severity)));
}

/** Sorts groups; unknown values come last in both directions. */
export function sortGroups(
  groups: readonly GroupSummary[],
  { by, isFalling }: GroupSorting,
): GroupSummary[] {
  // The backend sends the worst first.
  if (by === 'worst') return isFalling ? [...groups] : [...groups].reverse();
  const known = groups.filter(group => valueOf(group, by) !== null);
  const unknown = groups.filter(group => valueOf(group, by) === null);
  const sorted = [...known].sort((a, b) =>
    compare(valueOf(a, by), valueOf(b, by)),
  );
  return [...(isFalling ? sorted.reverse() : sorted), ...unknown];
}

type Comparable = bigint | number | string;

function valueOf(
  group: GroupSummary,
  by: Exclude<GroupColumn, 'worst'>,
): Comparable | null {
  switch (by) {
    case 'group':
      return group.groupId.toLowerCase();
    case 'time-lag':
      return group.timeLag.ms;
    case 'lag':
      return group.lag === null ? null : BigInt(group.lag);
    case 'produced':
      return group.producedPerSecond;
    case 'owner':
      return group.ownerRefs[0] ?? null;
    case 'read':
      return group.readAt;
  }
}

function compare(a: Comparable | null, b: Comparable | null): number {
  if (a === b || a === null || b === null) return 0;
  return a < b ? -1 : 1;
}
