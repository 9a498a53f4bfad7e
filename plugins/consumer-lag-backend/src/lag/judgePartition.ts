import {
  formatCount,
  formatDuration,
} from '@homelab/plugin-consumer-lag-common';
import type { LagStatus } from '@homelab/plugin-consumer-lag-common';
import type { Movement, Sample } from './PartitionWindow';
import type { Reader } from './readers';

/** The evidence about a partition. */
export interface Evidence {
  /** Oldest first; the last one is the present poll. */
  readonly samples: readonly Sample[];
  readonly movements: readonly Movement[];
  /** The committed offset now; null without one. */
  readonly committed: bigint | null;
  /** The end offset for readers now; null when it could not be read. */
  readonly end: bigint | null;
  /** Offset of the oldest record; null when unknown. */
  readonly low: bigint | null;
  /** Offset of the next record to read: the committed offset, or the end of a known gap after it. */
  readonly next: bigint | null;
  /** Whether a record was seen at `next`; if not, it may be a gap or a transaction marker. */
  readonly isRecord: boolean;
  readonly reader: Reader;
  /** Whether the Kafka topic or partition no longer exists. */
  readonly isGone: boolean;
  /** Why it could not be read. */
  readonly problem: string | undefined;
}

/** Limits of the judgement. */
export interface Limits {
  /** The number of samples that a judgement needs and covers. */
  readonly minSamples: number;
  /** Unread records that count as caught up. */
  readonly allowedLag: bigint;
}

export interface Judgement {
  readonly status: LagStatus;
  /** The reason, in one sentence. */
  readonly evidence: string;
}

/** A sample without unknown values. */
interface FullSample {
  readonly atMs: number;
  readonly committed: bigint;
  readonly end: bigint;
}

/**
 * Judges a partition by the rules of Burrow (github.com/linkedin/Burrow, wiki "Consumer Lag
 * Evaluation Rules"), with polls in place of commits: the first matching rule decides. Too few
 * samples are `UNKNOWN` here, not OK, and an offset that does not move is `STALL` when a member
 * holds the partition and `STOP` when none does.
 */
export function judgePartition(evidence: Evidence, limits: Limits): Judgement {
  return (
    judgeReadability(evidence) ??
    judgeAbandoned(evidence, limits) ??
    judgeLoss(evidence) ??
    judgeMovement(evidence, limits)
  );
}

function judgeReadability(evidence: Evidence): Judgement | undefined {
  const { committed, end, low, isGone, problem } = evidence;
  if (isGone)
    return {
      status: 'ORPHANED',
      evidence:
        'The group has an offset here, but the partition no longer exists.',
    };
  if (problem !== undefined || end === null)
    return {
      status: 'UNREADABLE',
      evidence: problem ?? 'Its end offset could not be read.',
    };
  if (committed === null && low === end)
    return { status: 'OK', evidence: 'The partition is empty.' };
  if (committed === null)
    return {
      status: 'NO_COMMIT',
      evidence:
        'The group has no committed offset here: it never committed, or the offset has expired.',
    };
  return undefined;
}

/** An old offset on a topic that the members of the group no longer read. */
function judgeAbandoned(
  { reader, next, end }: Evidence,
  { allowedLag }: Limits,
): Judgement | undefined {
  if (reader !== 'dropped' || next === null || end === null) return undefined;
  const unread = end - next;
  return unread <= allowedLag
    ? {
        status: 'OK',
        evidence:
          'Everything has been read; no member reads this topic any more.',
      }
    : {
        status: 'ABANDONED',
        evidence: `No member of the group reads this topic any more; ${formatCount(unread)} records have arrived since.`,
      };
}

/** Deleted offsets cannot be read any more: each may have been a record. */
function judgeLoss({
  committed,
  next,
  low,
  isRecord,
}: Evidence): Judgement | undefined {
  if (low === null || next === null || next >= low) return undefined;
  const lost = formatCount(low - next);
  return {
    status: 'LOSS',
    evidence: isRecord
      ? `At most ${lost} records were deleted before the group read them, the one at ${next} for certain: the oldest record is ${low}.`
      : `At most ${lost} records were deleted before the group read them: the next to read was ${committed}, the oldest record is ${low}, and what was in between is unknown.`,
  };
}

