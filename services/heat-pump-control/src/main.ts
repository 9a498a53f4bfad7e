import { randomUUID } from 'node:crypto';
import { runService } from '@homelab/service-kit';
import { createApp } from './app.ts';
import { parseConfig } from './config.ts';

void runService({
  component: 'control',
  create: ({ env, logger, registry }) =>
    createApp({
      config: parseConfig(env),
      logger,
      registry,
      clientId: `heat-pump-control-${randomUUID().slice(0, 8)}`,
    }),
});
