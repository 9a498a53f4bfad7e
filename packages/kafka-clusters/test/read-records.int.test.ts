import {
  createTestAdmin,
  createTestProducer,
  createTestTopics,
  eventually,
  seededRandom,
  uniqueName,
} from '@homelab/test-kit';
import type { TestScope } from '@homelab/test-kit';
import { fetchV12 } from '@platformatic/kafka';
import { expect, test } from 'vitest';
import type { KafkaCluster, PeekedRecord } from '../src';
import {
  connectTo,
  createCluster,
  createProducer,
  sendValues,
} from './kafka-support';

const partition = 0;
const fromStart = { partition, fromOffset: 0n, maxRecords: 1_000 };

function textOf(records: readonly PeekedRecord[]): (string | undefined)[] {
  return records.map(({ value }) => value?.toString());
}

/** Which compression the broker has stored each batch in. */
async function storedCodecs(t: TestScope, topic: string): Promise<number[]> {
  const place = { partition, currentLeaderEpoch: -1, lastFetchedEpoch: -1 };
  const { responses } = await fetchV12.api.async(
    await connectTo(t),
    ...([0, 0, 1e7, 0, 0, -1] as const),
    [
      {
        topicId: topic,
        partitions: [{ ...place, fetchOffset: 0n, partitionMaxBytes: 1e7 }],
      },
    ],
    [],
    '',
  );
  return responses[0].partitions[0].records!.map(
    // eslint-disable-next-line no-bitwise
    ({ attributes }) => attributes & 7,
  );
}

test.for([
  ['gzip', 1],
  ['snappy', 2],
  ['lz4', 3],
  ['zstd', 4],
] as const)(
  'records that the broker has stored as %s are read back',
  async ([codec, number], t) => {
    const { topic } = await createTestTopics(t, ['topic'], {
      config: { 'compression.type': codec },
    });
    const random = seededRandom(7);
    // Beyond the 64 KB at which some codecs begin a new block.
    const values = Array.from(
      { length: 40 },
      (_, index) => `${index} ${String(random.next()).repeat(500)}`,
    );
    await sendValues(createProducer(t), topic, values);
    expect(new Set(await storedCodecs(t, topic))).toEqual(new Set([number]));

    const records = await createCluster(t).readRecords({ topic, ...fromStart });
    expect(textOf(records)).toEqual(values);
    expect(records.map(({ offset }) => offset)).toEqual(
      values.map((_, index) => BigInt(index)),
    );
  },
);

test('a read begins in the middle of a batch and ends at the requested number', async t => {
  const { topic } = await createTestTopics(t, ['topic']);
  await sendValues(createProducer(t), topic, [...'abcdefgh']);
  const cluster = createCluster(t);
  const read = (fromOffset: bigint, maxRecords: number) =>
    cluster.readRecords({ topic, partition, fromOffset, maxRecords });
  expect(textOf(await read(3n, 2))).toEqual(['d', 'e']);
  expect(textOf(await read(6n, 10))).toEqual(['g', 'h']);
  expect(await read(8n, 10)).toEqual([]);
  expect(await read(99n, 10)).toEqual([]);
  expect(await read(0n, 0)).toEqual([]);
});

test('records deleted by retention are skipped', async t => {
  const { topic } = await createTestTopics(t, ['topic']);
  await sendValues(createProducer(t), topic, [...'abcd']);
  const admin = await createTestAdmin(t);
  await admin.deleteRecords(topic, [{ partition, offset: '2' }]);
  expect(
    textOf(await createCluster(t).readRecords({ topic, ...fromStart })),
  ).toEqual(['c', 'd']);
});

test('keys, headers, times and records without a value are as they were sent', async t => {
  const { topic } = await createTestTopics(t, ['topic']);
  const producer = await createTestProducer(t);
  await producer.send([
    {
      topic,
      key: 'k',
      value: 'v',
      headers: { reason: 'invalid', bytes: Buffer.from([0, 255]) },
      timestampMs: 1_700_000_000_123,
    },
    { topic, key: 'gone', value: null, timestampMs: 1_700_000_000_456 },
  ]);
  expect(await createCluster(t).readRecords({ topic, ...fromStart })).toEqual([
    {
      offset: 0n,
      timestampMs: 1_700_000_000_123,
      key: Buffer.from('k'),
      value: Buffer.from('v'),
      headers: [
        { key: 'reason', value: Buffer.from('invalid') },
        { key: 'bytes', value: Buffer.from([0, 255]) },
      ],
    },
    {
      offset: 1n,
      timestampMs: 1_700_000_000_456,
      key: Buffer.from('gone'),
      value: null,
      headers: [],
    },
  ]);
});

