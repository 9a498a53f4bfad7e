import {
  coreServices,
  createBackendPlugin,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import type { DatabaseService } from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { stringifyError } from '@backstage/errors';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { kafkaClustersServiceRef } from '@homelab/kafka-clusters';
import { deadLettersPermissions } from '@homelab/plugin-dead-letters-common';
import { redriveEndedTopic } from '@homelab/plugin-dead-letters-node';
import type { RedriveEnded } from '@homelab/plugin-dead-letters-node';
import type { Knex } from 'knex';
import { registerActions } from './actions';
import { createDeadLetters } from './createDeadLetters';

/**
 * Counts dead letters by reason, shows them, and sends them again. See `config.d.ts` for the
 * configuration.
 */
export const deadLettersPlugin = createBackendPlugin({
  pluginId: 'dead-letters',
  register(env) {
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        database: coreServices.database,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        kafkaClusters: kafkaClustersServiceRef,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        rootConfig: coreServices.rootConfig,
      },
      async init(deps) {
        const { events, logger, permissions } = deps;
        const letters = createDeadLetters({
          ...deps,
          knex: await openDatabase(deps.database),
          onRedriveEnded({ cluster, topic, targets }) {
            const eventPayload: RedriveEnded = { cluster, topic, targets };
            events
              .publish({ topic: redriveEndedTopic, eventPayload })
              .catch(error =>
                logger.warn(
                  `The end of the redrive of ${topic} could not be published: ${stringifyError(error)}`,
                ),
              );
          },
        });
        deps.permissionsRegistry.addPermissions(deadLettersPermissions);
        registerActions({ ...deps, permissions, views: letters.views });
        deps.httpRouter.use(letters.router);
        deps.lifecycle.addShutdownHook(() => letters.stop());
      },
    });
  },
});

async function openDatabase(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  if (!database.migrations?.skip)
    await knex.migrate.latest({
      directory: resolvePackagePath(
        '@homelab/plugin-dead-letters-backend',
        'migrations',
      ),
    });
  return knex;
}
