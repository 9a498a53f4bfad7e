export { createKafkaCluster } from './createKafkaCluster';
export { KafkaClusterError, problemCodes } from './problems';
export type * from './types';
