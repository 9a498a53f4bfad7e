import { Partitioners } from '@homelab/kafkajs';
import type {
  ICustomPartitioner,
  Message,
  Producer,
  RecordMetadata,
} from '@homelab/kafkajs';
import type { OutgoingRecord } from '../types.ts';

/**
 * Sends records and returns those that the response does not acknowledge. kafkajs may
 * resolve although a partition was never sent, when its leader moved to a broker that had
 * already answered. Only partitions named in the response are acknowledged.
 */
export async function sendThrough(
  producer: Pick<Producer, 'sendBatch'>,
  records: readonly OutgoingRecord[],
): Promise<readonly OutgoingRecord[]> {
  const addressed = records.map(record => ({
    record,
    message: messageOf(record),
  }));
  const messages = new Map<string, Message[]>();
  for (const { record, message } of addressed) {
    const list = messages.get(record.topic);
    if (list === undefined) messages.set(record.topic, [message]);
    else list.push(message);
  }
  const answer = await producer.sendBatch({
    acks: -1,
    topicMessages: [...messages].map(([topic, list]) => ({
      topic,
      messages: list,
    })),
  });
  const acknowledged = acknowledgedIn(answer);
  return addressed
    .filter(
      ({ record, message }) =>
        !acknowledged.has(`${record.topic} ${message.partition}`),
    )
    .map(({ record }) => record);
}

function acknowledgedIn(answer: readonly RecordMetadata[]): Set<string> {
  return new Set(
    answer
      .filter(({ errorCode }) => errorCode === 0)
      .map(({ topicName, partition }) => `${topicName} ${partition}`),
  );
}

function messageOf(record: OutgoingRecord): Message {
  const { partition, key, value, headers, timestampMs } = record;
  return {
    key,
    value,
    ...(headers === undefined ? {} : { headers: { ...headers } }),
    ...(timestampMs === undefined ? {} : { timestamp: String(timestampMs) }),
    ...(partition === undefined ? {} : { partition }),
  };
}

/**
 * The partitioner of the Java client (murmur2 of the key) that writes its choice into the
 * message. A retry inside kafkajs then keeps the partition, which the sequence numbers of
 * an idempotent producer rely on, and the response can be compared with what was sent.
 */
export const createPlacingPartitioner: ICustomPartitioner = () => {
  const choose = Partitioners.DefaultPartitioner();
  return args => {
    const partition = choose(args);
    args.message.partition = partition;
    return partition;
  };
};
