import { kafkaTopics, streams } from './streams.ts';
import type { Stream } from './streams.ts';

/** One Kafka topic as it must exist on the broker. */
export interface TopicDefinition {
  name: string;
  kind: 'stream' | 'dead-letter' | 'redrive' | 'ledger' | 'state';
  /** Absent for topics that hold messages of every stream or of no known one. */
  stream?: Stream;
  partitions: number;
  /** {@link keptForever} if records never expire by age. */
  retentionMs: number;
  /**
   * The size of a partition above which Kafka deletes its oldest records, whatever their age,
   * a whole segment at a time; absent for no limit.
   */
  retentionBytes?: number;
  cleanupPolicy: 'delete' | 'compact' | 'compact,delete';
  /** The minimum age of a record before compaction may remove it; only for compacted topics. */
  minCompactionLagMs?: number;
  /** The age at which a segment is closed; only closed segments are compacted. */
  segmentMs?: number;
  /** Copies of each record, on as many brokers. */
  replicationFactor: number;
  /** The largest batch of records, and so the largest record, that the broker accepts. */
  maxMessageBytes: number;
  description: string;
}

const dayMs = 24 * 60 * 60 * 1000;
const mebibyte = 1024 * 1024;

/** Kafka's value for unlimited retention. */
export const keptForever = -1;

/** The default of brokers: 1 MiB and the header of a batch. */
const usualMessageBytes = mebibyte + 12;

/** Room for the largest payload of a dead letter plus its headers. */
const letterMessageBytes = 2 * mebibyte;

/**
 * The most space for the dead letters of one topic: 128 of the largest, some hundred thousand
 * typical ones. A device that sends nothing but garbage must not fill the disk that the
 * readings need.
 */
const letterRetentionBytes = 256 * mebibyte;

/** Kafka deletes whole segments, so the limit spans several. */
const segmentsPerRetention = 8;

/** The dead-letter topic of a Kafka topic: `<topic>.dlq`. */
export function deadLetterTopic(topic: string): string {
  return `${topic}.dlq`;
}

/** The dead-letter topic for messages of no known stream. */
export const ingestDeadLetterTopic = deadLetterTopic('homelab.ingest');

/** The topic to which a redrive sends MQTT messages for the bridge. */
export const ingestRedriveTopic = 'homelab.ingest.redrive';

/** The consumer group of the bridges that read {@link ingestRedriveTopic}. */
export const ingestRedriveGroup = 'homelab-bridge-redrive';

/** The topic in which a redrive records the letter of each record it sends. */
export const redriveLedgerTopic = 'homelab.redrives';

/**
 * The values of devices that send one value per MQTT topic: the last value of each field of each
 * device, from which the bridges make readings.
 */
export const statesTopic = 'homelab.states';

/** The consumer group of the bridges that make readings of states. */
export const statesGroup = 'homelab-bridge-states';

const streamDescriptions: Record<Stream, string> = {
  energy: 'Electricity meter readings',
  heatpump: 'Heat pump status readings',
  temperature: 'Room temperature and humidity readings',
};

/** Common settings of the Kafka topics, for a single broker. */
const common = {
  retentionMs: 7 * dayMs,
  cleanupPolicy: 'delete',
  replicationFactor: 1,
  maxMessageBytes: usualMessageBytes,
} as const;

/**
 * The number of partitions must never change: a device that moved to another one would leave its
 * state behind.
 */
export const statesTopicDefinition: TopicDefinition = {
  ...common,
  name: statesTopic,
  kind: 'state',
  partitions: 6,
  // A field that has not been sent for so long has expired anyway.
  cleanupPolicy: 'compact,delete',
  // Until then the successor of a killed bridge finds every observation that was not finished.
  minCompactionLagMs: dayMs,
  // A restart reads everything that is not yet compacted.
  segmentMs: dayMs,
  description:
    'Last value of each field of devices that send one value per message',
};

/** One partition, because people read them in order. */
const deadLetters = {
  ...common,
  kind: 'dead-letter',
  partitions: 1,
  retentionMs: 30 * dayMs,
  retentionBytes: letterRetentionBytes,
  maxMessageBytes: letterMessageBytes,
} as const;

/**
 * Every Kafka topic of the pipeline. Partitions limit how far a consumer group scales;
 * retention limits how long the sink may be stopped before data is lost.
 */
export const topicDefinitions: readonly TopicDefinition[] = [
  ...streams.flatMap((stream): TopicDefinition[] => [
    {
      ...common,
      name: kafkaTopics[stream],
      kind: 'stream',
      stream,
      partitions: 6,
      description: streamDescriptions[stream],
    },
    {
      ...deadLetters,
      name: deadLetterTopic(kafkaTopics[stream]),
      stream,
      description: `${streamDescriptions[stream]} that could not be read or stored`,
    },
  ]),
  {
    ...deadLetters,
    name: ingestDeadLetterTopic,
    description: 'MQTT messages that belong to no known stream',
  },
  {
    ...common,
    name: ingestRedriveTopic,
    kind: 'redrive',
    partitions: 3,
    maxMessageBytes: letterMessageBytes,
    description: 'Redriven MQTT messages for the bridge',
  },
  {
    ...common,
    name: redriveLedgerTopic,
    kind: 'ledger',
    partitions: 1,
    retentionMs: keptForever,
    cleanupPolicy: 'compact',
    description: 'Which dead letters have been redriven, and by which redrive',
  },
  statesTopicDefinition,
];

/** The dead-letter topics, in the order of the definitions. */
export const deadLetterTopics: readonly string[] = topicDefinitions
  .filter(({ kind }) => kind === 'dead-letter')
  .map(({ name }) => name);

/** The settings of a Kafka topic under the broker's names. */
export function topicSettings(
  topic: Pick<
    TopicDefinition,
    | 'retentionMs'
    | 'retentionBytes'
    | 'cleanupPolicy'
    | 'maxMessageBytes'
    | 'minCompactionLagMs'
    | 'segmentMs'
  >,
): Record<string, string> {
  const { minCompactionLagMs, segmentMs } = topic;
  return {
    'retention.ms': String(topic.retentionMs),
    ...(topic.retentionBytes === undefined
      ? {}
      : {
          'retention.bytes': String(topic.retentionBytes),
          'segment.bytes': String(
            Math.ceil(topic.retentionBytes / segmentsPerRetention),
          ),
        }),
    'cleanup.policy': topic.cleanupPolicy,
    'max.message.bytes': String(topic.maxMessageBytes),
    ...(minCompactionLagMs !== undefined && {
      'min.compaction.lag.ms': String(minCompactionLagMs),
    }),
    ...(segmentMs !== undefined && { 'segment.ms': String(segmentMs) }),
  };
}
