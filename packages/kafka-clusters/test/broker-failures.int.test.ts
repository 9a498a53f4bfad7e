import {
  eventually,
  fileScope,
  startKafkaCluster,
  uniqueName,
} from '@homelab/test-kit';
import type { TestKafkaCluster } from '@homelab/test-kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ClusterSnapshot, KafkaCluster } from '../src';
import { coordinatorPartition } from '../src/coordinatorPartition';
import {
  awaitGroups,
  committedIn,
  createAdmin,
  createCluster,
  createProducer,
  commitForAMoment,
  denyAll,
  joinGroup,
  sendValues,
} from './kafka-support';

// Two brokers with access lists that share all groups and one topic.
const file = fileScope(afterAll);
const everything = { includeGroup: () => true };
const requestTimeoutMs = 2_000;
const groupIds = Array.from({ length: 16 }, () => uniqueName('group'));
let kafka: TestKafkaCluster;
let place: { brokers: readonly string[] };
let cluster: KafkaCluster;
let split: string;

beforeAll(async () => {
  kafka = await startKafkaCluster(file, {
    authorizer: true,
    settings: { 'offsets.retention.check.interval.ms': '200' },
  });
  place = { brokers: kafka.addresses };
  cluster = createCluster(file, { ...place, requestTimeoutMs });
  split = await createTopic('split', [1, 2]);
  const producer = createProducer(file, place);
  await sendValues(producer, split, ['a', 'b', 'c'], 0);
  await sendValues(producer, split, ['a', 'b'], 1);
  await awaitGroups(cluster);
  await Promise.all(groupIds.map(groupId => commitFirst(groupId, split)));
});

/** A topic with one partition on each of these brokers. */
async function createTopic(prefix: string, brokers: number[]): Promise<string> {
  const topic = uniqueName(prefix);
  await createAdmin(file, place).createTopics({
    topics: [topic],
    assignments: brokers.map((broker, partition) => ({
      partition,
      brokers: [broker],
    })),
  });
  await eventually(async () => {
    const { topics } = await cluster.snapshot(everything);
    const { partitions } = topics.get(topic)!;
    expect(partitions.map(({ leader }) => leader)).toEqual(brokers);
  });
  return topic;
}

async function commitFirst(groupId: string, topic: string): Promise<void> {
  await cluster.commitOffsets(groupId, [
    { topic, partition: 0, offset: 1n },
    { topic, partition: 1, offset: 1n },
  ]);
}

/** Expects everything that this file created. */
function expectComplete({ topics, groups, problems }: ClusterSnapshot): void {
  expect(problems).toEqual([]);
  expect(topics.get(split)?.partitions).toMatchObject([
    { leader: 1, low: 0n, high: 3n, stable: 3n },
    { leader: 2, low: 0n, high: 2n, stable: 2n },
  ]);
  for (const groupId of groupIds) {
    const group = groups.get(groupId);
    expect(group?.problem).toBeUndefined();
    expect(group?.state).toBe('Empty');
    expect(committedIn(group)).toEqual({
      [`${split}/0`]: 1n,
      [`${split}/1`]: 1n,
    });
  }
}

async function eventuallyComplete(): Promise<void> {
  await eventually(async () =>
    expectComplete(await cluster.snapshot(everything)),
  );
}

/** Runs while broker 2 hangs, then waits for it to recover. */
async function whileBrokerHangs(run: () => Promise<void>): Promise<void> {
  kafka.brokers[1].freeze();
  try {
    await run();
  } finally {
    kafka.brokers[1].thaw();
  }
  await eventuallyComplete();
}

