import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { heatPumpPermissions } from '@homelab/plugin-heat-pump-common';
import { createHomelabApi } from '@homelab/homelab-api-client';
import { createKafkaClient } from '@homelab/kafka';
import { toEventLogger } from '@homelab/service-kit';
import { readHeatPumpConfig, staleAfterMsOf } from './config';
import { createRouter } from './router';
import { ApiHistorySource } from './services/ApiHistorySource';
import { HouseState } from './services/HouseState';
import { KafkaLiveSource } from './services/KafkaLiveSource';
import { LatestReadings } from '@homelab/heat-pump';
import { LiveClients } from './services/LiveClients';

/** The backend of the live heat pump view. */
export const heatPumpPlugin = createBackendPlugin({
  pluginId: 'heat-pump',
  register(env) {
    env.registerInit({
      deps: {
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
        const kafka = createKafkaClient({
          ...config.kafka,
          logger: toEventLogger(logger.child({ part: 'kafka' })),
        });
        const live = new KafkaLiveSource({ kafka, logger });
        const api = createHomelabApi(config.api);
        const history = new ApiHistorySource({ api, logger });
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
