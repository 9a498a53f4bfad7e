import { runService } from '@homelab/service-kit';
import { createApp } from '../src/app.ts';
import { parseConfig } from '../src/config.ts';

/** What `main.ts` runs, but on the topics of a test, as others use the same broker. */
void runService({
  component: 'live',
  create: ({ env, logger, registry }) =>
    createApp({
      config: parseConfig(env),
      logger,
      registry,
      topics: JSON.parse(env.TEST_TOPICS ?? ''),
    }),
});
