import { formatDuration } from '@homelab/plugin-consumer-lag-common';
import type {
  GroupPartition,
  TimeLag,
} from '@homelab/plugin-consumer-lag-common';
import type {
  ClusterSnapshot,
  CommittedOffset,
  GroupSnapshot,
  PartitionSnapshot,
} from '@homelab/kafka-clusters';
import { etaOf, headroomMs, inOpenTransaction, ratePerSecond } from './flow';
import { judgePartition } from './judgePartition';
import type { Judgement, Limits } from './judgePartition';
import type {
  LagMemory,
  PartitionMemory,
  Probe,
  ReadMemory,
} from './LagMemory';
import type { PartitionReader } from './readers';
import { toInstant, toText } from './texts';
import { timeInRecord } from './timeInRecord';

/** An open transaction that holds up readers for longer is reported. */
const longTransactionMs = 5 * 60_000;

/** The input of {@link describePartition}. */
export interface PartitionSources {
  readonly snapshot: ClusterSnapshot;
  readonly memory: LagMemory;
  readonly limits: Limits;
  /** `retention.ms` of the Kafka topic; null when unlimited or unknown. */
  readonly retentionMsOf: (topic: string) => number | null;
}

/** Describes one partition that a group reads: its lag, its status and the evidence. */
export function describePartition(
  committed: CommittedOffset,
  group: GroupSnapshot,
  { reader, memberId }: PartitionReader,
  sources: PartitionSources,
): GroupPartition {
  const { topic, partition } = committed;
  const { snapshot, memory, limits } = sources;
  const topicSeen = snapshot.topics.get(topic);
  const seen = topicSeen?.partitions[partition];
  const own = memory.partition(topic, partition);
  const read = memory.read(group.groupId, topic, partition);
  const offset = committed.offset;
  const low = seen?.low ?? null;
  const next = nextUnread(offset, read);
  const oldest = next !== null && low !== null ? max(next, low) : next;
  const lag = lagOf(oldest, seen);
  const timeLag = timeLagOf(lag, oldest, own, read, snapshot.takenAtMs);
  const open = seen === undefined ? null : inOpenTransaction(seen);
  const judgement = judgePartition(
    {
      samples: withoutGaps(read),
      movements: read.window.movements,
      committed: offset,
      end: seen?.stable ?? seen?.high ?? null,
      low,
      next,
      isRecord: next !== null && read.probe?.record?.offset === next,
      reader,
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
  return {
    topic,
    partition,
    ...withTransaction(judgement, open !== null, own, snapshot.takenAtMs),
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
      low !== null && next !== null && next < low ? String(low - next) : null,
    inOpenTransaction: toText(open),
    movedAt: toInstant(read.window.movedAtMs),
    memberId,
  };
}

/** Unread records, counted from the oldest that may still exist. */
function lagOf(
  oldest: bigint | null,
  seen: PartitionSnapshot | undefined,
): bigint | null {
  if (!seen || seen.high === null) return null;
  // Without a committed offset, the lag is known only for an empty partition.
  if (oldest === null) return seen.low === seen.high ? 0n : null;
  return oldest > seen.high ? 0n : seen.high - oldest;
}

/** The next record to read, after gaps and transaction markers that a probe has found. */
function nextUnread(
  committed: bigint | null,
  { probe }: ReadMemory,
): bigint | null {
  return committed === null ? null : behindGap(committed, probe);
}

function behindGap(committed: bigint, probe: Probe | undefined): bigint {
  if (probe?.from !== committed) return committed;
  return probe.record?.offset ?? probe.through;
}

/** The samples, with gaps that a probe has found counted as read. */
function withoutGaps(read: ReadMemory) {
  const { probe, window } = read;
  if (probe === undefined) return window.samples;
  return window.samples.map(sample =>
    sample.committed === probe.from && sample.end !== null
      ? {
          ...sample,
          committed: min(
            behindGap(sample.committed, probe),
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
  oldest: bigint | null,
  own: PartitionMemory,
  read: ReadMemory,
  nowMs: number,
): TimeLag {
  if (lag === 0n) return { kind: 'caught-up', ms: 0 };
  if (lag === null || oldest === null) return { kind: 'unknown', ms: null };
  const { probe } = read;
  const recordAtMs =
    probe?.record?.offset === oldest ? timeInRecord(probe.record, nowMs) : null;
  if (recordAtMs !== null)
    return { kind: 'exact', ms: Math.max(0, nowMs - recordAtMs) };
  return own.ring.timeLag(oldest, nowMs);
}

/** Readers of committed records wait for open transactions; that is only reported when it lasts. */
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
        evidence: `A transaction has been open for ${formatDuration(openMs)}: readers of committed records cannot get past it.`,
      }
    : {
        status: 'OK',
        evidence:
          'All committed records have been read; a transaction is open.',
      };
}
