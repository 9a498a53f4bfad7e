import { eventually, startKafkaCluster, uniqueName } from '@homelab/test-kit';
import type { TestScope } from '@homelab/test-kit';
import { expect, test } from 'vitest';
import {
  createAdmin,
  createCluster,
  createProducer,
  denyAll,
  sendValues,
} from '@homelab/kafka-clusters/testing';
import { createPluginDatabase, createTestCollector } from './lag-support';

/** Two brokers with a partition each, and groups that have read all of both. */
async function setUp(t: TestScope) {
  const brokers = await startKafkaCluster(t, { authorizer: true });
  const place = { brokers: brokers.addresses };
  const kafka = createCluster(t, { ...place, requestTimeoutMs: 1_000 });
  const topic = uniqueName('split');
  await createAdmin(t, place).createTopics({
    topics: [topic],
    assignments: [
      { partition: 0, brokers: [1] },
      { partition: 1, brokers: [2] },
    ],
  });
  const producer = createProducer(t, place);
  const groupIds = Array.from({ length: 6 }, () => uniqueName('group'));
  await eventually(() => sendValues(producer, topic, ['a'], 0));
  await eventually(() => sendValues(producer, topic, ['a'], 1));
  for (const groupId of groupIds)
    await eventually(() =>
      kafka.commitOffsets(groupId, [
        { topic, partition: 0, offset: 1n },
        { topic, partition: 1, offset: 1n },
      ]),
    );
  const knex = await createPluginDatabase(t);
  const watch = createTestCollector({ knex, kafka });
  const statusOf = async (groupId: string) =>
    (await watch.views.group('test', groupId))?.status;
  return { brokers, place, topic, groupIds, watch, statusOf };
}

test('what one group or broker refuses is missing alone, and comes back', async t => {
  const { brokers, place, topic, groupIds, watch, statusOf } = await setUp(t);
  await watch.poll(6);
  for (const groupId of groupIds) expect(await statusOf(groupId)).toBe('OK');

  // A group that is denied.
  const [denied, ...others] = groupIds;
  await denyAll(t, place, 'group', denied);
  await eventually(async () => {
    await watch.poll();
    expect(await watch.views.group('test', denied)).toMatchObject({
      status: 'UNREADABLE',
      lag: null,
      problem: { code: 'GROUP_AUTHORIZATION_FAILED' },
    });
  });
  for (const groupId of others) expect(await statusOf(groupId)).toBe('OK');

  // A broker dies: its partition has no leader, and groups may lose their coordinator.
  await brokers.brokers[1].kill();
  await watch.poll();
  const during = await watch.views.topic('test', topic);
  expect(during?.partitions).toMatchObject([
    { leader: 1, end: '1', problem: null },
    { leader: null, end: null, problem: { code: 'LEADER_NOT_AVAILABLE' } },
  ]);
  const seen = await Promise.all(
    others.map(groupId => watch.views.group('test', groupId)),
  );
  const read = seen.flatMap(group =>
    group !== undefined && group.partitions.length > 0 ? [group] : [],
  );
  expect(read.length).toBeGreaterThan(0);
  for (const group of read)
    expect(group.partitions.map(({ status, lag }) => [status, lag])).toEqual([
      ['OK', '0'],
      ['UNREADABLE', null],
    ]);
  const [cluster] = await watch.views.clusters();
  expect(cluster.problem).toBeNull();
  expect(cluster.partialProblems).not.toEqual([]);

  // All brokers are down: the last data stays, with the reason.
  await brokers.brokers[0].kill();
  await watch.poll();
  expect((await watch.views.clusters())[0].problem).not.toBeNull();
  expect((await watch.views.groups()).length).toBe(groupIds.length);

  await brokers.brokers[0].start();
  await brokers.brokers[1].start();
  await eventually(
    async () => {
      await watch.poll();
      expect((await watch.views.clusters())[0]).toMatchObject({
        problem: null,
        partialProblems: [],
      });
      for (const groupId of others) expect(await statusOf(groupId)).toBe('OK');
    },
    { timeoutMs: 40_000, intervalMs: 500 },
  );
});
