import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  timescaleExplorerPermissions,
  timescaleExplorerQueryPermission,
  timescaleExplorerReadPermission,
} from '@homelab/plugin-timescale-explorer-common';
import { createAuthorizer } from '@homelab/portal-node';
import { readExplorerConfig } from './config';
import { createRouter } from './router';
import { openDatabase } from './services/ExplorerDatabase';

/** Shows the state of TimescaleDB databases. See `config.d.ts` for the configuration. */
export const timescaleExplorerPlugin = createBackendPlugin({
  pluginId: 'timescale-explorer',
  register(env) {
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        rootConfig: coreServices.rootConfig,
      },
      async init(deps) {
        const { logger } = deps;
        const config = readExplorerConfig(deps.rootConfig);
        const databases = config.databases.map(one =>
          openDatabase({ config: one, logger, now: Date.now }),
        );
        const authorizer = createAuthorizer({
          ...deps,
          rules: {
            read: { permissions: [timescaleExplorerReadPermission] },
            query: { permissions: [timescaleExplorerQueryPermission] },
          },
        });
        deps.permissionsRegistry.addPermissions(timescaleExplorerPermissions);
        deps.httpRouter.use(
          createRouter({
            authorizer,
            auditor: deps.auditor,
            databases,
            now: Date.now,
          }),
        );
        deps.lifecycle.addShutdownHook(async () => {
          await Promise.all(databases.map(database => database.stop()));
        });
      },
    });
  },
});
