import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  pipelinesPermissions,
  pipelinesReadPermission,
} from '@homelab/plugin-pipelines-common';
import { createAuthorizer } from '@homelab/portal-node';
import { readPipelinesConfig } from './config';
import { createRouter } from './router';
import { createLagClient, Pipelines } from './services/Pipelines';

/**
 * Shows where data stops on its way from device to table. See `config.d.ts` for the
 * configuration.
 */
export const pipelinesPlugin = createBackendPlugin({
  pluginId: 'pipelines',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        discovery: coreServices.discovery,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        rootConfig: coreServices.rootConfig,
      },
      async init(deps) {
        const { lifecycle, logger } = deps;
        const pipelines = new Pipelines({
          config: readPipelinesConfig(deps.rootConfig),
          lag: createLagClient(deps),
          cacheMs: 5_000,
          logger,
          now: Date.now,
        });
        const authorizer = createAuthorizer({
          ...deps,
          rules: { read: { permissions: [pipelinesReadPermission] } },
        });
        deps.permissionsRegistry.addPermissions(pipelinesPermissions);
        deps.httpRouter.use(createRouter({ authorizer, pipelines }));
        lifecycle.addStartupHook(() => pipelines.start());
        lifecycle.addShutdownHook(() => pipelines.stop());
      },
    });
  },
});
