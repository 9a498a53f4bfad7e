import {
  createTestAdmin,
  createTestKafka,
  createTestTopics,
  eventually,
  uniqueName,
} from '@homelab/test-kit';
import type { TestScope } from '@homelab/test-kit';
import { expect, test } from 'vitest';
import {
  createCluster,
  createProducer,
  forgetGroups,
  joinGroup,
  sendValues,
} from '@homelab/kafka-clusters/testing';
import { createPluginDatabase, createTestCollector } from './lag-support';

const three = ['a', 'b', 'c'];

/** A Kafka topic, a group, and a collector that watches the group. */
async function setUp(t: TestScope, partitions = 1) {
  const { topic } = await createTestTopics(t, ['topic'], { partitions });
  const groupId = uniqueName('group');
  await forgetGroups(t, groupId);
  const kafka = createCluster(t);
  const knex = await createPluginDatabase(t);
  const watch = createTestCollector({ knex, kafka, groupIds: [groupId] });
  const producer = createProducer(t);
  const commit = (offset: bigint, partition = 0) =>
    eventually(() =>
      kafka.commitOffsets(groupId, [{ topic, partition, offset }]),
    );
  const group = async () => {
    const found = await watch.views.group('test', groupId);
    if (!found) throw new Error(`The group ${groupId} was not stored.`);
    return found;
  };
  return { topic, groupId, kafka, knex, watch, producer, commit, group };
}

test('a quiet topic that was read to its end has no lag', async t => {
  const { topic, watch, producer, commit, group } = await setUp(t);
  await sendValues(producer, topic, three);
  await commit(3n);
  await watch.poll(4);
  expect(await group()).toMatchObject({ status: 'UNKNOWN', lag: '0' });
  await watch.poll();
  expect(await group()).toMatchObject({
    status: 'OK',
    lag: '0',
    timeLag: { kind: 'caught-up', ms: 0 },
    eta: { kind: 'done' },
  });
});

test('the lag of a member that never committed is unknown', async t => {
  const { topic, groupId, watch, producer, group } = await setUp(t);
  await sendValues(producer, topic, three);
  await joinGroup(t, { groupId, topics: [topic] });
  await eventually(async () => {
    await watch.poll();
    expect(await group()).toMatchObject({
      status: 'NO_COMMIT',
      lag: null,
      unknownPartitions: 1,
      memberCount: 1,
    });
  });
});

test('a group that does not move is stopped without members and stalled with one', async t => {
  const { topic, groupId, watch, producer, commit, group } = await setUp(t);
  await sendValues(producer, topic, three);
  await commit(1n);
  await watch.poll(5);
  expect(await group()).toMatchObject({
    status: 'STOP',
    lag: '2',
    severity: 'act',
  });
  const [partition] = (await group()).partitions;
  expect(partition.evidence).toContain('reads without joining a group');
  await joinGroup(t, { groupId, topics: [topic] });
  await eventually(async () => {
    await watch.poll();
    expect((await group()).status).toBe('STALL');
  });
});

test('a group is not OK while its only reader is down, even with nothing unread', async t => {
  const { topic, groupId, kafka, knex, producer, commit } = await setUp(t);
  await sendValues(producer, topic, three);
  await commit(3n);
  const watch = createTestCollector({
    knex,
    kafka,
    groupIds: [groupId],
    entityRefs: ['component:default/sink'],
  });
  const status = async () => (await watch.views.group('test', groupId))?.status;
  const member = await joinGroup(t, { groupId, topics: [topic] });
  await eventually(async () => {
    await watch.poll();
    expect(await status()).toBe('OK');
  });
  await member.leave();
  await eventually(async () => {
    await watch.poll();
    expect(await status()).toBe('NO_READER');
  });
  const { memberlessSince } = (await watch.views.group('test', groupId))!;
  const restarted = createTestCollector({
    knex,
    kafka,
    groupIds: [groupId],
    entityRefs: ['component:default/sink'],
  });
  await restarted.poll();
  expect(await restarted.views.group('test', groupId)).toMatchObject({
    status: 'NO_READER',
    memberlessSince,
    sentence: expect.stringMatching(/^Nobody is reading .* nothing is unread/),
  });
});

