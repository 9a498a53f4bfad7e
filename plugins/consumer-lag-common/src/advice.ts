import type { GroupDetail } from './lag';
import type { LagStatus } from './status';

/** The fields of a group that advice uses. */
export type AdvisedGroup = Pick<
  GroupDetail,
  | 'status'
  | 'memberCount'
  | 'partitionCount'
  | 'protocolType'
  | 'skew'
  | 'problem'
  | 'partitions'
>;

/** What to do about a group, in a sentence or two; null when nothing needs doing. */
export function adviseGroup(group: AdvisedGroup): string | null {
  return adviceOn[group.status](group);
}

const adviceOn: Record<LagStatus, (group: AdvisedGroup) => string | null> = {
  LOSS: group => {
    const keep =
      'raise the retention of the Kafka topic until the group has caught up. Deleted records cannot be recovered.';
    return hasStopped(group)
      ? `Start its consumer, and ${keep}`
      : `${keep.charAt(0).toUpperCase()}${keep.slice(1)}`;
  },
  STOP: ({ memberCount }) =>
    memberCount > 0
      ? 'Find out why its members skip these partitions: perhaps they are assigned by hand, or the partitions are newer than the assignment. Restarting its consumers assigns all of them.'
      : startIt,
  STALL: group => {
    const stalled = group.partitions.find(({ status }) => status === 'STALL');
    const place =
      stalled === undefined
        ? 'the record it is stuck at'
        : `${stalled.topic}-${stalled.partition}${stalled.committed === null ? '' : `, offset ${stalled.committed}`}`;
    const reader =
      stalled?.memberId === null
        ? 'Find the consumer that reads'
        : 'Search the log of its consumer for';
    return `${reader} ${place}. If that record cannot be processed, stop the group and move its offset past it.`;
  },
  REWIND: () =>
    'If nobody moved its offsets on purpose, check what changed at that time. It repeats past work until it has caught up.',
  NO_READER: () => startIt,
  WARN: adviseSlow,
  ABANDONED: ({ partitions }) => {
    const topics = partitions
      .filter(({ status }) => status === 'ABANDONED')
      .map(({ topic }) => topic);
    const names = [...new Set(topics)].join(', ');
    return `If its consumers should read ${names === '' ? 'the topic' : names}, check what they subscribe to. Otherwise delete the group's offsets on it; Kafka also does so once they expire.`;
  },
  UNREADABLE: ({ problem }) =>
    problem?.code.includes('AUTHORIZATION')
      ? "Grant the portal's Kafka user the permission DESCRIBE on this group and its topics."
      : 'Every poll retries. If it does not recover, check the brokers.',
  UNKNOWN: () => 'Wait for a few more polls.',
  NO_COMMIT: ({ memberCount }) =>
    memberCount > 0
      ? 'Check whether its consumer commits offsets at all, or keeps them elsewhere.'
      : 'Start its consumer, or delete the group if it is no longer needed.',
  ORPHANED: () => 'Delete the group if it is no longer needed.',
  IDLE: () =>
    'Nothing, if it is a job that runs now and then. Otherwise name the group in the catalog entity of its service, so that its owners are notified when nobody reads.',
  OK: () => null,
};

const startIt =
  'Start its consumer: it continues where it stopped. If it does not stay up, its log says why.';

/** A simple consumer never has members, so it may be running. */
function hasStopped({ memberCount, protocolType }: AdvisedGroup): boolean {
  return memberCount === 0 && protocolType !== '';
}

/** From this share on, the partition is the problem and not the group. */
const unfairShare = 2;

function adviseSlow({ skew, memberCount, partitionCount }: AdvisedGroup) {
  if (skew !== null && partitionCount > 1 && skew.timesFairShare >= unfairShare)
    return `Check the keys of ${skew.topic}-${skew.partition} and the member that reads it: it has ${Math.round(skew.share * 100)} % of the lag. More members do not help a single partition.`;
  if (memberCount > 0 && memberCount < partitionCount)
    return `Start more members: ${memberCount} ${memberCount === 1 ? 'reads' : 'read'} ${partitionCount} partitions, and there can be one member per partition.`;
  return 'Make its consumer faster, or add partitions to the Kafka topic: more members alone would have nothing to read.';
}
