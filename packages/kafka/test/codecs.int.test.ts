import {
  createTestKafka,
  eventually,
  testServers,
  uniqueName,
} from '@homelab/test-kit';
import type { TestScope } from '@homelab/test-kit';
import { allowedCompressionsAlgorithms, Producer } from '@platformatic/kafka';
import { expect, onTestFinished, test } from 'vitest';
import { oneTopic } from './topic-fixtures.ts';

const t = { onTestFinished };
const codecs = allowedCompressionsAlgorithms.filter(name => name !== 'none');
type Codec = (typeof allowedCompressionsAlgorithms)[number];

/** Long and repetitive, so that compression pays. */
const valueOf = (index: number) => `${index} ${'reading '.repeat(200)}`;

/** Sends records in one compressed batch, as a foreign producer does. */
async function sendCompressed(
  scope: TestScope,
  topic: string,
  compression: Codec,
  count: number,
): Promise<void> {
  const producer = new Producer<Buffer, Buffer, Buffer, Buffer>({
    clientId: uniqueName('compressing'),
    bootstrapBrokers: [...testServers().kafka.brokers],
    compression,
  });
  scope.onTestFinished(() => producer.close());
  await producer.send({
    messages: Array.from({ length: count }, (_, index) => ({
      topic,
      partition: 0,
      key: Buffer.from('device'),
      value: Buffer.from(valueOf(index)),
      headers: new Map([[Buffer.from('codec'), Buffer.from(compression)]]),
    })),
  });
}

const expected = (codec: string, count: number) =>
  Array.from({ length: count }, (_, index) => [valueOf(index), codec]);

test.each(codecs)('a read and a consumer understand %s', async codec => {
  const topic = await oneTopic(t);
  await sendCompressed(t, topic, codec, 50);
  const read: string[][] = [];
  await createTestKafka().read({
    topics: [topic],
    onRecords: async records => {
      for (const { value, headers } of records)
        read.push([String(value), String(headers.codec)]);
      return 'more';
    },
  });
  expect(read).toEqual(expected(codec, 50));

  const consumed: string[][] = [];
  const consumer = createTestKafka().consumer({
    groupId: uniqueName('group'),
    fromBeginning: true,
    maxWaitMs: 100,
  });
  t.onTestFinished(() => consumer.stop());
  await consumer.start({
    topics: [topic],
    onBatch: async ({ records }) => {
      for (const { value, headers } of records)
        consumed.push([String(value), String(headers.codec)]);
    },
  });
  await eventually(() => expect(consumed).toEqual(expected(codec, 50)));
});

test('plain and compressed batches of one topic are read in their order', async () => {
  const topic = await oneTopic(t);
  for (const codec of allowedCompressionsAlgorithms)
    await sendCompressed(t, topic, codec, 2);
  const read: string[] = [];
  await createTestKafka().read({
    topics: [topic],
    onRecords: async records => {
      for (const { headers } of records) read.push(String(headers.codec));
      return 'more';
    },
  });
  expect(read).toEqual(
    allowedCompressionsAlgorithms.flatMap(codec => [codec, codec]),
  );
});
