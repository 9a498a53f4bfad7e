import {
  describeGroup,
  formatDuration,
  severityOfStatus,
  worstStatus,
} from '@homelab/plugin-consumer-lag-common';
import type {
  GroupDetail,
  GroupMember,
  GroupPartition,
  LagStatus,
  TimeLag,
} from '@homelab/plugin-consumer-lag-common';
import type {
  ClusterSnapshot,
  CommittedOffset,
  GroupSnapshot,
  PartitionSnapshot,
} from '../services/KafkaCluster';
import { groupBy } from '../lists';
import {
  etaOf,
  headroomMs,
  leastKnown,
  ratePerSecond,
  sumKnown,
  sumLag,
  worstEta,
  worstTimeLag,
} from './flow';
import { judgePartition } from './judgePartition';
import type { Judgement, Limits } from './judgePartition';
import type { LagMemory, PartitionMemory, ReadMemory } from './LagMemory';
import { toInstant, toText } from './texts';
import { timeInRecord } from './timeInRecord';

/** An open transaction that has held up readers for longer is worth a look. */
const longTransactionMs = 5 * 60_000;

/** What a group is described from. */
export interface GroupSources {
  readonly cluster: string;
  readonly snapshot: ClusterSnapshot;
  readonly memory: LagMemory;
  readonly limits: Limits;
  /** `retention.ms` of a Kafka topic; null when records are kept for ever or it is not known. */
  readonly retentionMsOf: (topic: string) => number | null;
  /** Status it had, and since when; undefined when it is seen for the first time. */
  readonly before: { status: LagStatus; sinceMs: number } | undefined;
  readonly entityRefs: readonly string[];
  readonly ownerRefs: readonly string[];
}

/** Describes everything that is known of a group: its partitions, its members, and the whole. */
export function describeGroupDetail(
  group: GroupSnapshot,
  sources: GroupSources,
): GroupDetail {
  const partitions = describePartitions(group, sources);
  const status = statusOf(group, partitions);
  const { snapshot, memory, before } = sources;
  const lag = sumLag(partitions);
  const isSame = before?.status === status;
  const summary = {
    cluster: sources.cluster,
    groupId: group.groupId,
    status,
    severity: severityOfStatus(status),
    since: new Date(isSame ? before.sinceMs : snapshot.takenAtMs).toISOString(),
    lag: toText(lag),
    timeLag: worstTimeLag(partitions.map(({ timeLag }) => timeLag)),
    producedPerSecond: sumKnown(partitions.map(one => one.producedPerSecond)),
    consumedPerSecond: sumKnown(partitions.map(one => one.consumedPerSecond)),
    eta: worstEta(
      partitions.filter(one => one.lag !== null).map(({ eta }) => eta),
    ),
    headroomMs: leastKnown(partitions.map(one => one.headroomMs)),
    unknownPartitions: partitions.filter(
      one => one.lag === null && one.status !== 'ORPHANED',
    ).length,
    partitionCount: partitions.length,
    state: group.state,
    memberCount: group.members.length,
    topics: [...new Set(partitions.map(({ topic }) => topic))].toSorted(),
    spark: memory.spark(group.groupId).until(snapshot.takenAtMs, lag),
    readAt: new Date(group.readAtMs).toISOString(),
    entityRefs: [...sources.entityRefs],
    ownerRefs: [...sources.ownerRefs],
    problem: group.problem ?? null,
  };
  return {
    ...summary,
    sentence: describeGroup(summary),
    protocolType: group.protocolType,
    assignor: group.assignor,
    members: describeMembers(group, partitions),
    partitions,
    skew: skewOf(partitions),
  };
}

function statusOf(
  { offsetsProblem }: GroupSnapshot,
  partitions: readonly GroupPartition[],
): LagStatus {
  const known = partitions.filter(({ status }) => status !== 'ORPHANED');
  // One partition without a commit says little beside others that have one.
  const committing = known.filter(({ status }) => status !== 'NO_COMMIT');
  const of = committing.length > 0 ? committing : known;
  const worst = worstStatus(of.map(({ status }) => status));
  if (offsetsProblem && (worst === undefined || worst === 'OK'))
    return 'UNREADABLE';
  return worst ?? (partitions.length > 0 ? 'ORPHANED' : 'NO_COMMIT');
}

