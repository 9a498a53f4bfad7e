import {
  createFrontendPlugin,
  createRouteRef,
  createSubRouteRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import type { FrontendPlugin } from '@backstage/frontend-plugin-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { pipelinesAnnotation } from '@homelab/plugin-pipelines-common';
import { screen } from '@testing-library/react';
import { pipelinesApiRef } from './api';
import plugin from './index';
import { createFakeApi } from './testing/pipelines';

function render(features: FrontendPlugin[] = []) {
  renderTestApp({
    features: [plugin, ...features],
    extensions: [
      createTestEntityPage({
        entity: {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Component',
          metadata: {
            name: 'sink',
            annotations: { [pipelinesAnnotation]: 'energy' },
          },
        },
      }),
    ],
    apis: [[pipelinesApiRef, createFakeApi()]],
  });
}

/** Another plugin, to whose pages the strip links. */
function createLagPages() {
  const root = createRouteRef();
  return createFrontendPlugin({
    pluginId: 'consumer-lag',
    routes: {
      group: createSubRouteRef({
        path: '/groups/:cluster/:groupId',
        parent: root,
      }),
      topic: createSubRouteRef({
        path: '/topics/:cluster/:topic',
        parent: root,
      }),
    },
    extensions: [
      PageBlueprint.make({
        params: {
          path: '/consumer-lag',
          routeRef: root,
          loader: async () => <div />,
        },
      }),
    ],
  });
}

const strip = { name: 'Hops of Energy readings' };

it('adds a tab to the page of an entity that names its pipelines', async () => {
  render();
  expect(await screen.findByRole('list', strip)).toBeInTheDocument();
  expect(
    screen.queryByRole('link', { name: 'homelab.energy' }),
  ).not.toBeInTheDocument();
});

it('links to topics and groups if the portal has consumer lag', async () => {
  render([createLagPages()]);
  await screen.findByRole('list', strip);
  for (const [name, address] of [
    ['homelab.energy', '/consumer-lag/topics/home/homelab.energy'],
    ['timescaledb-energy', '/consumer-lag/groups/home/timescaledb-energy'],
  ])
    expect(screen.getByRole('link', { name })).toHaveAttribute('href', address);
});
