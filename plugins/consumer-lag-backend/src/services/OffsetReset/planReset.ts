import type {
  ResetPartition,
  ResetProblem,
  ResetTarget,
} from '@homelab/plugin-consumer-lag-common';
import type {
  CommittedOffset,
  GroupSnapshot,
  PartitionSnapshot,
  TopicSnapshot,
} from '@homelab/kafka-clusters';

/** A selection of partitions. */
export type ChosenTopics = readonly {
  readonly topic: string;
  readonly partitions?: readonly number[];
}[];

/** For the target `timestamp`: the first offset at or after it; null when there is none. */
export type OffsetAtTime = (
  topic: string,
  partition: number,
) => {
  readonly offset: bigint | null;
  readonly problem?: { code: string; message: string };
};

/** The effect of a reset. */
export interface ResetPlan {
  readonly partitions: readonly ResetPartition[];
  readonly problems: readonly ResetProblem[];
}

/** The selected topics, or else all that the group has committed. */
export function topicsOf(
  group: GroupSnapshot,
  chosen: ChosenTopics | undefined,
): ChosenTopics {
  if (chosen) return chosen;
  const committed = group.committed.filter(({ offset }) => offset !== null);
  return [...new Set(committed.map(({ topic }) => topic))]
    .sort()
    .map(topic => ({ topic }));
}

/** Computes the effect of a reset on each partition. */
export function planReset(options: {
  readonly target: ResetTarget;
  readonly group: GroupSnapshot;
  readonly topics: ReadonlyMap<string, TopicSnapshot>;
  readonly chosen: ChosenTopics;
  readonly atTime: OffsetAtTime;
}): ResetPlan {
  const committedAt = committedIn(options.group);
  const partitions: ResetPartition[] = [];
  const problems: ResetProblem[] = [];
  for (const { topic, partitions: wanted } of options.chosen) {
    const found = options.topics.get(topic);
    if (found === undefined || found.problem) {
      problems.push({
        topic,
        partition: null,
        ...(found?.problem ?? noTopic(topic)),
      });
      continue;
    }
    const numbers =
      wanted ?? found.partitions.map(({ partition }) => partition);
    for (const partition of [...new Set(numbers)].sort((a, b) => a - b)) {
      const planned = planPartition({
        ...options,
        committedAt,
        topic: found,
        partition,
      });
      if ('code' in planned) problems.push({ topic, partition, ...planned });
      else partitions.push(planned);
    }
  }
  return { partitions, problems };
}

/** An index of a group's commits: it may have ten thousand partitions. */
export function committedIn({
  committed,
}: Pick<GroupSnapshot, 'committed'>): (place: {
  readonly topic: string;
  readonly partition: number;
}) => CommittedOffset | undefined {
  const keyOf = (one: { topic: string; partition: number }) =>
    `${one.topic}/${one.partition}`;
  const byPlace = new Map(committed.map(one => [keyOf(one), one]));
  return place => byPlace.get(keyOf(place));
}

/** A partition of a topic; its index is mostly its number. */
export function partitionIn(
  topic: TopicSnapshot | undefined,
  partition: number,
): PartitionSnapshot | undefined {
  const there = topic?.partitions[partition];
  return there?.partition === partition
    ? there
    : topic?.partitions.find(one => one.partition === partition);
}

type Planned = ResetPartition | { code: string; message: string };

function planPartition(options: {
  readonly target: ResetTarget;
  readonly committedAt: ReturnType<typeof committedIn>;
  readonly topic: TopicSnapshot;
  readonly partition: number;
  readonly atTime: OffsetAtTime;
}): Planned {
  const { target, committedAt, topic, partition, atTime } = options;
  const { name } = topic;
  const state = partitionIn(topic, partition);
  if (state === undefined) return noPartition(name, partition);
  const committed = committedAt({ topic: name, partition });
  const problem = state.problem ?? committed?.problem;
  if (problem) return problem;
  const { low, high } = state;
  if (low === null || high === null) return notRead(name, partition);
  const from = committed?.offset ?? null;
  const asked = askedOffset(target, {
    low,
    high,
    // Records that an open transaction may yet commit are not skipped.
    end: state.stable ?? high,
    from,
    atTime: () => atTime(name, partition),
  });
  if (typeof asked !== 'bigint') return asked;
  const to = within(asked, low, high);
  return {
    topic: name,
    partition,
    low: String(low),
    high: String(high),
    from: from === null ? null : String(from),
    to: String(to),
    ...moved({ from, to, low, high }),
    isClamped: to !== asked,
  };
}

function askedOffset(
  target: ResetTarget,
  at: {
    readonly low: bigint;
    readonly high: bigint;
    readonly end: bigint;
    readonly from: bigint | null;
    readonly atTime: () => ReturnType<OffsetAtTime>;
  },
): bigint | { code: string; message: string } {
  const behindAll = at.from !== null && at.from > at.end ? at.from : at.end;
  switch (target.kind) {
    case 'earliest':
      return at.low;
    case 'latest':
      return within(behindAll, at.low, at.high);
    case 'offset':
      return BigInt(target.offset);
    case 'shift':
      return at.from === null ? notCommitted() : at.from + BigInt(target.by);
    case 'timestamp': {
      const { offset, problem } = at.atTime();
      return problem ?? offset ?? within(behindAll, at.low, at.high);
    }
  }
}

/** Records between two offsets, without those already deleted. */
function moved(options: {
  readonly from: bigint | null;
  readonly to: bigint;
  readonly low: bigint;
  readonly high: bigint;
}): Pick<ResetPartition, 'skipped' | 'replayed'> {
  const { from, to, low, high } = options;
  if (from === null) return { skipped: '0', replayed: '0' };
  const start = within(from, low, high);
  return {
    skipped: String(to > start ? to - start : 0n),
    replayed: String(to < start ? start - to : 0n),
  };
}

/** The nearest offset within bounds. */
export function within(offset: bigint, low: bigint, high: bigint): bigint {
  if (offset < low) return low;
  return offset > high ? high : offset;
}

/** The sum of many counts. */
export function sumOf(amounts: readonly string[]): string {
  return String(amounts.reduce((sum, one) => sum + BigInt(one), 0n));
}

const noTopic = (topic: string) => ({
  code: 'UNKNOWN_TOPIC_OR_PARTITION',
  message: `The Kafka topic ${topic} does not exist.`,
});

const noPartition = (topic: string, partition: number) => ({
  code: 'UNKNOWN_TOPIC_OR_PARTITION',
  message: `The Kafka topic ${topic} has no partition ${partition}.`,
});

const notRead = (topic: string, partition: number) => ({
  code: 'NOT_READ',
  message: `The offsets of partition ${partition} of ${topic} could not be read from Kafka; try again.`,
});

const notCommitted = () => ({
  code: 'NOT_COMMITTED',
  message: 'The group has no committed offset here to shift.',
});
