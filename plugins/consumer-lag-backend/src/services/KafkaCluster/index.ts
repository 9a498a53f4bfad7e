export { createKafkaCluster } from './createKafkaCluster';
export { kafkaOf } from './kafkaOf';
export { KafkaClusterError } from './problems';
export type * from './types';
