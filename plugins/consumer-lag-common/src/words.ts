import type { Eta, GroupSummary, TimeLag } from './lag';
import type { LagStatus } from './status';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A length of time in at most two units, such as `9 min` or `1 h 12 min`. */
export function formatDuration(ms: number): string {
  if (ms < second) return 'under 1 s';
  if (ms < minute) return `${Math.round(ms / second)} s`;
  if (ms < 10 * minute) return twoUnits(ms, minute, 'min', second, 's');
  if (ms < hour) return `${Math.round(ms / minute)} min`;
  if (ms < day) return twoUnits(ms, hour, 'h', minute, 'min');
  return twoUnits(ms, day, 'd', hour, 'h');
}

function twoUnits(
  ms: number,
  largeMs: number,
  large: string,
  smallMs: number,
  small: string,
): string {
  const inSmall = Math.round(ms / smallMs);
  const ratio = largeMs / smallMs;
  const rest = inSmall % ratio;
  const whole = `${Math.floor(inSmall / ratio)} ${large}`;
  return rest === 0 ? whole : `${whole} ${rest} ${small}`;
}

/** A count of records with separators, such as `12,345`. Takes what 64 bits hold. */
export function formatCount(count: bigint | string | number): string {
  const value = typeof count === 'number' ? Math.round(count) : BigInt(count);
  return value.toLocaleString('en-GB');
}

/** A rate of records a second with the digits that matter, such as `0.2` or `1,200`. */
export function formatRate(perSecond: number): string {
  if (perSecond === 0) return '0';
  if (perSecond < 0.01) return '<0.01';
  return perSecond.toLocaleString('en-GB', {
    maximumFractionDigits: digitsOf(perSecond),
  });
}

function digitsOf(perSecond: number): number {
  if (perSecond < 1) return 2;
  return perSecond < 100 ? 1 : 0;
}

/** How old the oldest unread record is, in words; empty when it is not known. */
export function formatTimeLag({ kind, ms }: TimeLag): string {
  if (ms === null || kind === 'unknown') return '';
  if (kind === 'caught-up') return '0 s';
  const text = formatDuration(ms);
  return kind === 'at-least' ? `at least ${text}` : text;
}

/** When a group will have read everything, in words. */
export function describeEta(eta: Eta): string {
  switch (eta.kind) {
    case 'done':
      return 'Nothing left to read';
    case 'draining':
      return `Caught up in about ${formatDuration(eta.ms)}`;
    case 'steady':
      return 'As fast as records come';
    case 'falling-behind':
      return `Falls behind by ${formatRate(eta.recordsPerSecond)} records a second`;
    case 'not-moving':
      return 'Not moving';
    default:
      return 'Not known yet';
  }
}

/** The part of a group that its sentence is made of. */
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

/** One plain sentence about a group: what is the matter, how much, what comes of it. */
export function describeGroup(group: DescribedGroup): string {
  return `${sentenceOf[group.status](group)}${risk(group)}.`;
}

const sentenceOf: Record<LagStatus, (group: DescribedGroup) => string> = {
  LOSS: group =>
    `${group.groupId} may have lost up to ${records(group.lost ?? '0')}: they were deleted before it read them${afterLoss(group)}`,
  STOP: group => `${group.groupId} ${stopped(group)} and ${unread(group)}`,
  STALL: group =>
    `${group.groupId} does not move${members(group)}: ${unread(group)}`,
  REWIND: group =>
    `${group.groupId} went back and reads again what it had read: ${behind(group)} behind${ending(group)}`,
  NO_READER: group =>
    `Nobody is reading ${group.groupId}${memberless(group)}: ${nothingUnread(group) ? 'nothing is unread yet' : unread(group)}`,
  WARN: group =>
    `${group.groupId} is ${behind(group)} behind and ${group.eta.kind === 'falling-behind' ? 'falling back' : 'not catching up'}`,
  ABANDONED: group =>
    `${group.groupId} no longer reads a Kafka topic that it has offsets of, and records wait there`,
  UNREADABLE: group =>
    `${group.groupId} could not be read${group.problem ? `: ${withoutStop(group.problem.message)}` : ''}`,
  UNKNOWN: group =>
    `${group.groupId} is being watched for too short a time to judge it`,
  NO_COMMIT: group =>
    group.memberCount > 0
      ? `${group.groupId} has never committed an offset, so its lag cannot be known`
      : `${group.groupId} has no committed offsets, or they have expired`,
  ORPHANED: group => `${group.groupId} only read Kafka topics that are gone`,
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
  if (nothingUnread(group)) return '; nothing else waits';
  const still = group.eta.kind === 'not-moving' ? 'does not move and ' : '';
  return `; it ${still}is ${behind(group)} behind`;
}

function stopped({ memberCount, problem }: DescribedGroup): string {
  if (memberCount > 0) return 'has partitions that none of its members reads,';
  return problem === null
    ? 'has stopped: no member runs'
    : 'has stopped: whether a member runs is not known,';
}

function memberless({ memberlessSince, readAt }: DescribedGroup): string {
  if (memberlessSince === null) return '';
  const ms = Date.parse(readAt) - Date.parse(memberlessSince);
  return ms < second ? '' : `, for ${formatDuration(ms)} now`;
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
  if (memberCount === 0) return ', and whether a member runs is not known';
  return memberCount === 1
    ? ' although its member runs'
    : ` although its ${memberCount} members run`;
}

function ending({ eta }: DescribedGroup): string {
  return eta.kind === 'draining'
    ? `, caught up in about ${formatDuration(eta.ms)}`
    : '';
}

/** What is read in time, or is not judged, is not at risk; what is lost is lost. */
const atRisk: ReadonlySet<LagStatus> = new Set([
  'STOP',
  'STALL',
  'REWIND',
  'WARN',
]);

/** When retention will be quicker than the group, and soon. */
function risk({ headroomMs, eta, status }: DescribedGroup): string {
  if (headroomMs === null || headroomMs > day || !atRisk.has(status)) return '';
  if (eta.kind === 'draining' && eta.ms < headroomMs) return '';
  if (['done', 'steady', 'unknown'].includes(eta.kind)) return '';
  return headroomMs <= 0
    ? '. Its oldest records may be deleted any moment'
    : `. Records are lost in ${formatDuration(headroomMs)} if nothing is done`;
}

function withoutStop(text: string): string {
  return text.replace(/\.$/, '');
}
