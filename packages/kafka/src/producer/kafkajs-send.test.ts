import { compatibilityPartitioner } from '@platformatic/kafka';
import type { Message, ProducerBatch, RecordMetadata } from '@homelab/kafkajs';
import { expect, test } from 'vitest';
import { createPlacingPartitioner, sendThrough } from './kafkajs-send.ts';
import type { OutgoingRecord } from '../types.ts';

const partitionMetadata = Array.from({ length: 6 }, (_, partitionId) => ({
  partitionId,
  partitionErrorCode: 0,
  leader: 1,
  replicas: [1],
  isr: [1],
}));

function place(message: Message) {
  const choose = createPlacingPartitioner();
  return choose({ topic: 't', partitionMetadata, message });
}

// Values of Kafka's own producer, utils murmur2: toPositive(murmur2(key)) % 6.
test.each([
  ['21', toPositive(-973932308) % 6],
  ['foobar', toPositive(-790332482) % 6],
  ['a-little-bit-long-string', toPositive(-985981536) % 6],
])('the key %s goes where the Java client sends it', (key, expected) => {
  const message: Message = { key, value: 'v' };
  expect(place(message)).toBe(expected);
  expect(message.partition).toBe(expected);
  // Both libraries must agree, or a device's partition would depend on the library.
  const bytes = Buffer.from(key);
  expect(compatibilityPartitioner({ topic: 't' }, bytes) % 6).toBe(expected);
});

test('a message without a key keeps its partition when it is sent again', () => {
  const choose = createPlacingPartitioner();
  const message: Message = { key: null, value: 'v' };
  const first = choose({ topic: 't', partitionMetadata, message });
  const again = Array.from({ length: 5 }, () =>
    choose({ topic: 't', partitionMetadata, message }),
  );
  expect(new Set([first, ...again]).size).toBe(1);
});

function toPositive(hash: number): number {
  return hash & 0x7fffffff;
}

/** A record with value "p<n>…", which the partitioner puts on partition n. */
function record(value: string, topic = 't'): OutgoingRecord {
  return { topic, key: 'k', value };
}

/**
 * Sends through a kafkajs that returns this part of a full response; returns what is left
 * unacknowledged.
 */
async function valuesLeft(
  records: readonly OutgoingRecord[],
  answered: (all: RecordMetadata[]) => RecordMetadata[],
): Promise<string[]> {
  const left = await sendThrough(
    {
      async sendBatch({ topicMessages = [] }: ProducerBatch) {
        const all = topicMessages.flatMap(({ topic, messages }) =>
          messages.map(message => {
            message.partition = Number(
              /^p(\d)/.exec(String(message.value))?.[1],
            );
            return {
              topicName: topic,
              partition: message.partition,
              errorCode: 0,
            };
          }),
        );
        return answered(all);
      },
    },
    records,
  );
  return left.map(({ value }) => String(value));
}

test('records whose partition is missing from the response are not acknowledged', async () => {
  const records = ['p0-a', 'p1-b', 'p1-c', 'p2-d'].map(value => record(value));
  const without1 = (all: RecordMetadata[]) =>
    all.filter(({ partition }) => partition !== 1);
  expect(await valuesLeft(records, without1)).toEqual(['p1-b', 'p1-c']);
  expect(await valuesLeft(records, all => all)).toEqual([]);
});

test('the same partition of another topic does not count as acknowledged', async () => {
  const onlyTopicA = (all: RecordMetadata[]) =>
    all.filter(({ topicName }) => topicName === 'a');
  expect(
    await valuesLeft([record('p0-1', 'a'), record('p0-2', 'b')], onlyTopicA),
  ).toEqual(['p0-2']);
});

test('a response with an error code is not an acknowledgement', async () => {
  const refused = (all: RecordMetadata[]) =>
    all.map(answer => ({ ...answer, errorCode: 6 }));
  expect(await valuesLeft([record('p0-a')], refused)).toEqual(['p0-a']);
});
