import { createApp } from '@backstage/frontend-defaults';
import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import ReactDOM from 'react-dom/client';
import plugin from '../src';
import { heatPumpApiRef } from '../src/api';
import {
  testHeatPump,
  testHouse,
  testRoom,
} from '@homelab/plugin-heat-pump-react/testing';
import { createFakeApi } from '../src/test-api';

// The page without a backend: `yarn start`, then /heat-pump. The supply temperature varies to
// show what moves.
const fake = createFakeApi({
  house: testHouse({ rooms: [testRoom('Kitchen', 20.5)] }),
});
fake.answer();
let turns = 0;
setInterval(() => {
  turns += 1;
  const supply = 38 + 3 * Math.sin(turns / 5);
  const reading = testHeatPump({ ageMs: 0, known: { supply_temp: supply } });
  fake.tell(follower => follower.onReading(reading, new Date().toISOString()));
}, 2_000);

const fakeApi = createFrontendModule({
  pluginId: 'heat-pump',
  extensions: [
    ApiBlueprint.make({
      params: define =>
        define({ api: heatPumpApiRef, deps: {}, factory: () => fake.api }),
    }),
  ],
});

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element "root".');
ReactDOM.createRoot(root).render(
  createApp({ features: [plugin, fakeApi] }).createRoot(),
);
