import {
  coreServices,
  createBackendPlugin,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import type {
  DatabaseService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { NotFoundError } from '@backstage/errors';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { consumerLagPermissions } from '@homelab/plugin-consumer-lag-common';
import type { Knex } from 'knex';
import { registerActions } from './actions';
import { readConsumerLagConfig } from './config';
import { createCollectors } from './createCollectors';
import { createOperations } from './createOperations';
import { createDeadLettersOf } from './lag/deadLetterTopics';
import { createLagRouter } from './router/lag';
import { entityGroups, GroupRefs } from './services/Catalog';
import { createKafkaCluster } from './services/KafkaCluster';
import { LagAlerts } from './services/LagAlerts';
import { ExactTimeLag } from './services/LagCollector';
import type { LagCollector } from './services/LagCollector';
import { LagHistory, LagStore, LagViews } from './services/LagStore';
import { Pipelines } from './services/Pipelines';
import { tellHistory } from './tellHistory';

/**
 * Collects the lag of consumer groups, keeps its history, serves it to pages, gauges and
 * assistants, and tells owners of trouble. See `config.d.ts` for the configuration.
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
        config: coreServices.rootConfig,
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
      },
      async init(deps) {
        const { catalog, logger, permissions } = deps;
        const config = readConsumerLagConfig(deps.config);
        const pollIntervalMs = config.pollIntervalSeconds * 1000;
        const now = Date.now;
        const knex = await openDatabase(deps.database);
        const kafka = new Map(
          config.clusters.map(({ name, connection }) => [
            name,
            createKafkaCluster(connection, { logger }),
          ]),
        );
        const views = new LagViews({
          knex,
          clusters: config.clusters,
          pollIntervalMs,
        });
        const history = new LagHistory(knex);
        const refs = new GroupRefs({ catalog, auth: deps.auth, logger });
        const alerts = new LagAlerts({
          knex,
          notifications: deps.notifications,
          hysteresis: config.alerts,
          logger,
        });
        const pipelines = new Pipelines({
          config,
          views,
          cacheMs: 5_000,
          logger,
          now,
        });
        const tell = tellHistory({
          store: new LagStore(knex),
          views,
          logger,
          now,
        });
        const operations = createOperations({
          rootConfig: deps.config,
          clusters: config.clusters,
          deadLetterTopics: config.deadLetters.topics,
          database: knex,
          httpAuth: deps.httpAuth,
          permissions,
          auditor: deps.auditor,
          logger,
          onOffsetsReset: tell.offsetsReset,
          onRedriveEnded: tell.redriveEnded,
          now,
        });
        const exact = new ExactTimeLag({
          views,
          kafkaOf: cluster => {
            const own = kafka.get(cluster);
            if (own) return own;
            throw new NotFoundError(`There is no Kafka cluster ${cluster}.`);
          },
          now,
        });

        deps.permissionsRegistry.addPermissions(consumerLagPermissions);
        registerActions({
          actionsRegistry: deps.actionsRegistry,
          permissions,
          views,
        });
        deps.httpRouter.use(
          createLagRouter({
            httpAuth: deps.httpAuth,
            permissions,
            views,
            history,
            allowances: operations.allowances,
            exactTimeLag: wanted => exact.of(wanted),
            entity: (ref, credentials) =>
              entityGroups({ catalog, views, pipelines }, ref, credentials),
            requestsSent: () =>
              new Map(
                [...kafka].map(([name, one]) => [name, one.requestCount()]),
              ),
            pollIntervalMs,
            now,
          }),
        );
        for (const router of operations.routers) deps.httpRouter.use(router);
        const collectors = createCollectors({
          config,
          kafka,
          knex,
          refs,
          alerts,
          deadLettersOf: createDeadLettersOf(config.deadLetters.topics),
          logger,
          now,
        });
        await schedule(deps.scheduler, {
          collectors,
          refs,
          history,
          pollIntervalMs,
          now,
        });
        deps.lifecycle.addStartupHook(() => pipelines.start());
        deps.lifecycle.addShutdownHook(async () => {
          await Promise.all([pipelines.stop(), operations.stop()]);
          await Promise.all([...kafka.values()].map(one => one.close()));
        });
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

/** Every poll and every tidying is done by one replica of the backend at a time. */
async function schedule(
  scheduler: SchedulerService,
  options: {
    collectors: ReadonlyMap<string, LagCollector>;
    refs: GroupRefs;
    history: LagHistory;
    pollIntervalMs: number;
    now: () => number;
  },
): Promise<void> {
  const { collectors, refs, history, pollIntervalMs, now } = options;
  await scheduler.scheduleTask({
    id: 'read-catalog',
    scope: 'local',
    frequency: { minutes: 1 },
    timeout: { seconds: 30 },
    fn: () => refs.refresh(),
  });
  for (const [name, collector] of collectors)
    await scheduler.scheduleTask({
      id: `poll-${name}`,
      scope: 'global',
      frequency: { milliseconds: pollIntervalMs },
      timeout: { milliseconds: Math.max(2 * pollIntervalMs, 60_000) },
      fn: signal => collector.poll(signal),
    });
  await scheduler.scheduleTask({
    id: 'roll-up',
    scope: 'global',
    frequency: { minutes: 5 },
    timeout: { minutes: 4 },
    fn: async () => {
      await history.rollUp(now());
      await history.tidy(now());
    },
  });
}
