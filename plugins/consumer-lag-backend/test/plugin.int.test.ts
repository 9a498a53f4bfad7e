import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { notificationService } from '@backstage/plugin-notifications-node';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  clustersResponseSchema,
  consumerGroupsAnnotation,
  deadLettersResponseSchema,
  entityResponseSchema,
  exactTimeLagResponseSchema,
  groupResponseSchema,
  groupsResponseSchema,
  historyResponseSchema,
  topicResponseSchema,
  topicsResponseSchema,
} from '@homelab/plugin-consumer-lag-common';
import {
  createTestTopics,
  eventually,
  testServers,
  uniqueName,
} from '@homelab/test-kit';
import type { TestScope } from '@homelab/test-kit';
import request from 'supertest';
import { expect, test } from 'vitest';
import plugin from '../src';
import { buildOpenApi } from '../src/openapi';
import {
  createCluster,
  createProducer,
  forgetGroups,
  quietLogger,
  sendValues,
} from './kafka-support';
import { createPluginDatabase } from './lag-support';

type Decision = AuthorizeResult.ALLOW | AuthorizeResult.DENY;

/** Every route there is, as openapi.yaml tells, with something in each gap of its path. */
const routes = Object.entries(buildOpenApi().paths).flatMap(([path, methods]) =>
  Object.keys(methods).map(method => ({
    method: method === 'post' ? ('post' as const) : ('get' as const),
    path: path.replaceAll(/\{(\w+)\}/g, (_, name) =>
      name === 'cluster' ? 'home' : 'any',
    ),
  })),
);

/** The plugin in a backend of its own, with the real Kafka and database. */
async function start(
  t: TestScope,
  options: {
    groupId?: string;
    result?: Decision;
    topic?: string;
    /** Keys of the cluster. */
    cluster?: {
      deadLetters: { topics: string[]; origins: Record<string, string> };
    };
  } = {},
) {
  const { groupId = uniqueName('group'), result = AuthorizeResult.ALLOW } =
    options;
  const knex = await createPluginDatabase(t);
  const scheduler = mockServices.scheduler();
  const asked: string[][] = [];
  const permissions = mockServices.permissions({ result });
  const { authorize } = permissions;
  permissions.authorize = async (requests, askOptions) => {
    asked.push(requests.map(({ permission }) => permission.name));
    return authorize.call(permissions, requests, askOptions);
  };
  const sent: NotificationSendOptions[] = [];
  const actions = actionsRegistryServiceMock({ logger: quietLogger });
  const { postgres, kafka } = testServers();
  const backend = await startTestBackend({
    features: [
      plugin,
      createServiceFactory({
        service: coreServices.scheduler,
        deps: {},
        factory: () => scheduler,
      }),
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({
          send: async one => void sent.push(one),
        }),
      }),
      createServiceFactory({
        service: coreServices.permissions,
        deps: {},
        factory: () => permissions,
      }),
      mockServices.database.factory({ knex, migrations: { skip: true } }),
      catalogServiceMock.factory({
        entities: [
          {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'Component',
            metadata: {
              name: 'sink',
              annotations: {
                [consumerGroupsAnnotation]: `home/${groupId}, other/gone`,
              },
            },
            relations: [
              { type: 'ownedBy', targetRef: 'group:default/household' },
            ],
          },
        ],
      }),
      createServiceFactory({
        service: actionsRegistryServiceRef,
        deps: {},
        factory: () => actions,
      }),
      mockServices.rootConfig.factory({
        data: {
          consumerLag: {
            clusters: [
              {
                name: 'home',
                brokers: kafka.brokers.join(','),
                dashboardUrl: 'https://console.example.com',
                ...options.cluster,
              },
            ],
            judgement: { minSamples: 3 },
            actions: {
              peek: { enabled: true },
              redrive: { enabled: true },
              reset: { enabled: true },
            },
            alerts: { holdPolls: 2, recoverPolls: 2 },
            databases: [
              {
                name: 'readings',
                host: postgres.host,
                port: postgres.port,
                database: 'postgres',
                user: 'postgres',
                password: postgres.passwords.postgres,
              },
            ],
            pipelines: [
              {
                name: 'readings',
                hops: [
                  {
                    kind: 'kafka-topic',
                    cluster: 'home',
                    topic: options.topic ?? 'none',
                  },
                  { kind: 'consumer-group', cluster: 'home', groupId },
                  {
                    kind: 'table',
                    database: 'readings',
                    table: 'no_such_table',
                    timeColumn: 'time',
                  },
                ],
              },
            ],
          },
        },
      }),
    ],
  });
  t.onTestFinished(() => backend.stop());
  const send = ({ method, path }: (typeof routes)[number]) =>
    request(backend.server)[method](`/api/consumer-lag${path}`);
  const get = (path: string) => send({ method: 'get', path });
  return {
    get,
    send,
    asked,
    sent,
    actions,
    poll: async (times = 1) => {
      await scheduler.triggerTask('read-catalog');
      for (let index = 0; index < times; index += 1)
        await scheduler.triggerTask('poll-home');
    },
  };
}

