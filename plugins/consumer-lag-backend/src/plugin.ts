import {
  coreServices,
  createBackendPlugin,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import type { DatabaseService } from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { kafkaClustersServiceRef } from '@homelab/kafka-clusters';
import { consumerLagPermissions } from '@homelab/plugin-consumer-lag-common';
import {
  redriveEndedSchema,
  redriveEndedTopic,
} from '@homelab/plugin-dead-letters-node';
import type { Knex } from 'knex';
import { registerActions } from './actions';
import { createConsumerLag } from './createConsumerLag';
import { scheduleWork } from './scheduleWork';

/**
 * Collects the lag of consumer groups, stores its history, serves it to pages, gauges and
 * assistants, and notifies owners of trouble. See `config.d.ts` for the configuration.
 */
export const consumerLagPlugin = createBackendPlugin({
  pluginId: 'consumer-lag',
  register(env) {
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        database: coreServices.database,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        kafkaClusters: kafkaClustersServiceRef,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        rootConfig: coreServices.rootConfig,
        scheduler: coreServices.scheduler,
      },
      async init(deps) {
        const { actionsRegistry, httpRouter, permissions } = deps;
        const knex = await openDatabase(deps.database);
        const lag = createConsumerLag({ ...deps, knex, now: Date.now });
        deps.permissionsRegistry.addPermissions(consumerLagPermissions);
        registerActions({ actionsRegistry, permissions, views: lag.views });
        httpRouter.use(lag.router);
        await deps.events.subscribe({
          id: 'consumer-lag',
          topics: [redriveEndedTopic],
          onEvent: async ({ eventPayload }) =>
            lag.onRedriveEnded(redriveEndedSchema.parse(eventPayload)),
        });
        await scheduleWork(deps.scheduler, lag.work);
      },
    });
  },
});

async function openDatabase(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  if (!database.migrations?.skip)
    await knex.migrate.latest({
      directory: resolvePackagePath(
        '@homelab/plugin-consumer-lag-backend',
        'migrations',
      ),
    });
  return knex;
}
