import { createBackendModule } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { houseSchema } from '@homelab/plugin-heat-pump-common';
import { heatPumpSourcesExtensionPoint } from '@homelab/plugin-heat-pump-node';
import request from 'supertest';
import { heatPumpPlugin } from './plugin';
import {
  createFakeHistorySource,
  createFakeLiveSource,
  testPump,
} from './test-readings';

const config = mockServices.rootConfig.factory({
  // Nothing listens there: the sources of the module are asked instead.
  data: {
    heatPump: {
      api: { baseUrl: 'http://127.0.0.1:1', token: 't' },
      live: { url: 'ws://127.0.0.1:1' },
    },
  },
});

function moduleOf(
  moduleId: string,
  sources: {
    live: ReturnType<typeof createFakeLiveSource>;
    history: ReturnType<typeof createFakeHistorySource>;
  },
) {
  return createBackendModule({
    pluginId: 'heat-pump',
    moduleId,
    register(env) {
      env.registerInit({
        deps: { point: heatPumpSourcesExtensionPoint },
        async init({ point }) {
          point.setLiveSource(sources.live.source);
          point.setHistorySource(sources.history.source);
        },
      });
    },
  });
}

it('a module brings the readings of another house', async () => {
  const live = createFakeLiveSource();
  const history = createFakeHistorySource();
  const backend = await startTestBackend({
    features: [heatPumpPlugin, config, moduleOf('other', { live, history })],
  });
  live.publish(testPump(new Date().toISOString(), { deviceId: 'theirs' }));
  const response = await request(backend.server).get('/api/heat-pump/house');
  const house = houseSchema.parse(response.body);
  expect(house.heatPumps).toMatchObject([{ deviceId: 'theirs' }]);
  expect(house.sources.live.ok).toBe(true);
  await backend.stop();
  expect(live.calls).toEqual({ started: 1, stopped: 1 });
});

it('two modules that bring the same are refused', async () => {
  const sources = () => ({
    live: createFakeLiveSource(),
    history: createFakeHistorySource(),
  });
  await expect(
    startTestBackend({
      features: [
        heatPumpPlugin,
        config,
        moduleOf('one', sources()),
        moduleOf('two', sources()),
      ],
    }),
  ).rejects.toThrow(/setLiveSource/);
});
