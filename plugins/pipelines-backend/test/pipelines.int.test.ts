import { join } from 'node:path';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import type { BackendFeature } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { notificationService } from '@backstage/plugin-notifications-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  createCluster,
  createProducer,
  forgetGroups,
  sendValues,
} from '@homelab/kafka-clusters/testing';
import consumerLagPlugin from '@homelab/plugin-consumer-lag-backend';
import { pipelinesResponseSchema } from '@homelab/plugin-pipelines-common';
import type { Pipeline } from '@homelab/plugin-pipelines-common';
import { pluginDatabases, startPlugin } from '@homelab/portal-node/testing';
import {
  connectMqtt,
  createTestDatabase,
  createTestTopics,
  eventually,
  testServers,
  uniqueName,
} from '@homelab/test-kit';
import type { TestScope } from '@homelab/test-kit';
import { expect, test } from 'vitest';
import plugin from '../src';

const patience = { timeoutMs: 30_000, intervalMs: 100 };
const [[, createLagDatabase]] = pluginDatabases(
  join(import.meta.dirname, '../../consumer-lag-backend/migrations'),
);

/** Consumer lag running next to the plugin, and a function that makes it poll Kafka. */
async function createConsumerLag(t: TestScope) {
  const scheduler = mockServices.scheduler();
  const features: BackendFeature[] = [
    consumerLagPlugin,
    catalogServiceMock.factory({ entities: [] }),
    createServiceFactory({
      service: coreServices.scheduler,
      deps: {},
      factory: () => scheduler,
    }),
    createServiceFactory({
      service: notificationService,
      deps: {},
      factory: () => ({ send: async () => {} }),
    }),
  ];
  return {
    features,
    knex: await createLagDatabase(t),
    poll: () => scheduler.triggerTask('poll-home'),
  };
}

/** A device, a Kafka topic with a group, and a table with one new row. */
async function createHops(t: TestScope) {
  const { topic } = await createTestTopics(t, ['topic']);
  const groupId = uniqueName('group');
  const mqttTopic = `homelab/temperature/${uniqueName('sensor')}`;
  const database = await createTestDatabase(t, { migrated: false });
  const owner = await database.connect('homelab_owner');
  await owner.query('create table readings (time timestamptz not null)');
  await owner.query('insert into readings values (now())');
  return { topic, groupId, mqttTopic, database };
}

function configFor(hops: Awaited<ReturnType<typeof createHops>>) {
  const { kafka, mqtt } = testServers();
  const { host, port, user, password, database } =
    hops.database.connection('homelab_owner');
  return {
    kafka: { clusters: [{ name: 'home', brokers: kafka.brokers.join(',') }] },
    consumerLag: { judgement: { minSamples: 3 } },
    pipelines: {
      mqttBrokers: [
        {
          name: 'home',
          url: mqtt.url,
          username: 'monitor',
          password: mqtt.passwords.monitor,
        },
      ],
      databases: [{ name: 'home', host, port, user, password, database }],
      list: [
        {
          name: 'readings',
          title: 'Readings',
          hops: [
            {
              kind: 'device',
              title: 'Sensors',
              broker: 'home',
              topicFilters: [hops.mqttTopic],
            },
            { kind: 'kafka-topic', cluster: 'home', topic: hops.topic },
            { kind: 'consumer-group', cluster: 'home', groupId: hops.groupId },
            {
              kind: 'table',
              database: 'home',
              table: 'readings',
              timeColumn: 'time',
            },
          ],
        },
        {
          name: 'broken',
          hops: [
            {
              kind: 'table',
              database: 'home',
              table: 'no_such_table',
              timeColumn: 'time',
            },
          ],
        },
      ],
    },
  };
}

type Portal = Awaited<ReturnType<typeof startPlugin>>;

async function ask(portal: Portal, ...names: string[]) {
  const query = names.map(name => `name=${name}`).join('&');
  const { status, body } = await portal.get(`/pipelines?${query}`);
  expect(status).toBe(200);
  return pipelinesResponseSchema.parse(body);
}

const statesOf = ({ hops }: Pipeline) => hops.map(({ state }) => state);

test('shows where data stops, from MQTT, consumer lag and the database', async t => {
  const hops = await createHops(t);
  const { poll, ...lag } = await createConsumerLag(t);
  const portal = await startPlugin(t, {
    plugin,
    pluginId: 'pipelines',
    config: configFor(hops),
    ...lag,
  });
  const kafka = createCluster(t);
  await forgetGroups(t, hops.groupId);
  const producer = createProducer(t);
  const devices = await connectMqtt(t, 'devices');
  await sendValues(producer, hops.topic, ['a', 'b', 'c']);
  await eventually(
    () =>
      kafka.commitOffsets(hops.groupId, [
        { topic: hops.topic, partition: 0, offset: 1n },
      ]),
    patience,
  );
  for (let index = 0; index < 4; index += 1) {
    await sendValues(producer, hops.topic, ['d']);
    await poll();
  }
  await eventually(async () => {
    await devices.publishAsync(hops.mqttTopic, '{"temperature":21}');
    const { pipelines } = await ask(portal, 'readings');
    expect(pipelines.map(statesOf)).toEqual([
      ['flowing', 'flowing', 'stopped', 'flowing'],
    ]);
  }, patience);
  const { pipelines } = await ask(portal, 'readings');
  const [device, topic, group] = pipelines[0]?.hops ?? [];
  expect(device).toMatchObject({ title: 'Sensors', detail: '1 topic' });
  expect(topic).toMatchObject({ name: hops.topic, cluster: 'home' });
  expect(group?.detail).toContain(`${hops.groupId} has stopped`);
  expect(pipelines[0]?.sentence).toContain(
    `Data stops at the consumer group ${hops.groupId}`,
  );
});

test('works without consumer lag, and says at the Kafka hops that it is missing', async t => {
  const hops = await createHops(t);
  const portal = await startPlugin(t, {
    plugin,
    pluginId: 'pipelines',
    config: configFor(hops),
  });
  const { pipelines, missing } = await ask(
    portal,
    'readings',
    'broken',
    'attic',
  );
  const [readings, broken] = pipelines;
  const missingPlugin = {
    state: 'unknown',
    detail: 'The consumer lag plugin, which monitors Kafka, is not installed.',
  };
  expect(readings?.hops.slice(1)).toMatchObject([
    missingPlugin,
    missingPlugin,
    { state: 'flowing', detail: null },
  ]);
  expect(broken?.hops).toMatchObject([
    {
      state: 'unknown',
      detail: expect.stringContaining('no_such_table'),
    },
  ]);
  expect(missing).toEqual(['attic']);
});

test('requires the permission and a token', async t => {
  const portal = await startPlugin(t, {
    plugin,
    pluginId: 'pipelines',
    config: {},
    result: AuthorizeResult.DENY,
  });
  const { status, text } = await portal.get('/pipelines?name=a');
  expect(status).toBe(403);
  expect(text).toContain('pipelines.read');
  expect(await portal.getUnsigned('/pipelines?name=a')).toMatchObject({
    status: 401,
  });
});
