import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { heatPumpPermissions } from '@homelab/plugin-heat-pump-common';
import { createHomelabApi } from '@homelab/homelab-api-client';
import { createLiveClient } from '@homelab/live-client';
import { heatPumpSourcesExtensionPoint } from '@homelab/plugin-heat-pump-node';
import type { HistorySource, LiveSource } from '@homelab/plugin-heat-pump-node';
import { readHeatPumpConfig, staleAfterMsOf } from './config';
import type { HeatPumpConfig } from './config';
import { createRouter } from './router';
import { ApiHistorySource } from './services/ApiHistorySource';
import { HouseState } from './services/HouseState';
import { WebSocketLiveSource } from './services/WebSocketLiveSource';
import { LatestReadings } from '@homelab/heat-pump';
import { LiveClients } from './services/LiveClients';

/** The backend of the live heat pump view. */
export const heatPumpPlugin = createBackendPlugin({
  pluginId: 'heat-pump',
  register(env) {
    let ownLive: LiveSource | undefined;
    let ownHistory: HistorySource | undefined;
    env.registerExtensionPoint(heatPumpSourcesExtensionPoint, {
      setLiveSource(source) {
        if (ownLive !== undefined) throw twice('setLiveSource');
        ownLive = source;
      },
      setHistorySource(source) {
        if (ownHistory !== undefined) throw twice('setHistorySource');
        ownHistory = source;
      },
    });
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        config: coreServices.rootConfig,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
      },
      async init(deps) {
        const { logger } = deps;
        const config = readHeatPumpConfig(deps.config);
        const api = createHomelabApi(config.api);
        const live = ownLive ?? liveSourceOf(config);
        const history = ownHistory ?? new ApiHistorySource({ api, logger });
        const house = new HouseState({
          live,
          history,
          latest: new LatestReadings({ staleAfterMs: staleAfterMsOf(config) }),
          siteTimeZone: config.siteTimeZone,
          meterDeviceId: config.house.meterDeviceId,
          logger,
        });
        const liveClients = new LiveClients({
          house,
          maxClients: config.live.maxClients,
          logger,
        });

        deps.permissionsRegistry.addPermissions(heatPumpPermissions);
        deps.httpRouter.use(
          createRouter({
            house,
            history,
            liveClients,
            api,
            logger,
            httpAuth: deps.httpAuth,
            permissions: deps.permissions,
            auditor: deps.auditor,
            areSettingsOn: config.settings.enabled,
            siteTimeZone: config.siteTimeZone,
          }),
        );
        deps.lifecycle.addStartupHook(() => house.start());
        // The HTTP server waits for open responses, so streams must end before it stops.
        deps.lifecycle.addShutdownHook(async () => {
          liveClients.close();
          await house.stop();
        });
      },
    });
  },
});

function liveSourceOf({ live, api }: HeatPumpConfig): LiveSource {
  const { token } = api;
  const client = createLiveClient({
    url: live.url,
    credentials: () => ({ bearer: token }),
  });
  return new WebSocketLiveSource({ client });
}

function twice(name: string): Error {
  return new Error(
    `Two modules call ${name} of the heat pump plugin. Install only one of them.`,
  );
}
