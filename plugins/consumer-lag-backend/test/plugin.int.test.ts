import { mockCredentials } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  clustersResponseSchema,
  countStatuses,
  entityInShortSchema,
  entityResponseSchema,
  exactTimeLagResponseSchema,
  groupLineSchema,
  groupResponseSchema,
  groupsInShortSchema,
  groupsResponseSchema,
  historyResponseSchema,
  topicResponseSchema,
  topicsResponseSchema,
} from '@homelab/plugin-consumer-lag-common';
import {
  createTestAdmin,
  createTestTopics,
  eventually,
} from '@homelab/test-kit';
import { expect, test } from 'vitest';
import { buildOpenApi } from '../src/openapi';
import { laggingGroup, startPlugin } from './plugin-support';
import type { Route } from './plugin-support';

/** Every route of openapi.yaml, with its path parameters filled in. */
const routes: Route[] = Object.entries(buildOpenApi().paths).flatMap(
  ([path, methods]) =>
    Object.keys(methods).map(method => ({
      method: method === 'post' ? 'post' : 'get',
      path: path.replaceAll(/\{(\w+)\}/g, (_, name) =>
        name === 'cluster' ? 'home' : 'any',
      ),
    })),
);

test('every route answers what its schema says', async t => {
  const { topic, groupId } = await laggingGroup(t);
  const { get, poll } = await startPlugin(t, { groupId, topic });
  await poll(3);
  const group = `/clusters/home/groups/${groupId}`;

  const clusters = clustersResponseSchema.parse(
    (await get('/clusters').expect(200)).body,
  );
  expect(clusters.clusters).toMatchObject([
    {
      name: 'home',
      problem: null,
      dashboardUrl: 'https://console.example.com',
    },
  ]);
  expect(JSON.stringify(clusters)).not.toContain('brokers');

  const { groups } = groupsResponseSchema.parse(
    (await get('/groups?cluster=home').expect(200)).body,
  );
  expect(groups.find(one => one.groupId === groupId)).toMatchObject({
    status: 'STOP',
    lag: '2',
    ownerRefs: ['group:default/household'],
    entityRefs: ['component:default/sink'],
  });

  const detail = groupResponseSchema.parse((await get(group).expect(200)).body);
  expect(detail.group.partitions).toHaveLength(1);

  const history = historyResponseSchema.parse(
    (await get(`${group}/history?range=6h`).expect(200)).body,
  );
  expect(history.points.at(-1)?.lag).toBe(2);

  const exact = exactTimeLagResponseSchema.parse(
    (await get(`${group}/time-lag?topic=${topic}&partition=0`).expect(200))
      .body,
  );
  expect(exact).toMatchObject({ offset: '1', timeLag: { kind: 'exact' } });

  const { topics } = topicsResponseSchema.parse(
    (await get('/topics').expect(200)).body,
  );
  expect(topics.find(one => one.topic === topic)).toMatchObject({
    records: '3',
    readers: [{ groupId, lag: '2' }],
  });
  topicResponseSchema.parse(
    (await get(`/clusters/home/topics/${topic}`).expect(200)).body,
  );

  const entity = entityResponseSchema.parse(
    (await get('/entities/component/default/sink').expect(200)).body,
  );
  expect(entity.groups.map(one => one.groupId)).toEqual([groupId]);
  expect(entity.missing).toEqual(['other/gone']);

  const metrics = await get('/metrics').expect(200);
  expect(metrics.text).toContain(
    `kafka_consumer_group_lag_records{cluster="home",group="${groupId}"} 2`,
  );
  expect(metrics.text).toContain(
    `kafka_consumer_group_status{cluster="home",group="${groupId}",status="STOP"} 1`,
  );
});

test('polled data is sent once per poll of Kafka, and in short for summaries', async t => {
  const { topic, groupId } = await laggingGroup(t);
  const { get, poll } = await startPlugin(t, { groupId, topic });
  await poll(3);
  const polled = [
    '/groups',
    '/groups/summary',
    `/clusters/home/groups/${groupId}`,
    '/topics',
    `/clusters/home/topics/${topic}`,
    '/entities/component/default/sink/summary',
  ];
  const ask = (path: string, etag = '') =>
    get(path)
      .set('if-none-match', etag)
      // As browsers do for a page that sends its own ETag.
      .set('cache-control', 'no-cache');
  const etags = new Map<string, string>();
  for (const path of polled) {
    const { headers } = await ask(path).expect(200);
    etags.set(path, headers.etag);
    const again = await ask(path, headers.etag).expect(304);
    expect(Date.parse(again.headers.date)).not.toBeNaN();
    // The same state gives another answer to another request.
    await ask('/groups?limit=7', headers.etag).expect(200);
  }
  await poll();
  for (const [path, etag] of etags) await ask(path, etag).expect(200);
});

test('groups are counted by status, and lists have a limit', async t => {
  const { topic, groupId } = await laggingGroup(t);
  await laggingGroup(t);
  const { get, poll } = await startPlugin(t, { groupId, topic });
  await poll(3);
  const whole = groupsResponseSchema.parse((await get('/groups')).body);
  const short = groupsInShortSchema.parse(
    (await get('/groups/summary?limit=2').expect(200)).body,
  );
  expect(short.counts).toEqual(countStatuses(whole.groups));
  expect(short.worst).toEqual(
    whole.groups.slice(0, 2).map(group => groupLineSchema.parse(group)),
  );
  const one = groupsResponseSchema.parse((await get('/groups?limit=1')).body);
  expect(one).toMatchObject({ total: whole.total, groups: [{}] });
  expect(one.groups).toHaveLength(1);
  const topics = topicsResponseSchema.parse(
    (await get('/topics?limit=1')).body,
  );
  expect(topics.topics).toHaveLength(1);
  expect(topics.total).toBeGreaterThan(1);
  await get('/groups?limit=0').expect(400);

  const entity = entityInShortSchema.parse(
    (await get('/entities/component/default/sink/summary').expect(200)).body,
  );
  expect(entity).toMatchObject({
    lag: '2',
    missing: ['other/gone'],
    worst: [{ groupId, status: 'STOP' }],
  });
  await get('/entities/component/default/nobody/summary').expect(404);
});

