import type {
  AuditorService,
  AuthService,
  HttpAuthService,
  LoggerService,
  PermissionsService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { KafkaClusters } from '@homelab/kafka-clusters';
import { readDeadLetterTopics } from '@homelab/plugin-dead-letters-node';
import type { RedriveEnded } from '@homelab/plugin-dead-letters-node';
import { isSwitchedOn } from '@homelab/portal-node';
import type { Router } from 'express';
import type { Knex } from 'knex';
import { readConsumerLagConfig } from './config';
import { createCollectors } from './createCollectors';
import { createLagAuthorizer, resetSwitch } from './router/authorize';
import { createRouter } from './router/createRouter';
import { createLagRouter } from './router/lag';
import { createOffsetResetRouter } from './router/offsetReset';
import { entityGroups, GroupRefs, selectorsOf } from './services/Catalog';
import { LagAlerts } from './services/LagAlerts';
import { ExactTimeLag } from './services/LagCollector';
import { LagHistory, LagStore, LagViews } from './services/LagStore';
import { createOffsetResets, createResetStore } from './services/OffsetReset';
import type { ScheduledWork } from './scheduleWork';
import { tellHistory } from './tellHistory';

interface Deps {
  readonly rootConfig: RootConfigService;
  readonly kafkaClusters: KafkaClusters;
  readonly knex: Knex;
  readonly auditor: AuditorService;
  readonly auth: AuthService;
  readonly catalog: CatalogService;
  readonly httpAuth: HttpAuthService;
  readonly notifications: NotificationService;
  readonly permissions: PermissionsService;
  readonly logger: LoggerService;
  readonly now: () => number;
}

/** The wired plugin, not yet started. */
export interface ConsumerLag {
  readonly views: LagViews;
  /** Marks the end of a redrive in the charts of the groups that read its target. */
  readonly onRedriveEnded: (redrive: RedriveEnded) => Promise<void>;
  readonly router: Router;
  readonly work: ScheduledWork;
}

/** Wires the plugin. */
export function createConsumerLag(deps: Deps): ConsumerLag {
  const { rootConfig, kafkaClusters, knex, catalog, logger, now } = deps;
  const config = readConsumerLagConfig(rootConfig);
  const pollIntervalMs = config.pollIntervalSeconds * 1000;
  const clusters = kafkaClusters.all.map(cluster => ({
    ...cluster,
    deadLetters: readDeadLetterTopics(rootConfig, cluster.name),
  }));
  const views = new LagViews({ knex, clusters, pollIntervalMs });
  const history = new LagHistory(knex);
  const refs = new GroupRefs({ catalog, auth: deps.auth, logger });
  const exact = new ExactTimeLag({
    views,
    kafkaOf: cluster => kafkaClusters.connectionTo(cluster),
    now,
  });
  const tell = tellHistory({ store: new LagStore(knex), views, logger, now });
  const authorizer = createLagAuthorizer({
    httpAuth: deps.httpAuth,
    permissions: deps.permissions,
    isResetOn: isSwitchedOn(rootConfig, resetSwitch),
  });
  const resetRouter = createOffsetResetRouter({
    authorizer,
    auditor: deps.auditor,
    resets: createOffsetResets({
      clusters: new Map(
        clusters.map(({ name }) => [name, kafkaClusters.connectionTo(name)]),
      ),
      store: createResetStore({ database: knex, now }),
      onReset: tell.offsetsReset,
      now,
    }),
    now,
  });
  const lagRouter = createLagRouter({
    authorizer,
    views,
    history,
    exactTimeLag: wanted => exact.of(wanted),
    entity: (ref, credentials) =>
      entityGroups({ catalog, views }, ref, credentials),
    selectors: (ref, credentials) => selectorsOf(catalog, ref, credentials),
    requestsSent: () =>
      new Map(
        clusters.map(({ name }) => [
          name,
          kafkaClusters.connectionTo(name).requestCount(),
        ]),
      ),
    pollIntervalMs,
    now,
  });
  const collectors = createCollectors({
    config,
    clusters,
    kafkaClusters,
    knex,
    refs,
    alerts: new LagAlerts({
      knex,
      notifications: deps.notifications,
      hysteresis: config.alerts,
      ownersOf: (cluster, groupId) => refs.of(cluster, groupId).ownerRefs,
      logger,
    }),
    logger,
    now,
  });
  return {
    views,
    onRedriveEnded: tell.redriveEnded,
    router: createRouter([lagRouter, resetRouter]),
    work: { collectors, refs, history, pollIntervalMs, now },
  };
}
