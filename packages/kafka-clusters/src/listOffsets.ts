import type { OffsetsAnswer } from './answers';
import { listOffsetsApi } from './apis';
import type { BrokerVisit } from './brokers';
import { chunks, groupBy } from '@homelab/portal-node';
import { partitionName } from './metadata';
import type { ClusterMap, KnownBroker } from './metadata';
import { leftOut, problemOf, problemOfFailure } from './problems';
import type { Problem } from './types';

export interface WantedPartition {
  readonly topic: string;
  readonly partition: number;
}

/** What to look for: a time in milliseconds, or one of the two below. */
export const latest = -1n;
export const earliest = -2n;

/** Whether records of open transactions count. */
export type Isolation = 'uncommitted' | 'committed';

export type FoundOffset =
  | {
      /** Null when there is none. */
      readonly offset: bigint | null;
      readonly timestampMs: number | null;
      readonly problem?: undefined;
    }
  | { readonly problem: Problem };

/** Offsets by topic and partition. */
export class OffsetTable {
  private readonly topics = new Map<string, Map<number, FoundOffset>>();

  get({ topic, partition }: WantedPartition): FoundOffset | undefined {
    return this.topics.get(topic)?.get(partition);
  }

  set({ topic, partition }: WantedPartition, found: FoundOffset): void {
    const partitions = this.topics.get(topic);
    if (partitions) partitions.set(partition, found);
    else this.topics.set(topic, new Map([[partition, found]]));
  }
}

export const partitionsPerRequest = 2_000;

/** The broker that leads a partition, or why it cannot be asked. */
export function leaderOf(
  map: ClusterMap,
  wanted: WantedPartition,
): KnownBroker | { readonly problem: Problem } {
  const topic = map.topics.get(wanted.topic);
  const found = topic?.partitions.find(
    one => one.partition === wanted.partition,
  );
  const problem = topic?.problem ?? found?.problem;
  if (problem) return { problem };
  const name = partitionName(wanted.topic, wanted.partition);
  if (!found) return { problem: problemOf(3, name)! };
  const broker =
    found.leader === null ? undefined : map.brokers.get(found.leader);
  return broker ?? { problem: problemOf(5, name)! };
}

/** Asks the leader of these partitions for an offset of each. */
export async function askLeader<Wanted extends WantedPartition>(
  visit: BrokerVisit,
  what: {
    readonly broker: KnownBroker;
    readonly partitions: readonly Wanted[];
    readonly timestampOf: (wanted: Wanted) => bigint;
    readonly isolation: Isolation;
    readonly into: OffsetTable;
  },
): Promise<void> {
  const { broker, partitions, timestampOf, isolation, into } = what;
  const ask = async (chunk: Wanted[]): Promise<void> => {
    const byTopic = groupBy(chunk, wanted => wanted.topic);
    try {
      const answer = await visit.send(broker, listOffsetsApi, () => [
        -1,
        isolation === 'committed' ? 1 : 0,
        [...byTopic].map(([name, own]) => ({
          name,
          partitions: own.map(wanted => ({
            partitionIndex: wanted.partition,
            currentLeaderEpoch: -1,
            timestamp: timestampOf(wanted),
          })),
        })),
      ]);
      fillOffsets(answer, into);
      for (const wanted of chunk)
        if (!into.get(wanted))
          into.set(wanted, {
            problem: leftOut(partitionName(wanted.topic, wanted.partition)),
          });
    } catch (error) {
      for (const wanted of chunk)
        into.set(wanted, {
          problem: problemOfFailure(
            error,
            partitionName(wanted.topic, wanted.partition),
          ),
        });
    }
  };
  await Promise.all(chunks(partitions, partitionsPerRequest).map(ask));
}

/** Reads what a broker found for each partition. */
export function fillOffsets(answer: OffsetsAnswer, into: OffsetTable): void {
  for (const { name, partitions } of answer.topics)
    for (const { partitionIndex, errorCode, offset, timestamp } of partitions) {
      const problem = problemOf(errorCode, partitionName(name, partitionIndex));
      into.set(
        { topic: name, partition: partitionIndex },
        problem
          ? { problem }
          : {
              offset: offset < 0n ? null : offset,
              timestampMs: timestamp < 0n ? null : Number(timestamp),
            },
      );
    }
}