/** Partitions with a committed offset, and those that a member holds without one. */
function describePartitions(
  group: GroupSnapshot,
  sources: GroupSources,
): GroupPartition[] {
  const holders = new Map<string, string>();
  const committed = new Map<string, CommittedOffset>();
  for (const one of group.committed)
    committed.set(`${one.topic}/${one.partition}`, one);
  for (const { memberId, assigned } of group.members)
    for (const { topic, partitions } of assigned)
      for (const partition of partitions) {
        const key = `${topic}/${partition}`;
        holders.set(key, memberId);
        if (!committed.has(key))
          committed.set(key, { topic, partition, offset: null });
      }
  return [...committed.values()]
    .filter(
      one =>
        one.offset !== null ||
        one.problem ||
        holders.has(`${one.topic}/${one.partition}`),
    )
    .map(one =>
      describePartition(
        one,
        group,
        holders.get(`${one.topic}/${one.partition}`) ?? null,
        sources,
      ),
    )
    .toSorted(
      (a, b) =>
        (a.topic === b.topic ? 0 : a.topic.localeCompare(b.topic)) ||
        a.partition - b.partition,
    );
}

function describePartition(
  committed: CommittedOffset,
  group: GroupSnapshot,
  memberId: string | null,
  sources: GroupSources,
): GroupPartition {
  const { topic, partition } = committed;
  const { snapshot, memory, limits } = sources;
  const topicSeen = snapshot.topics.get(topic);
  const seen = topicSeen?.partitions[partition];
  const own = memory.partition(topic, partition);
  const read = memory.read(group.groupId, topic, partition);
  const offset = committed.offset;
  const lag = lagOf(offset, seen, read);
  const timeLag = timeLagOf(lag, offset, own, read, snapshot.takenAtMs);
  const isTransactionOpen =
    seen?.high !== null &&
    seen?.high !== undefined &&
    seen.stable !== null &&
    seen.stable < seen.high;
  const judgement = judgePartition(
    {
      samples: withoutGaps(read),
      movements: read.window.movements,
      committed: offset,
      end: seen?.stable ?? seen?.high ?? null,
      low: seen?.low ?? null,
      memberCount: group.members.length,
      isSimple: group.protocolType === '',
      isGone: seen === undefined && snapshot.problems.length === 0,
      problem: (
        committed.problem ??
        seen?.problem ??
        topicSeen?.problem ??
        group.offsetsProblem
      )?.message,
    },
    limits,
  );
  const produced = ratePerSecond(own.window.samples, ({ end }) => end);
  const consumed = ratePerSecond(read.window.samples, one => one.committed);
  const low = seen?.low ?? null;
  return {
    topic,
    partition,
    ...withTransaction(judgement, isTransactionOpen, own, snapshot.takenAtMs),
    low: toText(low),
    committed: toText(offset),
    end: toText(seen?.high ?? null),
    lag: toText(lag),
    timeLag,
    producedPerSecond: produced,
    consumedPerSecond: consumed,
    eta: etaOf({
      lag,
      producedPerSecond: produced,
      consumedPerSecond: consumed,
    }),
    headroomMs: headroomMs(lag, timeLag, sources.retentionMsOf(topic)),
    lost:
      low !== null && offset !== null && offset < low
        ? String(low - offset)
        : null,
    inOpenTransaction:
      isTransactionOpen && seen.high !== null && seen.stable !== null
        ? String(seen.high - seen.stable)
        : null,
    movedAt: toInstant(read.window.movedAtMs),
    memberId,
  };
}

