import {
  createTestAdmin,
  createTestTopics,
  eventually,
  fileScope,
  uniqueName,
} from '@homelab/test-kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  awaitGroups,
  committedIn,
  createAdmin,
  createCluster,
  createProducer,
  createSimpleGroup,
  forgetGroups,
  joinGroup,
  joinWithoutSync,
  only,
  sendValues,
} from './kafka-support';

const file = fileScope(afterAll);
beforeAll(() => awaitGroups(createCluster(file)));

test('a quiet topic has ends, and a simple consumer has offsets and no members', async t => {
  const { quiet } = await createTestTopics(t, ['quiet'], { partitions: 2 });
  await sendValues(createProducer(t), quiet, ['a', 'b', 'c']);
  const cluster = createCluster(t);
  const groupId = await createSimpleGroup(t, cluster, [
    { topic: quiet, partition: 0, offset: 3n },
  ]);

  const before = Date.now();
  const { groups, topics, brokers, problems, takenAtMs } =
    await cluster.snapshot(only(groupId));

  expect(problems).toEqual([]);
  expect(brokers).toHaveLength(1);
  expect(takenAtMs).toBeGreaterThanOrEqual(before);
  expect([...groups.keys()]).toEqual([groupId]);
  expect(groups.get(groupId)).toMatchObject({
    protocolType: '',
    state: 'Empty',
    members: [],
    committed: [{ topic: quiet, partition: 0, offset: 3n }],
  });
  expect(groups.get(groupId)?.problem).toBeUndefined();
  expect([...topics.keys()]).toEqual([quiet]);
  expect(topics.get(quiet)).toMatchObject({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    isInternal: false,
    partitions: [
      { partition: 0, leader: 1, low: 0n, high: 3n, stable: 3n },
      { partition: 1, leader: 1, low: 0n, high: 0n, stable: 0n },
    ],
  });
  const [first] = topics.get(quiet)!.partitions;
  expect(first.readAtMs).toBeGreaterThanOrEqual(groups.get(groupId)!.readAtMs);
});

test('a member that never committed differs from one at offset 0', async t => {
  const { topic } = await createTestTopics(t, ['topic'], { partitions: 2 });
  const groupId = uniqueName('never');
  await sendValues(createProducer(t), topic, ['a']);
  await joinGroup(t, { groupId, topics: [topic] });

  const { groups } = await createCluster(t).snapshot(only(groupId));

  expect(committedIn(groups.get(groupId))).toEqual({
    [`${topic}/0`]: null,
    [`${topic}/1`]: null,
  });
  expect(groups.get(groupId)?.problem).toBeUndefined();
});

test('members are shown with their assignments, in the classic and the new protocol', async t => {
  const { topic } = await createTestTopics(t, ['topic'], { partitions: 4 });
  const classic = uniqueName('classic');
  const modern = uniqueName('modern');
  const cluster = createCluster(t);
  await joinGroup(t, {
    groupId: classic,
    topics: [topic],
    groupInstanceId: 'static-1',
  });
  await joinGroup(t, {
    groupId: modern,
    topics: [topic],
    groupProtocol: 'consumer',
  });

  await eventually(async () => {
    const { groups } = await cluster.snapshot(only(classic, modern));
    const member = {
      clientId: expect.stringContaining('member-'),
      host: '127.0.0.1',
      assigned: [{ topic, partitions: [0, 1, 2, 3] }],
    };
    expect(groups.get(classic)).toMatchObject({
      protocolType: 'consumer',
      state: 'Stable',
      members: [{ ...member, instanceId: 'static-1' }],
    });
    expect(groups.get(modern)).toMatchObject({
      protocolType: 'consumer',
      state: 'Stable',
      assignor: 'uniform',
      members: [{ ...member, instanceId: null }],
    });
    expect(groups.get(classic)?.assignor).toBeTruthy();
  });
});