test('every route checks the permission once, and refuses without it or a token', async t => {
  const { send, asked } = await startPlugin(t, {
    result: AuthorizeResult.DENY,
  });
  expect(routes.length).toBeGreaterThan(10);
  for (const route of routes) {
    asked.length = 0;
    const { body, headers } = await send(route).expect(403);
    expect(body.error.message).toContain('consumer-lag.read');
    expect(headers['cache-control']).toBe('no-store');
    expect({ route, asked: asked.length }).toEqual({ route, asked: 1 });
    await send(route)
      .set('authorization', mockCredentials.none.header())
      .expect(401);
  }
});

test('unknown names and invalid requests are answered with a sentence', async t => {
  const { get, poll } = await startPlugin(t);
  await poll();
  const group = await get('/clusters/home/groups/nobody').expect(404);
  expect(group.body.error.message).toContain('There was no group nobody');
  await get('/clusters/moon/groups/nobody').expect(404);
  await get('/entities/component/default/nobody').expect(404);
  const bad = await get('/clusters/home/groups/any/history?range=1y').expect(
    400,
  );
  expect(bad.body.error.message).toContain('range');
});

test('excluded groups are not shown', async t => {
  const { groupId } = await laggingGroup(t);
  const other = await laggingGroup(t);
  const { get, poll } = await startPlugin(t, {
    exclude: [`*${groupId.slice(2)}`],
  });
  await poll();
  const { groups } = groupsResponseSchema.parse((await get('/groups')).body);
  const names = groups.map(one => one.groupId);
  expect(names).toContain(other.groupId);
  expect(names).not.toContain(groupId);
});

test('owners are notified once of lasting trouble, and of its end', async t => {
  const { topic, groupId, commit } = await laggingGroup(t);
  const { poll, sent } = await startPlugin(t, { groupId, topic });
  await poll(3);
  expect(sent).toEqual([]);
  await poll(3);
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({
    recipients: { type: 'entity', entityRef: ['group:default/household'] },
    payload: {
      severity: 'high',
      description: expect.stringMatching(
        /partition 0: .* Start its consumer: it continues where it stopped/,
      ),
      link: `/consumer-lag/groups/home/${groupId}`,
      scope: `consumer-lag/home/${groupId}`,
    },
  });
  await commit(3n);
  await poll(4);
  expect(sent.map(({ payload }) => payload.title)).toEqual([
    sent[0].payload.title,
    `${groupId} keeps up again`,
  ]);
});

test('trouble from before the catalog answers is announced once it does', async t => {
  const { topic, groupId } = await laggingGroup(t);
  const { poll, sent } = await startPlugin(t, { groupId, topic });
  await poll(8, false);
  expect(sent).toEqual([]);
  await poll(3);
  expect(sent).toHaveLength(1);
});

test('assistants can list and explain groups', async t => {
  const { topic, groupId } = await laggingGroup(t);
  const { poll, actions } = await startPlugin(t, { groupId, topic });
  await poll(3);
  const credentials = mockCredentials.user();
  const listed = await actions.invoke({
    id: 'test:list-consumer-groups',
    input: { troubledOnly: true },
    credentials,
  });
  expect(JSON.stringify(listed.output)).toContain(groupId);
  const one = await actions.invoke({
    id: 'test:list-consumer-groups',
    input: { troubledOnly: true, limit: 1 },
    credentials,
  });
  expect(one.output).toMatchObject({
    total: expect.any(Number),
    groups: [expect.anything()],
  });
  const explained = await actions.invoke({
    id: 'test:explain-consumer-group',
    input: { groupId },
    credentials,
  });
  expect(explained.output).toMatchObject({
    status: 'STOP',
    advice: expect.stringContaining('Start its consumer'),
    troubledPartitions: 1,
    evidence: [{ topic, partition: 0, lagRecords: '2' }],
  });
});

test('dead-letter topics are recognized by the configuration of their cluster', async t => {
  const { orders, dead } = await createTestTopics(t, ['orders', 'dead']);
  const { get, poll } = await startPlugin(t, {
    cluster: { deadLetters: { topics: [dead], origins: { [dead]: orders } } },
  });
  await poll();
  const { topics } = topicsResponseSchema.parse((await get('/topics')).body);
  const find = (name: string) => topics.find(({ topic }) => topic === name);
  expect(find(dead)?.isDeadLetters).toBe(true);
  expect(find(orders)).toMatchObject({
    isDeadLetters: false,
    deadLetterTopic: dead,
  });
});

test('an exact time lag without an answer of Kafka is 503, with the reason', async t => {
  const { topic, groupId } = await laggingGroup(t);
  const { get, poll } = await startPlugin(t, { groupId, topic });
  await poll();
  const admin = await createTestAdmin(t);
  await admin.deleteTopics([topic]);
  await eventually(async () => {
    const { body } = await get(
      `/clusters/home/groups/${groupId}/time-lag?topic=${topic}&partition=0`,
    ).expect(503);
    expect(body.error.message).toBe(`The Kafka topic ${topic} does not exist.`);
  });
  // The test's end deletes it again.
  await eventually(() => admin.createTopics([{ name: topic, partitions: 1 }]));
});