for (const groupProtocol of [undefined, 'consumer'] as const)
  test(`an old commit on a topic that no member reads any more is reported as abandoned, in the ${groupProtocol ?? 'classic'} protocol`, async t => {
    const { topic, groupId, watch, producer, commit, group } = await setUp(t);
    const { other } = await createTestTopics(t, ['other']);
    await sendValues(producer, topic, three);
    await commit(1n);
    await joinGroup(t, {
      groupId,
      topics: [other],
      ...(groupProtocol && { groupProtocol }),
    });
    await eventually(async () => {
      await watch.poll();
      expect(await group()).toMatchObject({
        status: 'ABANDONED',
        severity: 'watch',
        // The empty topic that it reads.
        lag: '0',
      });
    });
    const { partitions, sentence } = await group();
    expect(sentence).toContain('no longer reads a Kafka topic');
    expect(partitions.find(one => one.topic === topic)?.evidence).toBe(
      'No member of the group reads this topic any more; 2 records have arrived since.',
    );
  });

test('a rewind is reported until the offset has returned', async t => {
  const { topic, watch, producer, commit, group } = await setUp(t);
  await sendValues(producer, topic, [...three, ...three]);
  await commit(6n);
  await watch.poll(4);
  await commit(2n);
  await watch.poll(1);
  expect((await group()).status).toBe('REWIND');
  await commit(6n);
  await watch.poll(1);
  expect((await group()).status).toBe('OK');
});

test('records that were deleted unread are counted as lost', async t => {
  const { topic, watch, producer, commit, group } = await setUp(t);
  await sendValues(producer, topic, three);
  await commit(1n);
  const admin = await createTestAdmin(t);
  await admin.deleteRecords(topic, [{ partition: 0, offset: '2' }]);
  await watch.poll();
  const detail = await group();
  expect(detail).toMatchObject({ status: 'LOSS', lag: '1' });
  expect(detail.partitions[0]).toMatchObject({ lost: '1', low: '2' });
});

test('a deleted topic is left out, and a recreated one starts over', async t => {
  const { topic, groupId, watch, producer, commit, group } = await setUp(t);
  const admin = await createTestAdmin(t);
  const other = uniqueName('other');
  await admin.createTopics([{ name: other, partitions: 1 }]);
  await sendValues(producer, other, three);
  await eventually(() => commit(0n));
  const kafka = createCluster(t);
  await kafka.commitOffsets(groupId, [
    { topic: other, partition: 0, offset: 3n },
  ]);
  await watch.poll(5);
  await admin.deleteTopics([other]);
  await eventually(async () => {
    await watch.poll();
    const { partitions, lag } = await group();
    // Kafka eventually deletes the offsets of a deleted topic.
    const gone = partitions.filter(one => one.topic === other);
    expect(gone.every(({ status }) => status === 'ORPHANED')).toBe(true);
    expect(lag).toBe('0');
  });
  await admin.deleteTopics([topic]);
  await eventually(() => admin.createTopics([{ name: topic, partitions: 1 }]));
  const fresh = createProducer(t);
  await eventually(() => sendValues(fresh, topic, ['new']));
  await commit(0n);
  await eventually(async () => {
    await watch.poll();
    expect(await group()).toMatchObject({ lag: '1' });
  });
});

test('added partitions count once they have a commit', async t => {
  const { topic, groupId, watch, producer, commit, group } = await setUp(t);
  await sendValues(producer, topic, three);
  await commit(3n);
  await watch.poll(2);
  const admin = await createTestAdmin(t);
  await admin.addPartitions(topic, 3);
  // An existing producer does not know the new partitions yet.
  await eventually(() => sendValues(createProducer(t), topic, three, 2));
  await joinGroup(t, { groupId, topics: [topic] });
  await eventually(async () => {
    await watch.poll();
    expect(await group()).toMatchObject({
      lag: '0',
      partitionCount: 3,
      unknownPartitions: 1,
    });
  });
});

test('an open transaction and its end marker are no trouble of the reader', async t => {
  const { topic, watch, commit, group } = await setUp(t);
  const producer = createTestKafka().transactionalProducer({
    transactionalId: uniqueName('transaction'),
  });
  t.onTestFinished(() => producer.stop());
  await producer.start();
  await producer.send([{ topic, key: null, value: 'a' }]);
  // One record and one marker; readers commit behind the record.
  await commit(1n);
  await watch.poll(6);
  expect(await group()).toMatchObject({ status: 'OK', lag: '0' });

  const open = createProducer(t, {
    transactionalId: uniqueName('open'),
    idempotent: true,
  });
  const transaction = await open.beginTransaction();
  t.onTestFinished(() => transaction.abort());
  await transaction.send({
    messages: [{ topic, partition: 0, value: Buffer.from('b') }],
  });
  await watch.poll(6);
  const detail = await group();
  expect(detail.partitions[0]).toMatchObject({
    status: 'OK',
    inOpenTransaction: '1',
  });
});