test('a rebalancing group shows its state', async t => {
  const groupId = uniqueName('rebalancing');
  await joinWithoutSync(t, groupId);
  const { groups } = await createCluster(t).snapshot(only(groupId));
  expect(groups.get(groupId)).toMatchObject({
    state: 'CompletingRebalance',
    members: [{ clientId: 'test', assigned: [] }],
    committed: [],
  });
});

test('an added partition appears at once, without a committed offset', async t => {
  const { topic } = await createTestTopics(t, ['topic']);
  const cluster = createCluster(t);
  const groupId = await createSimpleGroup(t, cluster, [
    { topic, partition: 0, offset: 0n },
  ]);
  const admin = await createTestAdmin(t);
  await admin.addPartitions(topic, 3);

  await eventually(async () => {
    const { groups, topics } = await cluster.snapshot(only(groupId));
    expect(topics.get(topic)?.partitions).toMatchObject([
      { partition: 0, low: 0n, high: 0n },
      { partition: 1, low: 0n, high: 0n },
      { partition: 2, low: 0n, high: 0n },
    ]);
    expect(committedIn(groups.get(groupId))).toEqual({ [`${topic}/0`]: 0n });
  });
});

test('a deleted topic disappears, and one created again has another id and no old lag', async t => {
  const { topic } = await createTestTopics(t, ['topic']);
  const all = {
    includeGroup: () => false,
    includeTopic: (name: string) => name === topic,
  };
  await sendValues(createProducer(t), topic, ['a', 'b']);
  const cluster = createCluster(t);
  const first = (await cluster.snapshot(all)).topics.get(topic);
  expect(first?.partitions).toMatchObject([{ high: 2n }]);

  const admin = await createTestAdmin(t);
  await admin.deleteTopics([topic]);
  await eventually(async () => {
    const { topics, problems } = await cluster.snapshot(all);
    expect(topics.has(topic)).toBe(false);
    expect(problems).toEqual([]);
  });

  await admin.createTopics([{ name: topic, partitions: 1 }]);
  await eventually(async () => {
    const again = (await cluster.snapshot(all)).topics.get(topic);
    expect(again?.partitions).toMatchObject([{ low: 0n, high: 0n }]);
    expect(again?.id).not.toBe(first?.id);
  });
});

test('an offset that is no longer kept is left out and the others stay', async t => {
  const { topic } = await createTestTopics(t, ['topic'], { partitions: 2 });
  const cluster = createCluster(t);
  const groupId = await createSimpleGroup(t, cluster, [
    { topic, partition: 0, offset: 5n },
    { topic, partition: 1, offset: 7n },
  ]);
  await createAdmin(t).deleteConsumerGroupOffsets({
    groupId,
    topics: [{ name: topic, partitionIndexes: [1] }],
  });
  const { groups } = await cluster.snapshot(only(groupId));
  expect(committedIn(groups.get(groupId))).toEqual({ [`${topic}/0`]: 5n });
});

test('an open transaction lies between the stable and the end offset', async t => {
  const { topic } = await createTestTopics(t, ['topic']);
  const producer = createProducer(t, {
    transactionalId: uniqueName('tx'),
    idempotent: true,
  });
  const cluster = createCluster(t);
  const partition = async () => {
    const { topics } = await cluster.snapshot({
      includeGroup: () => false,
      includeTopic: name => name === topic,
    });
    return topics.get(topic)?.partitions[0];
  };
  const transaction = await producer.beginTransaction();
  await sendValues(transaction, topic, ['a', 'b']);
  expect(await partition()).toMatchObject({ low: 0n, stable: 0n, high: 2n });
  await transaction.commit();
  // The marker takes an offset too.
  await eventually(async () =>
    expect(await partition()).toMatchObject({ stable: 3n, high: 3n }),
  );
});

