import {
  formatCount,
  formatDuration,
  formatRate,
} from '@homelab/portal-common';
import type { Eta, GroupSummary, TimeLag } from './lag';
import type { LagStatus } from './status';

/** The age of the oldest unread record in words; empty when unknown. */
export function formatTimeLag({ kind, ms }: TimeLag): string {
  if (ms === null || kind === 'unknown') return '';
  if (kind === 'caught-up') return '0 s';
  const text = formatDuration(ms);
  return kind === 'at-least' ? `at least ${text}` : text;
}

/** When a group will catch up, in words. */
export function describeEta(eta: Eta): string {
  switch (eta.kind) {
    case 'done':
      return 'Nothing left to read';
    case 'draining':
      return `Caught up in about ${formatDuration(eta.ms)}`;
    case 'steady':
      return 'As fast as records arrive';
    case 'falling-behind':
      return `Falling behind by ${formatRate(eta.recordsPerSecond)} records per second`;
    case 'not-moving':
      return 'Not moving';
    default:
      return 'Not yet known';
  }
}

/** The fields of a group that its sentence uses. */
export type DescribedGroup = Pick<
  GroupSummary,
  | 'groupId'
  | 'status'
  | 'lag'
  | 'timeLag'
  | 'eta'
  | 'headroomMs'
  | 'memberCount'
  | 'memberlessSince'
  | 'readAt'
  | 'lost'
  | 'problem'
  | 'unknownPartitions'
  | 'partitionCount'
>;

/** One plain sentence about a group: what is wrong, how much, and what follows. */
export function describeGroup(group: DescribedGroup): string {
  return `${sentenceOf[group.status](group)}${risk(group)}.`;
}

const sentenceOf: Record<LagStatus, (group: DescribedGroup) => string> = {
  LOSS: group =>
    `${group.groupId} may have lost up to ${records(group.lost ?? '0')}: they were deleted before it read them${afterLoss(group)}`,
  STOP: group => `${group.groupId} ${stopped(group)} and ${unread(group)}`,
  STALL: group =>
    `${group.groupId} is not moving${members(group)}: ${unread(group)}`,
  REWIND: group =>
    `${group.groupId} went back and is rereading records: ${behind(group)} behind${ending(group)}`,
  NO_READER: group =>
    `Nobody is reading ${group.groupId}${memberless(group)}: ${nothingUnread(group) ? 'nothing is unread yet' : unread(group)}`,
  WARN: group =>
    `${group.groupId} is ${behind(group)} behind and ${group.eta.kind === 'falling-behind' ? 'falling further behind' : 'not catching up'}`,
  ABANDONED: group =>
    `${group.groupId} no longer reads a Kafka topic it has offsets on, and records wait there`,
  UNREADABLE: group =>
    `${group.groupId} could not be read${group.problem ? `: ${withoutStop(group.problem.message)}` : ''}`,
  UNKNOWN: group =>
    `${group.groupId} has not been watched long enough to judge`,
  NO_COMMIT: group =>
    group.memberCount > 0
      ? `${group.groupId} has never committed an offset, so its lag cannot be known`
      : `${group.groupId} has no committed offsets, or they have expired`,
  ORPHANED: group =>
    `${group.groupId} only has offsets on deleted Kafka topics`,
  IDLE: group =>
    `${group.groupId} ${nothingUnread(group) ? 'has read everything' : `is ${behind(group)} behind`}, and nobody is reading it now`,
  OK: group =>
    nothingUnread(group)
      ? `${group.groupId} has read everything`
      : `${group.groupId} keeps up, ${behind(group)} behind`,
};

function nothingUnread({ lag }: DescribedGroup): boolean {
  return lag === null || lag === '0';
}

function afterLoss(group: DescribedGroup): string {
  if (nothingUnread(group)) return '; nothing else is unread';
  const still = group.eta.kind === 'not-moving' ? 'is not moving and ' : '';
  return `; it ${still}is ${behind(group)} behind`;
}

function stopped({ memberCount, problem }: DescribedGroup): string {
  if (memberCount > 0) return 'has partitions that no member reads,';
  return problem === null
    ? 'has stopped: no member is running'
    : 'has stopped: it is unknown whether a member is running,';
}

function memberless({ memberlessSince, readAt }: DescribedGroup): string {
  if (memberlessSince === null) return '';
  const ms = Date.parse(readAt) - Date.parse(memberlessSince);
  return ms < 1_000 ? '' : ` (for ${formatDuration(ms)})`;
}

function behind({ timeLag, lag }: DescribedGroup): string {
  const time = formatTimeLag(timeLag);
  if (time !== '' && timeLag.kind !== 'caught-up') return time;
  return lag === null ? 'an unknown number of records' : records(lag);
}

function unread({ lag, timeLag }: DescribedGroup): string {
  const time = formatTimeLag(timeLag);
  const isKnown = time !== '' && timeLag.kind !== 'caught-up';
  const since = !isKnown ? '' : `, the oldest for ${time}`;
  return lag === null
    ? 'records wait unread'
    : `${records(lag)} ${lag === '1' ? 'waits' : 'wait'} unread${since}`;
}

function records(count: string): string {
  return count === '1' ? '1 record' : `${formatCount(count)} records`;
}

function members({ memberCount }: DescribedGroup): string {
  if (memberCount === 0)
    return ', and it is unknown whether a member is running';
  return memberCount === 1
    ? ' although its member is running'
    : ` although its ${memberCount} members are running`;
}

function ending({ eta }: DescribedGroup): string {
  return eta.kind === 'draining'
    ? `, caught up in about ${formatDuration(eta.ms)}`
    : '';
}

/** Other statuses are in time, not judged, or have lost records already. */
const atRisk: ReadonlySet<LagStatus> = new Set([
  'STOP',
  'STALL',
  'REWIND',
  'WARN',
]);

const dayMs = 24 * 60 * 60 * 1_000;

/** Warns when retention will soon delete records before the group reads them. */
function risk({ headroomMs, eta, status }: DescribedGroup): string {
  if (headroomMs === null || headroomMs > dayMs || !atRisk.has(status))
    return '';
  if (eta.kind === 'draining' && eta.ms < headroomMs) return '';
  if (['done', 'steady', 'unknown'].includes(eta.kind)) return '';
  return headroomMs <= 0
    ? '. Its oldest records may be deleted at any moment'
    : `. Records will be lost in ${formatDuration(headroomMs)} unless it catches up`;
}

function withoutStop(text: string): string {
  return text.replace(/\.$/, '');
}
