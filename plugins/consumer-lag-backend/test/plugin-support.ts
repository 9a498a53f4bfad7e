import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { notificationService } from '@backstage/plugin-notifications-node';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { consumerGroupsAnnotation } from '@homelab/plugin-consumer-lag-common';
import {
  createTestTopics,
  eventually,
  testServers,
  uniqueName,
} from '@homelab/test-kit';
import type { TestScope } from '@homelab/test-kit';
import request from 'supertest';
import plugin from '../src';
import {
  createCluster,
  createProducer,
  forgetGroups,
  quietLogger,
  sendValues,
} from '@homelab/kafka-clusters/testing';
import { createPluginDatabase } from './lag-support';

type Decision = AuthorizeResult.ALLOW | AuthorizeResult.DENY;

/** A route of the plugin. */
export interface Route {
  readonly method: 'get' | 'post';
  readonly path: string;
}

/** The plugin in its own backend, with real Kafka and database. */
export async function startPlugin(
  t: TestScope,
  options: {
    groupId?: string;
    result?: Decision;
    topic?: string;
    /** Excluded groups. */
    exclude?: string[];
    /** Further keys of the cluster. */
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
  const { kafka } = testServers();
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
          kafka: {
            clusters: [
              {
                name: 'home',
                brokers: kafka.brokers.join(','),
                dashboardUrl: 'https://console.example.com',
                ...options.cluster,
              },
            ],
          },
          consumerLag: {
            groups: { exclude: options.exclude ?? [] },
            judgement: { minSamples: 3 },
            actions: {
              reset: { enabled: true },
            },
            alerts: { holdPolls: 2, recoverPolls: 2 },
          },
        },
      }),
    ],
  });
  t.onTestFinished(() => backend.stop());
  const send = ({ method, path }: Route) =>
    request(backend.server)[method](`/api/consumer-lag${path}`);
  const get = (path: string) => send({ method: 'get', path });
  return {
    get,
    send,
    asked,
    sent,
    actions,
    poll: async (times = 1, withCatalog = true) => {
      if (withCatalog) await scheduler.triggerTask('read-catalog');
      for (let index = 0; index < times; index += 1)
        await scheduler.triggerTask('poll-home');
    },
  };
}

/** A group without members, two records behind. */
export async function laggingGroup(t: TestScope) {
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
