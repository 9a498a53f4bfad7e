import type {
  AuditorService,
  HttpAuthService,
  LoggerService,
  PermissionsService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { createKafkaClient } from '@homelab/kafka';
import type { KafkaClusters } from '@homelab/kafka-clusters';
import { toEventLogger } from '@homelab/service-kit';
import type { Router } from 'express';
import type { Knex } from 'knex';
import { createLettersAuthorizer } from './authorize';
import {
  readDeadLettersConfig,
  readEnabledActions,
  readMaskConfig,
  readRedriveLimits,
  refuseOldKeys,
} from './config';
import { createRouter } from './router';
import { createDeadLetterViews, createMask } from './services/Letters';
import type { DeadLetterViews } from './services/Letters';
import { createRedrives, createRedriveStore } from './services/Redrives';
import type { OnRedriveEnded } from './services/Redrives';

/** The wired plugin. */
export interface DeadLetters {
  /** By cluster name. */
  readonly views: ReadonlyMap<string, DeadLetterViews>;
  readonly router: Router;
  /** Interrupts running redrives. */
  stop(): Promise<void>;
}

/** Wires the plugin. */
export function createDeadLetters(deps: {
  readonly rootConfig: RootConfigService;
  readonly kafkaClusters: KafkaClusters;
  readonly knex: Knex;
  readonly auditor: AuditorService;
  readonly httpAuth: HttpAuthService;
  readonly permissions: PermissionsService;
  readonly logger: LoggerService;
  readonly onRedriveEnded?: OnRedriveEnded;
  readonly now?: () => number;
}): DeadLetters {
  const { rootConfig, kafkaClusters, auditor, logger } = deps;
  const { now = Date.now } = deps;
  refuseOldKeys(rootConfig);
  const mask = createMask(readMaskConfig(rootConfig));
  const clusters = kafkaClusters.all.map(({ name, title, connection }) => ({
    name,
    title,
    cluster: kafkaClusters.connectionTo(name),
    kafka: createKafkaClient({
      ...connection,
      logger: toEventLogger(logger.child({ part: 'kafka', cluster: name })),
    }),
    config: readDeadLettersConfig(rootConfig, {
      name,
      clientId: connection.clientId,
    }),
  }));
  const redrives = createRedrives({
    clusters,
    store: createRedriveStore({ database: deps.knex, now }),
    mask,
    limits: readRedriveLimits(rootConfig),
    logger,
    auditor,
    onEnded: deps.onRedriveEnded,
    now,
  });
  const views = new Map(
    clusters.map(({ name, cluster, config }) => [
      name,
      createDeadLetterViews({ cluster, config, mask, now }),
    ]),
  );
  const authorizer = createLettersAuthorizer({
    httpAuth: deps.httpAuth,
    permissions: deps.permissions,
    actions: readEnabledActions(rootConfig),
  });
  return {
    views,
    router: createRouter({
      authorizer,
      auditor,
      clusters,
      views,
      redrives,
      now,
    }),
    stop: () => redrives.stop(),
  };
}
