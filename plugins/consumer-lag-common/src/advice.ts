import type { GroupDetail } from './lag';
import type { LagStatus } from './status';

/** The part of a group that advice rests on. */
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

/** What to do about a group, in a sentence or two; null when nothing has to be done. */
export function adviseGroup(group: AdvisedGroup): string | null {
  return adviceOn[group.status](group);
}

const adviceOn: Record<LagStatus, (group: AdvisedGroup) => string | null> = {
  LOSS: group => {
    const keep =
      'let the Kafka topic keep its records longer until the group has caught up. What was deleted cannot be read again.';
    return hasStopped(group)
      ? `Start its consumer, and ${keep}`
      : `${keep.charAt(0).toUpperCase()}${keep.slice(1)}`;
  },
  STOP: ({ memberCount }) =>
    memberCount > 0
      ? 'Look why its members left these partitions out: an assignment by hand, or one that is older than the partitions. A restart of its consumers assigns all of them.'
      : startIt,
  STALL: group => {
    const stalled = group.partitions.find(({ status }) => status === 'STALL');
    const place =
      stalled === undefined
        ? 'the record it stands at'
        : `${stalled.topic}-${stalled.partition}${stalled.committed === null ? '' : `, offset ${stalled.committed}`}`;
    const reader =
      stalled?.memberId === null
        ? 'Look which of its consumers reads'
        : 'Look in the log of its consumer for';
    return `${reader} ${place}. When that record cannot be handled, stop the group and move its offset past it.`;
  },
  REWIND: () =>
    'When nobody moved its offsets on purpose, look what was changed at that time. It does what it has done already once more until it has caught up.',
  NO_READER: () => startIt,
  WARN: adviseSlow,
  ABANDONED: ({ partitions }) => {
    const topics = partitions
      .filter(({ status }) => status === 'ABANDONED')
      .map(({ topic }) => topic);
    const names = [...new Set(topics)].join(', ');
    return `When its consumers are meant to read ${names === '' ? 'the topic' : names}, look at what they subscribe to. Otherwise delete the group's offsets of it; Kafka does so itself once they expire.`;
  },
  UNREADABLE: ({ problem }) =>
    problem?.code.includes('AUTHORIZATION')
      ? 'Give the user of the portal the Kafka right DESCRIBE on this group and its topics.'
      : 'It is tried again with every poll. When it stays so, look at the brokers.',
  UNKNOWN: () => 'Wait some polls more: until then nothing can be said.',
  NO_COMMIT: ({ memberCount }) =>
    memberCount > 0
      ? 'Look whether its consumer commits at all, or keeps its offsets elsewhere.'
      : 'Start its consumer, or delete the group when nobody needs it.',
  ORPHANED: () => 'Delete the group when nobody needs it.',
  IDLE: () =>
    'Nothing, when it is a job that runs now and then. Otherwise name the group in the catalog entity of its service, so that its owners hear when nobody reads.',
  OK: () => null,
};

const startIt =
  'Start its consumer: it goes on where it stopped. When it does not stay up, its log says why.';

/** A simple consumer never has members, and may run nevertheless. */
function hasStopped({ memberCount, protocolType }: AdvisedGroup): boolean {
  return memberCount === 0 && protocolType !== '';
}

/** From this on, one partition is to blame and not the group. */
const unfairShare = 2;

function adviseSlow({ skew, memberCount, partitionCount }: AdvisedGroup) {
  if (skew !== null && partitionCount > 1 && skew.timesFairShare >= unfairShare)
    return `Look at the keys of ${skew.topic}-${skew.partition}, and at the member that reads it: it has ${Math.round(skew.share * 100)} % of the lag. More members do not help one partition.`;
  if (memberCount > 0 && memberCount < partitionCount)
    return `Start more members: ${memberCount} ${memberCount === 1 ? 'reads' : 'read'} ${partitionCount} partitions, and each can have one of its own.`;
  return 'Make its consumer faster, or give the Kafka topic more partitions: more members would find nothing to read.';
}
