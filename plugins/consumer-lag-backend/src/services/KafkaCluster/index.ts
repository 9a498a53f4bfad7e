export { createKafkaCluster } from './createKafkaCluster';
export { KafkaClusterError } from './problems';
export type * from './types';
