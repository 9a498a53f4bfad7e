import type { Message, RecordMetadata } from 'kafkajs';
import { KafkaError, kafkaClientCodes } from './errors.ts';
import type { OutgoingRecord } from './types.ts';

/** A message on its way; the partitioner writes its partition into it. */
export interface Addressed {
  readonly topic: string;
  readonly wantedPartition: number | undefined;
  readonly message: Message;
}

/** Makes the message that kafkajs sends of a record. */
export function addressed(record: OutgoingRecord): Addressed {
  const { topic, partition, key, value, headers, timestampMs } = record;
  return {
    topic,
    wantedPartition: partition,
    message: {
      key,
      value,
      ...(headers === undefined ? {} : { headers: { ...headers } }),
      ...(timestampMs === undefined ? {} : { timestamp: String(timestampMs) }),
      ...(partition === undefined ? {} : { partition }),
    },
  };
}

/** Groups messages as kafkajs wants them, in their order. */
export function byTopic(pending: readonly Addressed[]) {
  const messages = new Map<string, Message[]>();
  for (const { topic, message } of pending) {
    const list = messages.get(topic);
    if (list === undefined) messages.set(topic, [message]);
    else list.push(message);
  }
  return [...messages].map(([topic, list]) => ({ topic, messages: list }));
}

/**
 * Gives the messages that the answer does not cover.
 * kafkajs may resolve although a partition was never sent, when its leader moved to a
 * broker that had already answered. Only what the answer names is acknowledged.
 */
export function unacknowledged(
  pending: readonly Addressed[],
  answer: readonly RecordMetadata[],
): Addressed[] {
  const acknowledged = new Set(
    answer
      .filter(({ errorCode }) => errorCode === 0)
      .map(({ topicName, partition }) => `${topicName} ${partition}`),
  );
  return pending.filter(
    ({ topic, message }) => !acknowledged.has(`${topic} ${message.partition}`),
  );
}

/** The error of messages that stay unacknowledged. */
export function partialSend(pending: readonly Addressed[]): KafkaError {
  const topics = [...new Set(pending.map(({ topic }) => topic))].join(', ');
  return new KafkaError(
    `Kafka did not acknowledge ${pending.length} records for ${topics}; send them again.`,
    { code: kafkaClientCodes.partialSend, retryable: true },
  );
}
