import { kafkaTopics, streams } from './streams.ts';
import type { Stream } from './streams.ts';

/** One Kafka topic as it must exist on the broker. */
export interface TopicDefinition {
  name: string;
  kind: 'stream' | 'dead-letter';
  /** Absent for the dead letters of messages that belong to no stream we know. */
  stream?: Stream;
  partitions: number;
  retentionMs: number;
  cleanupPolicy: 'delete' | 'compact';
  description: string;
}

const dayMs = 24 * 60 * 60 * 1000;

/** The dead-letter topic of a Kafka topic: `<topic>.dlq`. */
export function deadLetterTopic(topic: string): string {
  return `${topic}.dlq`;
}

/** Where the bridge puts messages that belong to no stream it knows. */
export const ingestDeadLetterTopic = deadLetterTopic('homelab.ingest');

const streamDescriptions: Record<Stream, string> = {
  energy: 'Electricity meter readings',
  heatpump: 'Heat pump status readings',
  temperature: 'Room temperature and humidity readings',
};

/**
 * Every Kafka topic of the pipeline. Partitions bound how far a consumer group scales;
 * retention bounds how long a stopped sink may stay stopped before data is lost.
 */
export const topicDefinitions: readonly TopicDefinition[] = [
  ...streams.flatMap((stream): TopicDefinition[] => [
    {
      name: kafkaTopics[stream],
      kind: 'stream',
      stream,
      partitions: 6,
      retentionMs: 7 * dayMs,
      cleanupPolicy: 'delete',
      description: streamDescriptions[stream],
    },
    {
      name: deadLetterTopic(kafkaTopics[stream]),
      kind: 'dead-letter',
      stream,
      partitions: 1,
      retentionMs: 30 * dayMs,
      cleanupPolicy: 'delete',
      description: `${streamDescriptions[stream]} that could not be read or stored`,
    },
  ]),
  {
    name: ingestDeadLetterTopic,
    kind: 'dead-letter',
    partitions: 1,
    retentionMs: 30 * dayMs,
    cleanupPolicy: 'delete',
    description: 'MQTT messages that belong to no known stream',
  },
];
