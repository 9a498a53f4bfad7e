import { kafkaTopics, streams } from './streams.ts';
import type { Stream } from './streams.ts';

/** One Kafka topic as it must exist on the broker. */
export interface TopicDefinition {
  name: string;
  kind: 'stream' | 'dead-letter' | 'redrive' | 'ledger' | 'state';
  /** Absent where messages of every stream meet, and of none that we know. */
  stream?: Stream;
  partitions: number;
  /** {@link keptForever} for a Kafka topic that forgets nothing by age. */
  retentionMs: number;
  /**
   * The most bytes of a partition before its oldest records are deleted, whatever their age,
   * give or take a segment; absent for no bound.
   */
  retentionBytes?: number;
  cleanupPolicy: 'delete' | 'compact' | 'compact,delete';
  /** How old a record is at least before compaction may take it; only where there is compaction. */
  minCompactionLagMs?: number;
  /** After how long a segment is closed; compaction looks at closed ones only. */
  segmentMs?: number;
  /** Copies of each record, on as many brokers. */
  replicationFactor: number;
  /** The largest batch of records, and so the largest record, that the broker takes. */
  maxMessageBytes: number;
  description: string;
}

const dayMs = 24 * 60 * 60 * 1000;
const mebibyte = 1024 * 1024;

/** A retention without an end, in Kafka's own way of saying it. */
export const keptForever = -1;

/** What brokers take when nothing else is said: 1 MiB and the head of a batch. */
const usualMessageBytes = mebibyte + 12;

/** Room for an MQTT packet of the largest size beside the headers of its dead letter. */
const letterMessageBytes = 2 * mebibyte;

/**
 * What dead letters of one topic may take up: 128 of the largest, some hundred thousand
 * usual ones. A device that sends nothing but garbage must not fill the disk that the
 * readings need.
 */
const letterRetentionBytes = 256 * mebibyte;

/** Kafka deletes whole segments, so there are several within a bound. */
const segmentsPerRetention = 8;

/** The dead-letter topic of a Kafka topic: `<topic>.dlq`. */
export function deadLetterTopic(topic: string): string {
  return `${topic}.dlq`;
}

/** Where the bridge puts messages that belong to no stream it knows. */
export const ingestDeadLetterTopic = deadLetterTopic('homelab.ingest');

/** Where a redrive puts MQTT messages for the bridge to read again. */
export const ingestRedriveTopic = 'homelab.ingest.redrive';

/** The consumer group of the bridges that read them. */
export const ingestRedriveGroup = 'homelab-bridge-redrive';

/** Where a redrive notes, together with each record it sends, which letter that was. */
export const redriveLedgerTopic = 'homelab.redrives';

/**
 * What devices say that send one value per MQTT topic: the last value of each field of each
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

/** What a house with one broker has of every Kafka topic. */
const common = {
  retentionMs: 7 * dayMs,
  cleanupPolicy: 'delete',
  replicationFactor: 1,
  maxMessageBytes: usualMessageBytes,
} as const;

/**
 * Its number of partitions is for ever: a device that moved to another one would leave its
 * state behind.
 */
export const statesTopicDefinition: TopicDefinition = {
  ...common,
  name: statesTopic,
  kind: 'state',
  partitions: 6,
  // A field that nobody has seen for so long has long outlived its lifetime.
  cleanupPolicy: 'compact,delete',
  // Until then a bridge that was killed finds every observation it had not finished with.
  minCompactionLagMs: dayMs,
  // A restart reads what compaction has not yet looked at.
  segmentMs: dayMs,
  description:
    'Last value of each field of devices that send one value per message',
};

/** One partition, for a person reads them in their order. */
const deadLetters = {
  ...common,
  kind: 'dead-letter',
  partitions: 1,
  retentionMs: 30 * dayMs,
  retentionBytes: letterRetentionBytes,
  maxMessageBytes: letterMessageBytes,
} as const;

/**
 * Every Kafka topic of the pipeline. Partitions bound how far a consumer group scales;
 * retention bounds how long a stopped sink may stay stopped before data is lost.
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

/** The settings of a Kafka topic in the broker's own words. */
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