/** Records not read: gaps and transaction markers that a probe has found are none. */
function lagOf(
  committed: bigint | null,
  seen: PartitionSnapshot | undefined,
  read: ReadMemory,
): bigint | null {
  if (!seen || seen.high === null) return null;
  // Without a committed offset it is known only that nothing waits where nothing is.
  if (committed === null) return seen.low === seen.high ? 0n : null;
  const next = nextRecord(committed, read);
  const from = seen.low !== null && next < seen.low ? seen.low : next;
  return from > seen.high ? 0n : seen.high - from;
}

/** The offset of the next record that exists, as far as a probe has told. */
function nextRecord(committed: bigint, { probe }: ReadMemory): bigint {
  if (probe?.from !== committed) return committed;
  return probe.record?.offset ?? probe.through;
}

/** The samples, with what a probe found to be gaps counted as read. */
function withoutGaps(read: ReadMemory) {
  const { probe, window } = read;
  if (probe === undefined) return window.samples;
  return window.samples.map(sample =>
    sample.committed === probe.from && sample.end !== null
      ? {
          ...sample,
          committed: min(
            nextRecord(sample.committed, read),
            max(sample.end, sample.committed),
          ),
        }
      : sample,
  );
}

const min = (a: bigint, b: bigint) => (a < b ? a : b);
const max = (a: bigint, b: bigint) => (a > b ? a : b);

function timeLagOf(
  lag: bigint | null,
  committed: bigint | null,
  own: PartitionMemory,
  read: ReadMemory,
  nowMs: number,
): TimeLag {
  if (lag === 0n) return { kind: 'caught-up', ms: 0 };
  if (lag === null || committed === null) return { kind: 'unknown', ms: null };
  const { probe } = read;
  const recordAtMs =
    probe?.from === committed && probe.record
      ? timeInRecord(probe.record, nowMs)
      : null;
  if (recordAtMs !== null)
    return { kind: 'exact', ms: Math.max(0, nowMs - recordAtMs) };
  return own.ring.timeLag(committed, nowMs);
}

/** Readers of committed records wait for an open transaction; that is nobody's fault at first. */
function withTransaction(
  judgement: Judgement,
  isOpen: boolean,
  { openSinceMs }: PartitionMemory,
  nowMs: number,
): Judgement {
  if (!isOpen || openSinceMs === undefined || judgement.status !== 'OK')
    return judgement;
  const openMs = nowMs - openSinceMs;
  return openMs >= longTransactionMs
    ? {
        status: 'WARN',
        evidence: `A transaction has been open for ${formatDuration(openMs)}: nobody who reads committed records gets past it.`,
      }
    : {
        status: 'OK',
        evidence:
          'Everything is read that is committed; a transaction is open.',
      };
}

function describeMembers(
  { members }: GroupSnapshot,
  partitions: readonly GroupPartition[],
): GroupMember[] {
  const byMember = groupBy(partitions, ({ memberId }) => memberId);
  return members.map(member => {
    const own = byMember.get(member.memberId) ?? [];
    return {
      memberId: member.memberId,
      instanceId: member.instanceId,
      clientId: member.clientId,
      host: member.host,
      assigned: member.assigned.map(({ topic, partitions: held }) => ({
        topic,
        partitions: held.toSorted((a, b) => a - b),
      })),
      lag: toText(sumLag(own)),
      consumedPerSecond: sumKnown(own.map(one => one.consumedPerSecond)),
    };
  });
}

function skewOf(partitions: readonly GroupPartition[]): GroupDetail['skew'] {
  const lagging = partitions.filter(one => one.lag !== null);
  let worst: GroupPartition | undefined;
  for (const one of lagging)
    if (!worst || BigInt(one.lag ?? 0) > BigInt(worst.lag ?? 0)) worst = one;
  const total = sumLag(lagging) ?? 0n;
  if (worst === undefined || total === 0n || lagging.length < 2) return null;
  const share = Number(worst.lag) / Number(total);
  return {
    topic: worst.topic,
    partition: worst.partition,
    share,
    timesFairShare: share * lagging.length,
  };
}
