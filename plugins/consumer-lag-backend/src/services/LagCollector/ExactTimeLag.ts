import type { ExactTimeLagResponse } from '@homelab/plugin-consumer-lag-common';
import { isFresh } from '@homelab/portal-common';
import { timeInRecord } from '../../lag/timeInRecord';
import type { KafkaCluster } from '@homelab/kafka-clusters';
import type { LagViews } from '../LagStore';
import { oneBatchBytes } from './probeOldestUnread';

const cacheMs = 5_000;
const maxCached = 500;

type Answer = Omit<ExactTimeLagResponse, 'now'> | undefined;

/** A partition that a group reads. */
export interface ReadPartition {
  readonly cluster: string;
  readonly groupId: string;
  readonly topic: string;
  readonly partition: number;
}

/**
 * Reads the age of the oldest unread record from its timestamp. It reads from the brokers, at most
 * once every few seconds for a partition, for all callers.
 */
export class ExactTimeLag {
  private readonly cached = new Map<
    string,
    { atMs: number; answer: Promise<Answer> }
  >();

  constructor(
    private readonly deps: {
      views: LagViews;
      kafkaOf: (cluster: string) => Pick<KafkaCluster, 'readRecords'>;
      now: () => number;
    },
  ) {}

  /** Undefined when the group has no committed offset there. */
  of(wanted: ReadPartition): Promise<Answer> {
    const { cluster, groupId, topic, partition } = wanted;
    const key = JSON.stringify([cluster, groupId, topic, partition]);
    const nowMs = this.deps.now();
    const known = this.cached.get(key);
    if (known && isFresh(known.atMs, { nowMs, forMs: cacheMs }))
      return known.answer;
    if (this.cached.size >= maxCached) this.cached.clear();
    const answer = this.ask(wanted);
    this.cached.set(key, { atMs: nowMs, answer });
    answer.catch(() => this.cached.delete(key));
    return answer;
  }

  private async ask(wanted: ReadPartition): Promise<Answer> {
    const { views, kafkaOf, now } = this.deps;
    const group = await views.group(wanted.cluster, wanted.groupId);
    const committed = group?.partitions.find(
      ({ topic, partition }) =>
        topic === wanted.topic && partition === wanted.partition,
    )?.committed;
    if (committed === undefined || committed === null) return undefined;
    const [record] = await kafkaOf(wanted.cluster).readRecords({
      topic: wanted.topic,
      partition: wanted.partition,
      fromOffset: BigInt(committed),
      maxRecords: 1,
      maxBytes: oneBatchBytes,
    });
    if (!record)
      return {
        offset: committed,
        recordAt: null,
        timeLag: { kind: 'caught-up', ms: 0 },
      };
    const recordAtMs = timeInRecord(record, now());
    if (recordAtMs === null)
      return {
        offset: String(record.offset),
        recordAt: null,
        timeLag: { kind: 'unknown', ms: null },
      };
    return {
      offset: String(record.offset),
      recordAt: new Date(recordAtMs).toISOString(),
      timeLag: {
        kind: 'exact',
        ms: Math.max(0, now() - recordAtMs),
      },
    };
  }
}
