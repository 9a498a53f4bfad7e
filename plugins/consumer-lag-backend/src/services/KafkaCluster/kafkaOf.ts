import { NotFoundError } from '@backstage/errors';
import type { KafkaCluster } from './types';

/** @throws NotFoundError when no cluster has that name */
export function kafkaOf(
  kafka: ReadonlyMap<string, KafkaCluster>,
  cluster: string,
): KafkaCluster {
  const own = kafka.get(cluster);
  if (own) return own;
  throw new NotFoundError(`There is no Kafka cluster ${cluster} here.`);
}