test.for([
  [
    'a marker that retention deleted is no loss',
    1n,
    { status: 'OK', lost: null },
  ],
  [
    'a record that was seen before is lost for certain',
    0n,
    { status: 'LOSS', lost: '2' },
  ],
] as const)('%s', async ([, committed, expected], t) => {
  const { topic, watch, commit, group } = await setUp(t);
  const producer = createTestKafka().transactionalProducer({
    transactionalId: uniqueName('transaction'),
  });
  t.onTestFinished(() => producer.stop());
  await producer.start();
  // One record and one marker.
  await producer.send([{ topic, key: null, value: 'a' }]);
  await commit(committed);
  await watch.poll(6);
  const admin = await createTestAdmin(t);
  await admin.deleteRecords(topic, [{ partition: 0, offset: '2' }]);
  await watch.poll();
  const detail = await group();
  expect(detail).toMatchObject({ ...expected, lag: '0' });
  if (expected.status === 'LOSS')
    expect(detail.partitions[0].evidence).toContain('the one at 0 for certain');
});

test('a new collector loads the past from the database', async t => {
  const { topic, groupId, kafka, knex, watch, producer, commit, group } =
    await setUp(t);
  await sendValues(producer, topic, three);
  await commit(1n);
  await watch.poll(5);
  const before = await group();
  expect(before.status).toBe('STOP');
  const restarted = createTestCollector({ knex, kafka, groupIds: [groupId] });
  await restarted.poll();
  const after = await group();
  expect(after.status).toBe('STOP');
  expect(after.since).toBe(before.since);
  expect(after.spark).toEqual(before.spark);
});

test('two replicas that poll in turn judge like one', async t => {
  const { topic, groupId, kafka, knex, watch, producer, commit, group } =
    await setUp(t);
  const other = createTestCollector({ knex, kafka, groupIds: [groupId] });
  await sendValues(producer, topic, three);
  await commit(1n);
  for (let index = 0; index < 2; index += 1) {
    await watch.poll();
    await other.poll();
  }
  expect((await group()).status).toBe('UNKNOWN');
  await watch.poll();
  expect((await group()).status).toBe('STOP');
});

test('history has polls and events, and rolls up idempotently', async t => {
  const { topic, groupId, knex, watch, producer, commit, group } =
    await setUp(t);
  await sendValues(producer, topic, three);
  await commit(3n);
  await watch.poll(5);
  await commit(1n);
  await watch.poll(2);
  const query = { cluster: 'test', groupId, pollIntervalMs: 1_000 };
  const hour = await watch.history.ofGroup({
    ...query,
    range: '1h',
    nowMs: Date.now(),
  });
  expect(Math.max(...hour.points.map(({ lag }) => lag ?? 0))).toBe(2);
  expect(hour.events.map(({ kind, text }) => [kind, text])).toEqual([
    ['status', (await group()).sentence],
  ]);
  await watch.history.rollUp(Date.now());
  await watch.history.rollUp(Date.now());
  const days = await watch.history.ofGroup({
    ...query,
    range: '14d',
    nowMs: Date.now(),
  });
  expect(Math.max(...days.points.map(({ lag }) => lag ?? 0))).toBe(2);
  // A day later the polls are gone and their sum is still there.
  await watch.history.tidy(Date.now() + 25 * 3_600_000);
  expect(await knex('lag_raw').count('* as count').first()).toEqual({
    count: '0',
  });
  const later = await watch.history.ofGroup({
    ...query,
    range: '14d',
    nowMs: Date.now(),
  });
  expect(later.points).toEqual(days.points);
});

test('a cluster that does not answer keeps its data, with the reason', async t => {
  const { knex, groupId, watch, topic, producer, commit, group } =
    await setUp(t);
  await sendValues(producer, topic, three);
  await commit(3n);
  await watch.poll(1);
  const nowhere = createCluster(t, {
    brokers: ['127.0.0.1:1'],
    requestTimeoutMs: 500,
  });
  const blind = createTestCollector({ knex, kafka: nowhere });
  await blind.poll();
  const [cluster] = await watch.views.clusters();
  expect(cluster.problem?.message).toMatch(/\.$/);
  expect((await group()).groupId).toBe(groupId);
  await watch.poll();
  expect((await watch.views.clusters())[0].problem).toBeNull();
});

test('a poll aborted by a shutdown is no failure of the cluster', async t => {
  const { watch, kafka } = await setUp(t);
  await watch.poll();
  await watch.collector.poll(AbortSignal.abort());
  await kafka.close();
  await watch.poll();
  expect((await watch.views.clusters())[0].problem).toBeNull();
});