/** Expects all that broker 1 holds, and nothing of broker 2, rather than zeros. */
function expectHalf(
  { topics, groups }: ClusterSnapshot,
  codes: { partition: string; group: string },
): void {
  expect(topics.get(split)?.partitions[0]).toMatchObject({
    low: 0n,
    high: 3n,
    stable: 3n,
  });
  expect(topics.get(split)?.partitions[0].problem).toBeUndefined();
  expect(topics.get(split)?.partitions[1]).toMatchObject({
    low: null,
    high: null,
    stable: null,
    problem: { code: codes.partition },
  });
  const known = groupIds.map(groupId => groups.get(groupId)!);
  const complete = known.filter(group => group.problem === undefined);
  const lost = known.filter(group => group.problem !== undefined);
  expect(complete.length).toBeGreaterThan(0);
  expect(lost.length).toBeGreaterThan(0);
  for (const group of complete) expect(group.committed).toHaveLength(2);
  for (const group of lost)
    expect(group).toMatchObject({
      state: null,
      committed: [],
      problem: { code: codes.group },
      offsetsProblem: { code: codes.group },
    });
}

test('a cluster of two brokers is read completely with few requests', async () => {
  const snapshot = await cluster.snapshot(everything);
  expectComplete(snapshot);
  expect(snapshot.brokers.map(({ nodeId }) => nodeId).sort()).toEqual([1, 2]);
  // Metadata, and for each broker three requests for groups and three for partitions.
  expect(snapshot.requestCount).toBe(1 + 2 * 6);
});

test('the coordinator of a group is known without a request', async t => {
  const admin = createAdmin(t, place);
  const keys = Array.from({ length: 300 }, () => uniqueName('any'));
  const found = await admin.findCoordinator({ keyType: 0, keys });
  const { topics } = await cluster.snapshot(everything);
  const { partitions } = topics.get('__consumer_offsets')!;
  expect(partitions).toHaveLength(8);
  expect(
    keys.map(key => {
      const { leader } = partitions[coordinatorPartition(key, 8)];
      return { key, nodeId: leader };
    }),
  ).toEqual(found.map(({ key, nodeId }) => ({ key, nodeId })));
});

test('a denied group is a problem of its own', async t => {
  const [denied, ...others] = groupIds;
  await denyAll(t, place, 'group', denied);
  await eventually(async () => {
    const { groups, problems } = await cluster.snapshot(everything);
    expect(problems).toEqual([]);
    expect(groups.get(denied)).toMatchObject({
      committed: [],
      problem: {
        code: 'GROUP_AUTHORIZATION_FAILED',
        message: expect.stringContaining('Describe on it'),
      },
      offsetsProblem: { code: 'GROUP_AUTHORIZATION_FAILED' },
    });
    for (const groupId of others) {
      expect(groups.get(groupId)?.problem).toBeUndefined();
      expect(groups.get(groupId)?.committed).toHaveLength(2);
    }
  });
});

test('a denied topic is neither gone nor at offset 0', async t => {
  const secret = await createTopic('secret', [1, 2]);
  const simple = uniqueName('simple');
  const member = uniqueName('member');
  await commitFirst(simple, secret);
  await joinGroup(t, { ...place, groupId: member, topics: [secret] });
  await eventually(async () => {
    const { topics, groups } = await cluster.snapshot(everything);
    expect(topics.get(secret)?.partitions).toMatchObject([
      { low: 0n },
      { low: 0n },
    ]);
    expect(groups.get(member)?.committed).toHaveLength(2);
  });

  await denyAll(t, place, 'topic', secret);
  // A snapshot of one group forgets nothing about the others.
  await cluster.snapshot({
    includeGroup: groupId => groupId === groupIds[0],
    includeTopic: () => false,
  });
  const code = 'TOPIC_AUTHORIZATION_FAILED';
  await eventually(async () => {
    const snapshot = await cluster.snapshot(everything);
    expectComplete(snapshot);
    const { topics, groups } = snapshot;
    expect(topics.get(secret)).toMatchObject({
      partitions: [],
      problem: { code, message: expect.stringContaining('Describe on it') },
    });
    // Brokers also hide offsets in it.
    for (const groupId of [member, simple])
      expect(groups.get(groupId)?.committed).toMatchObject([
        { partition: 0, offset: null, problem: { code } },
        { partition: 1, offset: null, problem: { code } },
      ]);
  });
});

