import {
  createExtensionTester,
  renderTestApp,
} from '@backstage/frontend-test-utils';
import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { systemHealthAnnotation } from '@homelab/plugin-system-health-common';
import { screen } from '@testing-library/react';
import { systemHealthApiRef } from './api';
import plugin from './index';
import { createTarget } from './testing/health';

// The views are lazy-loaded, which is slow on a busy machine.
const patience = { timeout: 20_000 };
jest.setTimeout(30_000);

const api = {
  getTargets: async () => ({
    now: new Date().toISOString(),
    targets: [createTarget({ entityRef: undefined })],
  }),
};

it('has a page that shows the health from the backend', async () => {
  renderTestApp({
    features: [plugin],
    initialRouteEntries: ['/system-health'],
    apis: [[systemHealthApiRef, api]],
  });
  expect(
    await screen.findByRole(
      'heading',
      { name: 'Everything is running' },
      patience,
    ),
  ).toBeInTheDocument();
  expect(screen.getByText('Timescale sink')).toBeInTheDocument();
});

const entity = (watched?: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'timescale-sink',
    namespace: 'default',
    ...(watched && { annotations: { [systemHealthAnnotation]: watched } }),
  },
  spec: { type: 'service', owner: 'household', lifecycle: 'production' },
});

/** Stands for the other cards of the page, so that a test can wait for it. */
const otherCard = EntityCardBlueprint.make({
  name: 'other',
  params: { loader: async () => <p>Another card</p> },
});

async function renderEntityPage(watched?: string) {
  renderTestApp({
    extensions: [
      createTestEntityPage({ entity: entity(watched) }),
      otherCard,
      plugin.getExtension('entity-card:system-health'),
    ],
    apis: [[systemHealthApiRef, api]],
  });
  await screen.findByText('Another card', {}, patience);
}

it('adds a card to the page of a monitored entity', async () => {
  await renderEntityPage('true');
  expect(await screen.findByText('Health', {}, patience)).toBeInTheDocument();
});

it.each([undefined, 'false'])(
  'adds no card to the page of an entity whose annotation is %s',
  async watched => {
    await renderEntityPage(watched);
    expect(screen.queryByText('Health')).not.toBeInTheDocument();
  },
);

it('offers both of its home page widgets', () => {
  for (const name of ['summary', 'targets'] as const) {
    const extension = plugin.getExtension(
      `home-page-widget:system-health/${name}`,
    );
    expect(() => createExtensionTester(extension)).not.toThrow();
  }
});
