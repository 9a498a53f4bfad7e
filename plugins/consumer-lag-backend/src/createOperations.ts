import type {
  AuditorService,
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { createKafkaClient } from '@homelab/kafka';
import { toEventLogger } from '@homelab/service-kit';
import type { Router } from 'express';
import type { Knex } from 'knex';
import type { LagAuthorizer } from './router/authorize';
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
import type { ClusterConnection, KafkaClusters } from '@homelab/kafka-clusters';
import { createOffsetResets, createResetStore } from './services/OffsetReset';
import type { OnOffsetsReset } from './services/OffsetReset';

/** What people may do beyond looking at lag: read letters, redrive them, reset offsets. */
export interface Operations {
  readonly routers: readonly Router[];
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
  readonly kafkaClusters: KafkaClusters;
  readonly database: Knex;
  readonly authorizer: LagAuthorizer;
  readonly auditor: AuditorService;
  readonly logger: LoggerService;
  readonly onRedriveEnded?: OnRedriveEnded;
  readonly onOffsetsReset?: OnOffsetsReset;
  readonly now?: () => number;
}): Operations {
  const { rootConfig, database, authorizer, auditor, logger } = deps;
  const { now = Date.now } = deps;
  const mask = createMask(readMaskConfig(rootConfig));
  const clusters = deps.clusters.map(({ name, connection, deadLetters }) => ({
    name,
    cluster: deps.kafkaClusters.connectionTo(name),
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
    stop: () => redrives.stop(),
  };
}
