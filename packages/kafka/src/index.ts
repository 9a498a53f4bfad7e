export { brokerListField, kafkaEnv } from './env.ts';
export { createKafkaClient } from './client.ts';
export { isOneOf } from './name-patterns.ts';
export { headerText } from './fetch-fast-path/fetched-record.ts';
export { batchesOf, sizeOfRecord } from './producer/batches.ts';
export { platformaticSecurity } from './connection/security.ts';
export { KafkaError, kafkaClientCodes } from './connection/errors.ts';
export type {
  BatchHandler,
  ConsumedRecord,
  ConsumerOptions,
  ConsumerSubscription,
  GroupOffset,
  KafkaAdmin,
  KafkaClient,
  KafkaClientOptions,
  KafkaSecurity,
  NewTopic,
  OutgoingRecord,
  PartitionOffsets,
  ProducerOptions,
  ReadOptions,
  ReadRecord,
  RecordBatch,
  RecordConsumer,
  RecordProducer,
  RecordTail,
  TailBatch,
  TailBegin,
  TailOptions,
  TopicDescription,
  TopicPartition,
  TransactionalProducer,
  TransactionOptions,
} from './types.ts';
