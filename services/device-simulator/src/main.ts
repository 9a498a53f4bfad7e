import { randomUUID } from 'node:crypto';
import { runService } from '@homelab/service-kit';
import { createApp } from './app.ts';
import { parseConfig } from './config.ts';

void runService({
  component: 'device-simulator',
  create: ({ env, logger, registry }) =>
    createApp({
      config: parseConfig(env, process.argv.slice(2)),
      logger,
      registry,
      clientId: `device-simulator-${randomUUID().slice(0, 8)}`,
    }),
});