test('an offset below the oldest record is reported along with where the topic begins', async t => {
  const { topic } = await createTestTopics(t, ['topic']);
  await sendValues(createProducer(t), topic, ['a', 'b', 'c', 'd']);
  const cluster = createCluster(t);
  const groupId = await createSimpleGroup(t, cluster, [
    { topic, partition: 0, offset: 1n },
  ]);
  const admin = await createTestAdmin(t);
  await admin.deleteRecords(topic, [{ partition: 0, offset: '3' }]);
  const { groups, topics } = await cluster.snapshot(only(groupId));
  expect(committedIn(groups.get(groupId))).toEqual({ [`${topic}/0`]: 1n });
  expect(topics.get(topic)?.partitions).toMatchObject([{ low: 3n, high: 4n }]);
});

test('the number of requests grows with batches, not with groups or topics', async t => {
  const { a, b, c } = await createTestTopics(t, ['a', 'b', 'c'], {
    partitions: 2,
  });
  const ids = Array.from({ length: 410 }, (_, index) =>
    uniqueName(`many-${index}`),
  );
  await forgetGroups(t, ...ids);
  const cluster = createCluster(t);
  await Promise.all(
    ids.map(id =>
      cluster.commitOffsets(
        id,
        [a, b, c].map(topic => ({ topic, partition: 1, offset: 0n })),
      ),
    ),
  );
  const poll = (count: number) =>
    cluster.snapshot(only(...ids.slice(0, count)));

  const small = await poll(4);
  expect([...small.topics.keys()].sort()).toEqual([a, b, c].sort());
  // Metadata, ListGroups, DescribeGroups, OffsetFetch, and ListOffsets for low, stable and high.
  expect(small.requestCount).toBe(7);
  expect((await poll(200)).requestCount).toBe(7);
  expect((await poll(201)).requestCount).toBe(9);
  const large = await poll(410);
  expect(large.requestCount).toBe(11);
  expect([...large.groups.values()].filter(({ problem }) => problem)).toEqual(
    [],
  );
  expect(large.groups.size).toBe(410);

  const before = cluster.requestCount();
  await poll(4);
  expect(cluster.requestCount() - before).toBe(7);
});

test('settings are read, and a topic that does not exist is a problem', async t => {
  const { kept } = await createTestTopics(t, ['kept'], {
    config: {
      'retention.ms': '3600000',
      'retention.bytes': '4194304',
      'cleanup.policy': 'compact,delete',
    },
  });
  const { ever } = await createTestTopics(t, ['ever'], {
    config: { 'retention.ms': '-1' },
  });
  const gone = uniqueName('gone');
  expect(await createCluster(t).topicSettings([kept, ever, gone])).toEqual([
    {
      topic: kept,
      retentionMs: 3_600_000,
      retentionBytes: 4_194_304,
      cleanupPolicy: 'compact,delete',
    },
    {
      topic: ever,
      retentionMs: null,
      retentionBytes: null,
      cleanupPolicy: 'delete',
    },
    {
      topic: gone,
      retentionMs: null,
      retentionBytes: null,
      cleanupPolicy: null,
      problem: {
        code: 'UNKNOWN_TOPIC_OR_PARTITION',
        message: `The Kafka topic ${gone} does not exist.`,
      },
    },
  ]);
});

test('offsets are found by time, with a time per partition', async t => {
  const { topic } = await createTestTopics(t, ['topic'], { partitions: 2 });
  await createProducer(t).send({
    messages: [1_000, 2_000, 3_000].flatMap(time =>
      [0, 1].map(partition => ({
        topic,
        partition,
        value: Buffer.from('v'),
        timestamp: BigInt(1_700_000_000_000 + time),
      })),
    ),
  });
  const found = await createCluster(t).offsetsAtTime(topic, [
    { partition: 0, timeMs: 1_700_000_001_500 },
    { partition: 1, timeMs: 1_700_000_009_000 },
    { partition: 2, timeMs: 0 },
  ]);
  expect(found).toMatchObject([
    { partition: 0, offset: 1n, timestampMs: 1_700_000_002_000 },
    { partition: 1, offset: null, timestampMs: null },
    { partition: 2, problem: { code: 'UNKNOWN_TOPIC_OR_PARTITION' } },
  ]);
});
