import { runService } from '@homelab/service-kit';
import { createApp } from './app.ts';
import { parseConfig } from './config.ts';

void runService({
  component: 'live',
  create: ({ env, logger, registry }) =>
    createApp({ config: parseConfig(env), logger, registry }),
});
