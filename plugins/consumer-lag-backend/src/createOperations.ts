import type {
  AuditorService,
  BackstageCredentials,
  HttpAuthService,
  LoggerService,
  PermissionsService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { createKafkaClient, toEventLogger } from '@homelab/service-kit';
import type { ClustersResponse } from '@homelab/plugin-consumer-lag-common';
import type { Router } from 'express';
import type { Knex } from 'knex';
import { flag } from './config';
import { createAuthorizer } from './router/authorize';
import type { EnabledActions } from './router/authorize';
import { createDeadLettersRouter } from './router/deadLetters';
import { createOffsetResetRouter } from './router/offsetReset';
import {
  createDeadLetterViews,
  createMask,
  createRedrives,
  createRedriveStore,
  readMaskConfig,
  readRedriveLimits,
} from './services/DeadLetters';
import type { DeadLettersConfig, OnRedriveEnded } from './services/DeadLetters';
import { kafkaOf } from './services/KafkaCluster';
import type { ClusterConnection, KafkaCluster } from './services/KafkaCluster';
import { createOffsetResets, createResetStore } from './services/OffsetReset';
import type { OnOffsetsReset } from './services/OffsetReset';

/** What people may do beyond looking at lag: read letters, redrive them, reset offsets. */
export interface Operations {
  readonly routers: readonly Router[];
  /** What the caller may do, and if not, why. */
  allowances(
    credentials: BackstageCredentials,
  ): Promise<ClustersResponse['actions']>;
  /** Interrupts redrives. */
  stop(): Promise<void>;
}

/** Creates them for all clusters, as the configuration says. */
export function createOperations(deps: {
  readonly rootConfig: RootConfigService;
  readonly clusters: readonly {
    readonly name: string;
    readonly connection: ClusterConnection;
    readonly deadLetters: DeadLettersConfig;
  }[];
  /** The connection of each cluster, by its name; whoever made them closes them. */
  readonly kafka: ReadonlyMap<string, KafkaCluster>;
  readonly database: Knex;
  readonly httpAuth: HttpAuthService;
  readonly permissions: PermissionsService;
  readonly auditor: AuditorService;
  readonly logger: LoggerService;
  readonly onRedriveEnded?: OnRedriveEnded;
  readonly onOffsetsReset?: OnOffsetsReset;
  readonly now?: () => number;
}): Operations {
  const { rootConfig, database, auditor, logger, now = Date.now } = deps;
  const mask = createMask(readMaskConfig(rootConfig));
  const clusters = deps.clusters.map(({ name, connection, deadLetters }) => ({
    name,
    cluster: kafkaOf(deps.kafka, name),
    kafka: createKafkaClient({
      ...connection,
      logger: toEventLogger(logger.child({ part: 'kafka', cluster: name })),
    }),
    config: deadLetters,
  }));
  const redrives = createRedrives({
    clusters,
    store: createRedriveStore({ database, now }),
    mask,
    limits: readRedriveLimits(rootConfig),
    logger,
    auditor,
    onEnded: deps.onRedriveEnded,
    now,
  });
  const resets = createOffsetResets({
    clusters: new Map(clusters.map(({ name, cluster }) => [name, cluster])),
    store: createResetStore({ database, now }),
    onReset: deps.onOffsetsReset,
    now,
  });
  const authorizer = createAuthorizer({
    httpAuth: deps.httpAuth,
    permissions: deps.permissions,
    actions: readEnabledActions(rootConfig),
  });
  const views = new Map(
    clusters.map(({ name, cluster, config }) => [
      name,
      createDeadLetterViews({ cluster, config, mask, now }),
    ]),
  );
  return {
    routers: [
      createDeadLettersRouter({ authorizer, auditor, views, redrives, now }),
      createOffsetResetRouter({ authorizer, auditor, resets, now }),
    ],
    async allowances(credentials) {
      const [peek, redrive, reset] = await Promise.all(
        (['peek', 'redrive', 'reset'] as const).map(action =>
          authorizer.allowance(action, credentials),
        ),
      );
      return { peek, redrive, reset };
    },
    stop: () => redrives.stop(),
  };
}

function readEnabledActions(rootConfig: RootConfigService): EnabledActions {
  const isEnabled = (action: keyof EnabledActions) => {
    const key = `consumerLag.actions.${action}.enabled`;
    const parsed = flag.safeParse(rootConfig.getOptional(key) ?? false);
    // A switch that cannot be read is off.
    return parsed.success && parsed.data;
  };
  return {
    peek: isEnabled('peek'),
    redrive: isEnabled('redrive'),
    reset: isEnabled('reset'),
  };
}
