export { asked } from './asked';
export { readClusters } from './config';
export type { ClusterConfig } from './config';
export { createKafkaCluster } from './createKafkaCluster';
export { kafkaClustersServiceRef } from './kafkaClustersServiceRef';
export type { KafkaClusters } from './kafkaClustersServiceRef';
export { KafkaClusterError } from './problems';
export type * from './types';