/** A group that lags two records behind and has no member. */
async function laggingGroup(t: TestScope) {
  const { topic } = await createTestTopics(t, ['topic']);
  const groupId = uniqueName('group');
  await forgetGroups(t, groupId);
  await sendValues(createProducer(t), topic, ['a', 'b', 'c']);
  const kafka = createCluster(t);
  const commit = (offset: bigint) =>
    eventually(() =>
      kafka.commitOffsets(groupId, [{ topic, partition: 0, offset }]),
    );
  await commit(1n);
  return { topic, groupId, commit };
}

test('every route answers what its schema says', async t => {
  const { topic, groupId } = await laggingGroup(t);
  const { get, poll } = await start(t, { groupId, topic });
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
  expect(
    entity.pipelines[0].hops.map(({ kind, state }) => [kind, state]),
  ).toEqual([
    ['kafka-topic', 'unknown'],
    ['consumer-group', 'stopped'],
    ['table', 'unknown'],
  ]);

  const metrics = await get('/metrics').expect(200);
  expect(metrics.text).toContain(
    `kafka_consumer_group_lag_records{cluster="home",group="${groupId}"} 2`,
  );
  expect(metrics.text).toContain(
    `kafka_consumer_group_status{cluster="home",group="${groupId}",status="STOP"} 1`,
  );
});

test('every route asks once for the permission, and refuses without it or a token', async t => {
  const { send, asked } = await start(t, { result: AuthorizeResult.DENY });
  expect(routes.length).toBeGreaterThan(20);
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

test('what does not exist or does not fit is said in a sentence', async t => {
  const { get, poll } = await start(t);
  await poll();
  const group = await get('/clusters/home/groups/nobody').expect(404);
  expect(group.body.error.message).toContain('There is no group nobody');
  await get('/clusters/moon/groups/nobody').expect(404);
  await get('/entities/component/default/nobody').expect(404);
  const bad = await get('/clusters/home/groups/any/history?range=1y').expect(
    400,
  );
  expect(bad.body.error.message).toContain('range');
});

test('owners are told once of a trouble that lasts, and of its end', async t => {
  const { topic, groupId, commit } = await laggingGroup(t);
  const { poll, sent } = await start(t, { groupId, topic });
  await poll(3);
  expect(sent).toEqual([]);
  await poll(3);
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({
    recipients: { type: 'entity', entityRef: ['group:default/household'] },
    payload: {
      severity: 'high',
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

test('assistants can list groups and have one explained', async t => {
  const { topic, groupId } = await laggingGroup(t);
  const { poll, actions } = await start(t, { groupId, topic });
  await poll(3);
  const credentials = mockCredentials.user();
  const listed = await actions.invoke({
    id: 'test:list-consumer-groups',
    input: { troubledOnly: true },
    credentials,
  });
  expect(JSON.stringify(listed.output)).toContain(groupId);
  const explained = await actions.invoke({
    id: 'test:explain-consumer-group',
    input: { groupId },
    credentials,
  });
  expect(explained.output).toMatchObject({
    status: 'STOP',
    evidence: [{ topic, partition: 0, lagRecords: '2' }],
  });
});

test('collector and dead letters know a topic by what its cluster says of it', async t => {
  const { orders, dead } = await createTestTopics(t, ['orders', 'dead']);
  const { get, poll } = await start(t, {
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
  const letters = deadLettersResponseSchema.parse(
    (await get('/clusters/home/dead-letters').expect(200)).body,
  );
  expect(letters.topics.map(({ topic }) => topic)).toEqual([dead]);
});
