import { defineConfig } from 'vitest/config';

// Portal code (packages/{app,backend,kafka-clusters,portal-*}, plugins/*/src) is tested by Jest through
// backstage-cli; all else, and what needs real servers, is tested here.
const node =
  '{packages/{access,dead-letters,heat-pump,heat-pump-settings,homelab-api-client,kafka,live-client,openapi,service-kit,telemetry,test-kit,timescale-schema},services/*,tools,bench}';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            `${node}/src/**/*.test.ts`,
            'tools/test/*.test.ts',
            'catalog/*.test.ts',
            'e2e/chaos/support/*.test.ts',
          ],
          exclude: ['**/*.int.test.ts', '**/node_modules/**'],
          // Property tests take a second alone; a busy machine needs more.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: [
            '{packages,services,plugins}/*/test/**/*.int.test.ts',
            'tools/test/**/*.int.test.ts',
          ],
          // Every file talks to the same servers; two at a time keep two cores busy.
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'chaos',
          include: ['e2e/chaos/*.chaos.test.ts'],
          // Each scenario breaks the one set of servers that all share.
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
