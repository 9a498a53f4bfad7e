import {
  ApiBlueprint,
  AppRootElementBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { consumerLagApiRef } from '../src/api';
import { createFakeApi } from '../src/testing/createFakeApi';
import { scenarios } from './scenarios';

const storageKey = 'consumer-lag-scenario';
const names = Object.keys(scenarios);
const chosen = sessionStorage.getItem(storageKey) ?? names[0] ?? '';

function choose(name: string) {
  sessionStorage.setItem(storageKey, name);
  location.reload();
}

/** A fake backend that plays the chosen scenario. */
export const fakeApiModule = createFrontendModule({
  pluginId: 'consumer-lag',
  extensions: [
    ApiBlueprint.make({
      params: define =>
        define({
          api: consumerLagApiRef,
          deps: {},
          factory: () => (scenarios[chosen] ?? createFakeApi)(),
        }),
    }),
  ],
});

/** A list in the corner to choose the scenario from. */
export const scenarioModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    AppRootElementBlueprint.make({
      name: 'scenarios',
      params: {
        element: (
          <select
            aria-label="Scenario"
            style={{ position: 'fixed', right: 8, bottom: 8, zIndex: 9999 }}
            defaultValue={chosen}
            onChange={event => choose(event.target.value)}
          >
            {names.map(name => (
              <option key={name}>{name}</option>
            ))}
          </select>
        ),
      },
    }),
  ],
});