function judgeMovement(evidence: Evidence, limits: Limits): Judgement {
  const { movements } = evidence;
  const samples = evidence.samples.filter(isFull).slice(-limits.minSamples);
  const newest = samples.at(-1);
  if (newest === undefined) return tooYoung(0, limits);
  if (newest.committed > newest.end)
    return {
      status: 'WARN',
      evidence: `Its committed offset ${newest.committed} is beyond the end ${newest.end}: the topic was recreated, or a broker lost records.`,
    };
  if (samples.length < limits.minSamples)
    return tooYoung(samples.length, limits);
  const isAllowed = (sample: FullSample) =>
    sample.end - sample.committed <= limits.allowedLag;
  if (isAllowed(newest))
    return { status: 'OK', evidence: 'Everything has been read.' };
  if (hasStopped(samples, movements)) return stopped(evidence, newest);
  const high = rewoundFrom(movements);
  if (high !== undefined && newest.committed < high)
    return {
      status: 'REWIND',
      evidence: `Its offset went back and is ${formatCount(high - newest.committed)} records before ${high}, where it was.`,
    };
  if (samples.some(isAllowed))
    return {
      status: 'OK',
      evidence: `It was caught up ${ago(newest, samples.findLast(isAllowed))} ago.`,
    };
  if (isStill(samples, movements)) return stopped(evidence, newest);
  if (neverFalls(samples)) return fallingBehind(samples);
  return { status: 'OK', evidence: 'Its lag has fallen at times.' };
}

function tooYoung(seen: number, { minSamples }: Limits): Judgement {
  return {
    status: 'UNKNOWN',
    evidence: `Seen in ${seen} of the ${minSamples} polls that a judgement needs.`,
  };
}

function isFull(sample: Sample): sample is FullSample {
  return sample.committed !== null && sample.end !== null;
}

/**
 * It has not moved for longer than all its movements took, and had records to read all that time:
 * a record that has just arrived in a quiet topic is no reason.
 */
function hasStopped(
  samples: readonly FullSample[],
  movements: readonly Movement[],
): boolean {
  const [first, last] = [movements[0], movements[movements.length - 1]];
  // Two movements have only one interval, which says little about a rhythm.
  if (movements.length < 3) return false;
  const newest = samples[samples.length - 1];
  if (newest.atMs - last.atMs <= last.atMs - first.atMs) return false;
  return samples
    .filter(({ atMs }) => atMs > last.atMs)
    .every(({ end, committed }) => end > committed);
}

/** It has not moved in the whole window, and for much longer than its usual pauses. */
function isStill(
  samples: readonly FullSample[],
  movements: readonly Movement[],
): boolean {
  const newest = samples[samples.length - 1];
  if (samples.some(({ committed }) => committed !== newest.committed))
    return false;
  const lastMoveMs = movements[movements.length - 1]?.atMs ?? samples[0].atMs;
  return newest.atMs - lastMoveMs >= 2 * longestRestMs(movements);
}

function longestRestMs(movements: readonly Movement[]): number {
  return movements
    .slice(1)
    .reduce(
      (longest, { atMs }, index) =>
        Math.max(longest, atMs - movements[index].atMs),
      0,
    );
}

/** The greatest offset before the last decrease; undefined when it never decreased. */
function rewoundFrom(movements: readonly Movement[]): bigint | undefined {
  let high: bigint | undefined;
  let greatest: bigint | undefined;
  for (const { offset } of movements) {
    if (greatest !== undefined && offset < greatest) high = greatest;
    if (greatest === undefined || offset > greatest) greatest = offset;
  }
  return high;
}

function neverFalls(samples: readonly FullSample[]): boolean {
  return samples.every(({ end, committed }, index) => {
    const before = samples[index - 1];
    return (
      before === undefined || end - committed >= before.end - before.committed
    );
  });
}

function stopped(evidence: Evidence, newest: FullSample): Judgement {
  const { movements, reader, samples } = evidence;
  const sinceMs = movements[movements.length - 1]?.atMs ?? samples[0].atMs;
  const still = `Its offset has been at ${newest.committed} for ${formatDuration(newest.atMs - sinceMs)} while ${formatCount(newest.end - newest.committed)} records wait`;
  return {
    status: statusOfStill[reader],
    evidence: `${still}${whoReads[reader]}.`,
  };
}

const statusOfStill: Record<Reader, 'STALL' | 'STOP'> = {
  member: 'STALL',
  unknown: 'STALL',
  dropped: 'STOP',
  'left-out': 'STOP',
  nobody: 'STOP',
  simple: 'STOP',
};

const whoReads: Record<Reader, string> = {
  member:
    ', although a member reads this partition: look for a record it cannot process',
  unknown: '; it is unknown which member reads this partition',
  dropped: ', and no member reads this topic any more',
  'left-out':
    ', and no member reads this partition, although members read others of the topic',
  nobody: ', and the group has no member',
  simple:
    '; it reads without joining a group, so Kafka does not know whether it is running',
};

function fallingBehind(samples: readonly FullSample[]): Judgement {
  const [first, newest] = [samples[0], samples[samples.length - 1]];
  const grown = newest.end - newest.committed - (first.end - first.committed);
  const span = formatDuration(newest.atMs - first.atMs);
  return {
    status: 'WARN',
    evidence:
      grown === 0n
        ? `Its lag has not fallen once in ${span}.`
        : `Its lag has grown by ${formatCount(grown)} records in ${span} and has not fallen once.`,
  };
}

function ago(newest: FullSample, then: FullSample | undefined): string {
  return formatDuration(newest.atMs - (then?.atMs ?? newest.atMs));
}
