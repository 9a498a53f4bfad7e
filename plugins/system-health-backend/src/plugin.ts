import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { systemHealthPermissions } from '@homelab/plugin-system-health-common';
import { readTargets } from './config';
import { createRouter } from './router';
import { createHealthMonitor, probeTarget } from './services/HealthMonitor';

/**
 * Probes the configured targets and serves their last known health. See `config.d.ts`
 * for the configuration.
 */
export const systemHealthPlugin = createBackendPlugin({
  pluginId: 'system-health',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
      },
      async init(deps) {
        const targets = readTargets(deps.config);
        const now = () => new Date();
        const monitor = createHealthMonitor({
          targets,
          probe: probeTarget,
          now,
        });
        deps.permissionsRegistry.addPermissions(systemHealthPermissions);
        deps.httpRouter.use(
          createRouter({
            httpAuth: deps.httpAuth,
            permissions: deps.permissions,
            monitor,
            now,
          }),
        );
        for (const target of targets) {
          await deps.scheduler.scheduleTask({
            id: `probe-${target.name}`,
            // Each replica probes independently: what one can reach, another may not.
            scope: 'local',
            frequency: { milliseconds: target.intervalMs },
            timeout: { milliseconds: target.timeoutMs + 1000 },
            fn: signal => monitor.check(target, signal),
          });
        }
      },
    });
  },
});
