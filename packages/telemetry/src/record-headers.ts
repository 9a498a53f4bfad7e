/** The version of the canonical messages, sent with each Kafka record. */
export const schemaVersion = '1';

/** Names of the headers of a Kafka record on a stream topic. Values are UTF-8 text. */
export const recordHeaders = {
  /** The MQTT topic the message arrived on. */
  mqttTopic: 'mqtt-topic',
  /** When the bridge received it, ISO 8601 in UTC. */
  receivedAt: 'received-at',
  /** {@link schemaVersion} of the value. */
  schemaVersion: 'schema-version',
} as const;

/**
 * Headers that preserve how the broker delivered an MQTT message while the message waits in Kafka; each
 * is set only if it applies.
 */
export const mqttDeliveryHeaders = {
  /** `true`: a retained message, published before the subscription. */
  retained: 'mqtt-retained',
  /** Since when it may have waited in the broker's queue, ISO 8601 in UTC. */
  waitedSince: 'mqtt-waited-since',
} as const;

/** The processes that dead-letter messages, as named in {@link deadLetterHeaders}. */
export const deadLetterStages = ['bridge', 'sink'] as const;

/** One of {@link deadLetterStages}. */
export type DeadLetterStage = (typeof deadLetterStages)[number];

/** Names of the headers that a dead-lettered record has in addition to its original ones. */
export const deadLetterHeaders = {
  /** The process that gave up: one of {@link deadLetterStages}. */
  stage: 'dlq-stage',
  /** One of {@link deadLetterCodes}. */
  code: 'dlq-code',
  /** A sentence for people, at most {@link maxDeadLetterMessageLength} characters. */
  message: 'dlq-message',
  /** The Kafka topic it came from, or `mqtt` for a message that never reached Kafka. */
  originTopic: 'dlq-origin-topic',
  originPartition: 'dlq-origin-partition',
  originOffset: 'dlq-origin-offset',
  /** Timestamp of the original record, ISO 8601 in UTC; absent if it had none. */
  originTimestamp: 'dlq-origin-timestamp',
  /** The consumer group that failed. */
  originGroup: 'dlq-origin-group',
  attempts: 'dlq-attempts',
  firstFailedAt: 'dlq-first-failed-at',
  lastFailedAt: 'dlq-last-failed-at',
  /** Redrive count; the only one of these that a redriven record keeps. */
  redriveCount: 'dlq-redrive-count',
} as const;

/** The longest `dlq-message` header, in characters; longer messages are truncated. */
export const maxDeadLetterMessageLength = 500;

/** Why a message was dead-lettered: a closed set, used as header and metric label. */
export const deadLetterCodes = [
  'payload_empty',
  'payload_too_large',
  'payload_not_json',
  'payload_not_an_object',
  'mqtt_topic_unknown',
  'device_id_missing',
  'device_id_invalid',
  'timestamp_missing',
  'timestamp_invalid',
  'timestamp_out_of_window',
  'field_wrong_type',
  'no_measurement',
  'schema_version_unknown',
  'adapter_failed',
  'database_rejected',
] as const;

/** One of {@link deadLetterCodes}. */
export type DeadLetterCode = (typeof deadLetterCodes)[number];