test('an expired offset differs from one at the end', async t => {
  const groupId = uniqueName('expired');
  await commitFirst(groupId, split);
  await commitForAMoment(t, place, { groupId, topic: split, partition: 1 });
  await eventually(async () => {
    const { groups } = await cluster.snapshot(everything);
    expect(groups.get(groupId)?.problem).toBeUndefined();
    expect(committedIn(groups.get(groupId))).toEqual({ [`${split}/0`]: 1n });
  });
});

test('a hanging broker costs one timeout and only its own part', async () => {
  await whileBrokerHangs(async () => {
    const begunMs = Date.now();
    const half = await cluster.snapshot(everything);
    expect(Date.now() - begunMs).toBeLessThan(1.8 * requestTimeoutMs);
    expectHalf(half, {
      partition: 'REQUEST_TIMEOUT',
      group: 'REQUEST_TIMEOUT',
    });
    expect(half.problems).toMatchObject([
      { code: 'REQUEST_TIMEOUT', message: expect.stringContaining('broker 2') },
    ]);
  });
});

test('a poll ends as soon as its signal aborts', async () => {
  await whileBrokerHangs(async () => {
    const begunMs = Date.now();
    const signal = AbortSignal.timeout(100);
    await expect(
      cluster.snapshot({ ...everything, signal }),
    ).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(Date.now() - begunMs).toBeLessThan(0.8 * requestTimeoutMs);
  });
});

test('closing fails a running poll instead of giving a partial result', async t => {
  const closing = createCluster(t, place);
  await closing.snapshot(everything);
  const other = createCluster(t, place);
  await whileBrokerHangs(async () => {
    // One has an open connection, the other is about to connect.
    const polls = [closing, other].map(one =>
      one.snapshot(everything).catch((error: unknown) => error),
    );
    const sent = closing.requestCount() + 2;
    await eventually(() =>
      expect(closing.requestCount()).toBeGreaterThanOrEqual(sent),
    );
    const begunMs = Date.now();
    await Promise.all([closing.close(), other.close()]);
    for (const failure of await Promise.all(polls))
      expect(failure).toMatchObject({ code: 'CLOSED' });
    expect(Date.now() - begunMs).toBeLessThan(0.8 * requestTimeoutMs);
  });
});

test('a broker stops and comes back under the same connection', async () => {
  await kafka.brokers[1].kill();
  const half = await cluster.snapshot(everything);
  expectHalf(half, {
    partition: 'LEADER_NOT_AVAILABLE',
    group: 'COORDINATOR_NOT_AVAILABLE',
  });
  expect(half.topics.get(split)?.partitions[1].leader).toBeNull();
  expect(half.problems).toMatchObject([{ code: 'COORDINATOR_NOT_AVAILABLE' }]);

  await kafka.brokers[1].start();
  await eventuallyComplete();
});

test('an unreachable cluster is an error that names the address', async t => {
  const [address] = place.brokers;
  const [host] = address.split(':');
  await expect(
    createCluster(t, { brokers: [`${host}:1`] }).snapshot(everything),
  ).rejects.toMatchObject({
    code: 'BROKER_UNREACHABLE',
    retryable: true,
    message: expect.stringContaining(`${host}:1`),
  });
  // One live broker is enough.
  const half = createCluster(t, { brokers: [`${host}:1`, address] });
  expectComplete(await half.snapshot(everything));
});

test('nothing is sent after closing', async t => {
  const closed = createCluster(t, place);
  await closed.snapshot(everything);
  await closed.close();
  await closed.close();
  await expect(closed.snapshot(everything)).rejects.toMatchObject({
    code: 'CLOSED',
    retryable: false,
  });
});
