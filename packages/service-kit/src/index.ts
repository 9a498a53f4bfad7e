export { parseEnv, ConfigError } from './env.ts';
export type { ConfigProblem, Env } from './env.ts';
export {
  brokerListField,
  envField,
  kafkaEnv,
  mqttEnv,
  opsEnv,
  postgresEnv,
  siteEnv,
} from './env-fields.ts';
export { createLogger, logLevels } from './logger.ts';
export type { Logger, LogLevel } from './logger.ts';
export { createLogLimiter } from './log-limiter.ts';
export type { LogLimiter } from './log-limiter.ts';
export { createMetrics, createRegistry } from './metrics.ts';
export type {
  Counter,
  Gauge,
  Histogram,
  LabelValues,
  Metrics,
  Registry,
} from './metrics.ts';
export { createOpsServer } from './ops-server.ts';
export type { OpsServer, Readiness } from './ops-server.ts';
export { runService } from './run-service.ts';
export type { Service, ServiceDeps } from './run-service.ts';
export { pubacks } from './mqtt/pubacks.ts';
export { createPublishSplitter } from './mqtt/split-publishes.ts';
export type { PublishPacket, PublishSplitter } from './mqtt/split-publishes.ts';
export { createBackoff } from './backoff.ts';
export type { Backoff } from './backoff.ts';
export { createKafkaClient } from './kafka/client.ts';
export { toEventLogger } from './kafka/event-logger.ts';
export { headerText } from './kafka/fetched-record.ts';
export { portionsOf, sizeOfRecord } from './kafka/portions.ts';
export { platformaticSecurity } from './kafka/security.ts';
export { KafkaError, kafkaClientCodes } from './kafka/errors.ts';
export type {
  BatchHandler,
  ConnectionState,
  ConsumedRecord,
  ConsumerOptions,
  ConsumerSubscription,
  EventLogger,
  GroupOffset,
  KafkaAdmin,
  KafkaClient,
  KafkaClientOptions,
  KafkaSecurity,
  NewTopic,
  OutgoingRecord,
  PartitionOffsets,
  ProducerLibrary,
  ProducerCounts,
  ProducerOptions,
  ReadOptions,
  ReadRecord,
  RecordBatch,
  RecordConsumer,
  RecordProducer,
  TopicDescription,
  TopicPartition,
  TransactionalProducer,
  TransactionOptions,
} from './kafka/types.ts';
