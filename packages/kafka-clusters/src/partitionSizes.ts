import { describeLogDirsApi } from './apis';
import type { BrokerVisit } from './brokers';
import { KafkaClusterError } from './problems';
import type { ClusterSnapshot, PartitionSizes } from './types';

/** Asks all brokers at once for the sizes of the partitions they lead. */
export async function readPartitionSizes(
  visit: BrokerVisit,
  { brokers, topics }: Pick<ClusterSnapshot, 'brokers' | 'topics'>,
): Promise<PartitionSizes> {
  const sizes = new Map<string, Map<number, number>>();
  await Promise.all(
    brokers.map(async broker => {
      const wanted = [...topics.values()]
        .map(({ name, partitions }) => ({
          name,
          partitions: partitions
            .filter(({ leader }) => leader === broker.nodeId)
            .map(({ partition }) => partition),
        }))
        .filter(({ partitions }) => partitions.length > 0);
      if (wanted.length === 0) return;
      try {
        const answer = await visit.send(broker, describeLogDirsApi, () => [
          wanted,
        ]);
        for (const { topics: found } of answer.results)
          for (const { name, partitions } of found) {
            const own = sizes.get(name) ?? new Map<number, number>();
            sizes.set(name, own);
            for (const {
              partitionIndex,
              partitionSize,
              isFutureKey,
            } of partitions)
              if (!isFutureKey) own.set(partitionIndex, Number(partitionSize));
          }
      } catch (error) {
        // An old broker or one that denies sizes: nothing else depends on them.
        if (!(error instanceof KafkaClusterError)) throw error;
      }
    }),
  );
  return sizes;
}
