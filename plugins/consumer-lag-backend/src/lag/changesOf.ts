import type {
  GroupDetail,
  GroupEvent,
  LagStatus,
} from '@homelab/plugin-consumer-lag-common';

/** A group at the previous poll. */
export interface GroupBefore {
  readonly status: LagStatus;
  readonly state: string | null;
  /** See {@link fingerprintOf}. */
  readonly members: string | null;
}

/** Statuses that say nothing about the group: entering or leaving them is no event. */
const vague: ReadonlySet<LagStatus> = new Set(['UNKNOWN', 'UNREADABLE']);

/** The events of a group between two polls, for its charts. */
export function changesOf(
  group: GroupDetail,
  fingerprint: string,
  before: GroupBefore | undefined,
  at: string,
): (GroupEvent & { groupId: string })[] {
  if (before === undefined) return [];
  const { groupId } = group;
  const events: (GroupEvent & { groupId: string })[] = [];
  if (
    group.status !== before.status &&
    !(
      vague.has(group.status) ||
      (vague.has(before.status) && group.status === 'OK')
    )
  )
    events.push({
      at,
      groupId,
      kind: 'status',
      severity: group.severity,
      text: group.sentence,
    });
  if (isRebalancing(group.state) && !isRebalancing(before.state))
    events.push({
      at,
      groupId,
      kind: 'rebalance',
      severity: 'unknown',
      text: 'A rebalance started.',
    });
  if (
    before.members !== null &&
    before.members !== fingerprint &&
    !isRebalancing(group.state)
  )
    events.push({
      at,
      groupId,
      kind: 'members',
      severity: 'unknown',
      text: memberChange(countOf(before.members), group.memberCount),
    });
  return events;
}

function isRebalancing(state: string | null): boolean {
  return state?.endsWith('Rebalance') ?? false;
}

function memberChange(before: number, now: number): string {
  const count = now === 1 ? '1 member' : `${now} members`;
  return before === now
    ? `The partitions were reassigned among ${count}.`
    : `${count}, previously ${before}.`;
}

/** A fingerprint that changes when members join, leave, or hold other partitions. */
export function fingerprintOf(
  members: GroupDetail['members'],
  hash: (text: string) => string,
): string {
  const held = members
    .map(({ memberId, assigned }) => JSON.stringify([memberId, assigned]))
    .toSorted();
  return `${members.length}:${hash(held.join())}`;
}

function countOf(fingerprint: string): number {
  return Number(fingerprint.split(':', 1)[0]);
}