test("with the broker's timestamps, its time is shown", async t => {
  const { topic } = await createTestTopics(t, ['topic'], {
    config: { 'message.timestamp.type': 'LogAppendTime' },
  });
  const before = Date.now();
  const producer = await createTestProducer(t);
  await producer.send([{ topic, key: null, value: 'v', timestampMs: 1_000 }]);
  const records = await createCluster(t).readRecords({ topic, ...fromStart });
  expect(records).toHaveLength(1);
  expect(records[0].timestampMs).toBeGreaterThanOrEqual(before);
});

test('aborted records and transaction markers are left out', async t => {
  const { topic } = await createTestTopics(t, ['topic']);
  const plain = createProducer(t);
  const transactional = () =>
    createProducer(t, { transactionalId: uniqueName('tx'), idempotent: true });
  const first = await transactional().beginTransaction();
  const second = await transactional().beginTransaction();
  await sendValues(first, topic, ['aborted 1', 'aborted 2']);
  await sendValues(plain, topic, ['plain 1']);
  await sendValues(second, topic, ['committed 1']);
  await sendValues(first, topic, ['aborted 3']);
  await second.commit();
  await first.abort();
  await sendValues(plain, topic, ['plain 2']);
  const cluster = createCluster(t);
  await eventually(async () =>
    expect(textOf(await cluster.readRecords({ topic, ...fromStart }))).toEqual([
      'plain 1',
      'committed 1',
      'plain 2',
    ]),
  );
  // From within the aborted transaction, of which only the rest is fetched.
  expect(
    textOf(await cluster.readRecords({ topic, ...fromStart, fromOffset: 4n })),
  ).toEqual(['plain 2']);
});

test('a record is found however much was aborted before it', async t => {
  const { topic } = await createTestTopics(t, ['topic']);
  const transaction = await createProducer(t, {
    transactionalId: uniqueName('tx'),
    idempotent: true,
  }).beginTransaction();
  const large = 'x'.repeat(100_000);
  for (let index = 0; index < 5; index += 1)
    await sendValues(transaction, topic, [large]);
  await transaction.abort();
  await sendValues(createProducer(t), topic, ['behind']);
  const cluster = createCluster(t);
  await eventually(async () =>
    expect(
      textOf(
        await cluster.readRecords({
          topic,
          ...fromStart,
          maxRecords: 1,
          maxBytes: 64 * 1024,
        }),
      ),
    ).toEqual(['behind']),
  );
});

test('nothing after the start of an open transaction is shown until it ends', async t => {
  const { topic } = await createTestTopics(t, ['topic']);
  const plain = createProducer(t);
  const transaction = await createProducer(t, {
    transactionalId: uniqueName('tx'),
    idempotent: true,
  }).beginTransaction();
  await sendValues(plain, topic, ['before']);
  await sendValues(transaction, topic, ['within']);
  await sendValues(plain, topic, ['after']);
  const cluster = createCluster(t);
  const read = async () =>
    textOf(await cluster.readRecords({ topic, ...fromStart }));
  expect(await read()).toEqual(['before']);
  await transaction.commit();
  await eventually(async () =>
    expect(await read()).toEqual(['before', 'within', 'after']),
  );
});

test('bytes are limited, but a single larger record is still read', async t => {
  const { topic } = await createTestTopics(t, ['topic']);
  const producer = createProducer(t);
  for (const letter of 'abcdef')
    await sendValues(producer, topic, [letter.repeat(100_000)]);
  const cluster = createCluster(t);
  const lettersOf = async (maxBytes?: number) => {
    const records = await cluster.readRecords({
      topic,
      ...fromStart,
      maxBytes,
    });
    return records.map(({ value }) => value?.toString('utf8', 0, 1)).join('');
  };
  expect(await lettersOf(250_000)).toMatch(/^abc?$/);
  expect(await lettersOf(10)).toBe('a');
  expect(await lettersOf()).toBe('abcdef');
});

test('a partition that does not exist is an error', async t => {
  const { topic } = await createTestTopics(t, ['topic']);
  const read = (cluster: KafkaCluster, name: string, at: number) =>
    cluster.readRecords({ ...fromStart, topic: name, partition: at });
  const cluster = createCluster(t);
  const code = 'UNKNOWN_TOPIC_OR_PARTITION';
  await expect(read(cluster, topic, 5)).rejects.toMatchObject({ code });
  await expect(read(cluster, uniqueName('none'), 0)).rejects.toMatchObject({
    code,
  });
});
