import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import {
  createTestTopics,
  eventually,
  fileScope,
  uniqueName,
} from '@homelab/test-kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrokerLink } from '../src/brokerLink';
import {
  awaitGroups,
  committedIn,
  createCluster,
  createProducer,
  createSimpleGroup,
  joinGroup,
  only,
  sendValues,
} from './kafka-support';

const file = fileScope(afterAll);
beforeAll(() => awaitGroups(createCluster(file)));

/** The oldest versions that this broker still supports, by request type. */
const oldest: Record<number, number> = { 1: 4, 2: 2, 3: 4, 8: 2, 9: 2, 32: 1 };
/** The versions from which responses hold these fields. */
const since = { topicId: 10, state: 4, manyGroups: 8, instanceId: 4 };

// A new broker still supports the versions of older ones, so each can be tested here.
test.for(Array.from({ length: 18 }, (_, version) => version))(
  'reads the same in version %i of every request, or the nearest one',
  async (version, t) => {
    const { topic } = await createTestTopics(t, ['topic'], {
      partitions: 2,
      config: { 'retention.ms': '604800000' },
    });
    const member = uniqueName('member');
    await sendValues(createProducer(t), topic, ['a', 'b', 'c'], 1);
    const cluster = createCluster(t, {
      newestVersion: apiKey => Math.max(version, oldest[apiKey] ?? 0),
    });
    const simple = await createSimpleGroup(t, cluster, [
      { topic, partition: 1, offset: 2n },
    ]);
    await joinGroup(t, {
      groupId: member,
      topics: [topic],
      groupInstanceId: 'static',
    });

    // While the broker is still creating the topic, its leaders are asked twice.
    const { groups, topics } = await eventually(async () => {
      const snapshot = await cluster.snapshot(only(simple, member));
      expect(snapshot.problems).toEqual([]);
      expect(snapshot.requestCount).toBe(version < since.manyGroups ? 8 : 7);
      return snapshot;
    });

    expect(groups.get(simple)?.problem).toBeUndefined();
    expect(groups.get(simple)).toMatchObject({ state: 'Empty', members: [] });
    expect(committedIn(groups.get(simple))).toEqual({ [`${topic}/1`]: 2n });
    expect(groups.get(member)).toMatchObject({
      protocolType: 'consumer',
      state: 'Stable',
      members: [
        {
          instanceId: version < since.instanceId ? null : 'static',
          assigned: [{ topic, partitions: [0, 1] }],
        },
      ],
    });
    expect(topics.get(topic)).toMatchObject({
      id: version < since.topicId ? null : expect.any(String),
      partitions: [
        { low: 0n, high: 0n, stable: 0n },
        { low: 0n, high: 3n, stable: 3n },
      ],
    });
    expect(
      await cluster.readRecords({
        topic,
        partition: 1,
        fromOffset: 1n,
        maxRecords: 9,
      }),
    ).toMatchObject([{ offset: 1n }, { offset: 2n, value: Buffer.from('c') }]);
    expect(await cluster.topicSettings([topic])).toMatchObject([
      { topic, retentionMs: 604_800_000, cleanupPolicy: 'delete' },
    ]);
    expect(
      await cluster.offsetsAtTime(topic, [{ partition: 1, timeMs: 0 }]),
    ).toMatchObject([{ partition: 1, offset: 0n }]);
  },
);

test('a broker older than Kafka 2.4 refuses the request for its versions and gets an older one', async t => {
  const asked: string[] = [];
  const broker = createServer(socket => {
    socket.on('data', request => {
      const [key, version] = [request.readInt16BE(4), request.readInt16BE(6)];
      asked.push(`${key} in version ${version}`);
      // Such a broker answers UNSUPPORTED_VERSION in version 0, or that it supports request 18 up to 1.
      const answer =
        version > 1 ? '002300000000' : '00000000000100120000000100000000';
      const size = Buffer.alloc(4);
      size.writeInt32BE(4 + answer.length / 2);
      const correlation = request.subarray(8, 12);
      socket.write(
        Buffer.concat([size, correlation, Buffer.from(answer, 'hex')]),
      );
    });
  });
  await new Promise<void>(resolve => {
    broker.listen(0, '127.0.0.1', resolve);
  });
  t.onTestFinished(() => void broker.close());
  const { port } = broker.address() as AddressInfo;
  const link = openBrokerLink({
    host: '127.0.0.1',
    port,
    options: { clientId: 'test', brokers: [], requestTimeoutMs: 5_000 },
    onRequest: () => {},
    onLost: () => {},
  });
  t.onTestFinished(() => link.destroy());
  expect([...(await link.ready)]).toEqual([[18, { min: 0, max: 1 }]]);
  expect(asked).toEqual(['18 in version 3', '18 in version 1']);
});
