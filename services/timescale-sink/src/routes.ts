import { deadLetterTopic, kafkaTopics, sinkGroups } from '@homelab/telemetry';
import type { Stream } from '@homelab/telemetry';
import { readingTables } from '@homelab/timescale-schema';
import type { ReadingTable } from '@homelab/timescale-schema';

/** The route of one stream: the topics, the consumer group and the table. */
export interface StreamRoute {
  readonly stream: Stream;
  /** The Kafka topic that is read. */
  readonly topic: string;
  /** The Kafka topic for records that cannot be stored. */
  readonly deadLetterTopic: string;
  /** The consumer group. */
  readonly group: string;
  readonly table: ReadingTable;
}

/** The route that the contract gives a stream. */
export function routeOf(stream: Stream): StreamRoute {
  const topic = kafkaTopics[stream];
  return {
    stream,
    topic,
    deadLetterTopic: deadLetterTopic(topic),
    group: sinkGroups[stream],
    table: readingTables[stream],
  };
}
