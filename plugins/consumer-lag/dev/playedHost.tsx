import {
  createFrontendModule,
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { consumerGroupsAnnotation } from '@homelab/plugin-consumer-lag-common';
import { EntityLagCard } from '../src/components/EntityLagCard';
import { EntityLagContent } from '../src/components/EntityLagContent';
import { LagWidget } from '../src/components/LagWidget';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'timescale-sink',
    annotations: { [consumerGroupsAnnotation]: 'home/timescaledb-*' },
  },
};

/** An entity page with only the card and the tab. */
const entityPage = PageBlueprint.make({
  name: 'entity',
  params: {
    path: '/catalog/:namespace/:kind/:name',
    title: 'Entity',
    routeRef: entityRouteRef,
    loader: async () => (
      <EntityProvider entity={entity}>
        <div style={{ padding: 24 }}>
          <div style={{ maxWidth: 520, paddingBottom: 24 }}>
            <EntityLagCard />
          </div>
          <EntityLagContent />
        </div>
      </EntityProvider>
    ),
  },
});

/** A catalog with one entity, the target of all links to owners. */
export const playedCatalog = createFrontendPlugin({
  pluginId: 'catalog',
  extensions: [entityPage],
});

/** A home page with only the widget. */
export const playedHome = createFrontendModule({
  pluginId: 'app',
  extensions: [
    PageBlueprint.make({
      name: 'home',
      params: {
        path: '/',
        title: 'Home',
        loader: async () => (
          <div style={{ maxWidth: 520, padding: 24 }}>
            <LagWidget />
          </div>
        ),
      },
    }),
  ],
});

/** Signs in as guest, because there is no backend for it. */
export function signInAsGuest() {
  localStorage.setItem('enableLegacyGuestToken', 'true');
  localStorage.setItem('@backstage/core:SignInPage:provider', 'guest');
}
