import { severities } from './status';
import type { Eta, GroupSummary, TimeLag } from './lag';
import type { LagStatus, Severity } from './status';

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
    `${group.groupId} has lost records: they were deleted before it read them; it ${group.eta.kind === 'not-moving' ? 'does not move and ' : ''}is ${behind(group)} behind`,
  STOP: group =>
    `${group.groupId} has stopped: no member runs and ${unread(group)}`,
  STALL: group =>
    `${group.groupId} does not move although ${members(group)}: ${unread(group)}; look for a record it cannot handle`,
  REWIND: group =>
    `${group.groupId} went back and reads again what it had read: ${behind(group)} behind${ending(group)}`,
  WARN: group =>
    `${group.groupId} is ${behind(group)} behind and ${group.eta.kind === 'falling-behind' ? 'falling back' : 'not catching up'}`,
  UNREADABLE: group =>
    `${group.groupId} could not be read${group.problem ? `: ${withoutStop(group.problem.message)}` : ''}`,
  UNKNOWN: group =>
    `${group.groupId} is being watched for too short a time to judge it`,
  NO_COMMIT: group =>
    group.memberCount > 0
      ? `${group.groupId} has never committed an offset, so its lag cannot be known`
      : `${group.groupId} has no committed offsets, or they have expired`,
  ORPHANED: group => `${group.groupId} only read Kafka topics that are gone`,
  OK: group =>
    group.lag === null || group.lag === '0'
      ? `${group.groupId} has read everything`
      : `${group.groupId} keeps up, ${behind(group)} behind`,
};

function behind({ timeLag, lag }: DescribedGroup): string {
  const time = formatTimeLag(timeLag);
  if (time !== '' && timeLag.kind !== 'caught-up') return time;
  return lag === null ? 'an unknown number of records' : records(lag);
}

function unread({ lag, timeLag }: DescribedGroup): string {
  const time = formatTimeLag(timeLag);
  const since = time === '' ? '' : `, the oldest for ${time}`;
  return lag === null
    ? 'records wait unread'
    : `${records(lag)} ${lag === '1' ? 'waits' : 'wait'} unread${since}`;
}

function records(count: string): string {
  return count === '1' ? '1 record' : `${formatCount(count)} records`;
}

function members({ memberCount }: DescribedGroup): string {
  return memberCount === 1
    ? 'its member runs'
    : `its ${memberCount} members run`;
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

/** A sentence about all groups, and how much it matters. */
export interface OverallSentence {
  readonly severity: Severity;
  readonly text: string;
}

/** Says in one sentence whether all groups are well. */
export function describeGroups(
  groups: readonly Pick<GroupSummary, 'severity' | 'sentence' | 'status'>[],
): OverallSentence {
  if (groups.length === 0)
    return {
      severity: 'unknown',
      text: 'No consumer group has been seen yet.',
    };
  const count = (severity: Severity) =>
    groups.filter(group => group.severity === severity).length;
  const [acting, watched, unknown] = severities.map(count);
  const troubled = acting + watched;
  if (troubled === 1) {
    const one = groups.find(
      ({ severity }) => severity === 'act' || severity === 'watch',
    );
    if (one) return { severity: one.severity, text: one.sentence };
  }
  if (troubled > 1) {
    const text =
      acting > 0
        ? `${acting} of ${groups.length} groups ${acting === 1 ? 'needs' : 'need'} somebody${watched > 0 ? `, ${watched} more ${watched === 1 ? 'falls' : 'fall'} behind` : ''}.`
        : `${watched} of ${groups.length} groups fall behind.`;
    return { severity: acting > 0 ? 'act' : 'watch', text };
  }
  if (unknown === groups.length)
    return {
      severity: 'unknown',
      text: groups.some(({ status }) => status === 'UNKNOWN')
        ? 'Warming up: the groups have been watched for too short a time.'
        : 'Nothing is known of any group.',
    };
  const known = groups.length - unknown;
  if (unknown > 0) {
    // Well is said of all or of none: what is not known may be in trouble.
    const isYoung = groups.every(
      ({ severity, status }) => severity === 'ok' || status === 'UNKNOWN',
    );
    const others = isYoung
      ? `${unknown} more ${unknown === 1 ? 'is' : 'are'} still warming up`
      : `nothing is known of ${unknown} more`;
    return { severity: 'unknown', text: `${keepUp(known)}; ${others}.` };
  }
  return {
    severity: 'ok',
    text: known === 1 ? `${keepUp(1)}.` : `All ${keepUp(known)}.`,
  };
}

function keepUp(count: number): string {
  return count === 1 ? '1 group keeps up' : `${count} groups keep up`;
}
