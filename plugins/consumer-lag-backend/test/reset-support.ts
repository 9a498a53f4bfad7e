import type { AuthorizeResult } from '@backstage/plugin-permission-common';
import { startPlugin } from '@homelab/portal-node/testing';
import type { TestPlugin } from '@homelab/portal-node/testing';
import { testServers, uniqueName } from '@homelab/test-kit';
import type { TestScope } from '@homelab/test-kit';
import type { Knex } from 'knex';
import plugin from '../src';
import { createPluginDatabase } from './lag-support';

/** How long to wait for real servers on a busy machine. */
export const patience = { timeoutMs: 30_000, intervalMs: 50 };
export const clusterName = 'test';

/** Starts the plugin on real servers; by default offsets may be moved. */
export async function startPortal(
  t: TestScope,
  options: {
    actions?: object;
    result?: AuthorizeResult.ALLOW | AuthorizeResult.DENY;
  } = {},
): Promise<TestPlugin & { readonly knex: Knex }> {
  const { actions = { reset: { enabled: true } }, result } = options;
  const knex = await createPluginDatabase(t);
  const portal = await startPlugin(t, {
    plugin,
    pluginId: 'consumer-lag',
    config: {
      kafka: {
        clientId: uniqueName('portal'),
        clusters: [{ name: clusterName, brokers: testServers().kafka.brokers }],
      },
      consumerLag: { actions },
    },
    knex,
    result,
  });
  return { ...portal, knex };
}

/** The numbers from 0 to below `count`. */
export const upTo = (count: number) =>
  Array.from({ length: count }, (_, index) => index);
