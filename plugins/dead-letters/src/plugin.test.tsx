import { renderTestApp } from '@backstage/frontend-test-utils';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { deadLetterTopicsAnnotation } from '@homelab/plugin-dead-letters-common';
import { screen } from '@testing-library/react';
import { deadLettersApiRef } from './api';
import plugin from './index';
import { createFakeApi } from './testing/createFakeApi';

const open = (path: string) =>
  renderTestApp({
    features: [plugin],
    initialRouteEntries: [path],
    apis: [[deadLettersApiRef, createFakeApi()]],
  });

it.each([
  ['/dead-letters', /^312 messages/],
  ['/dead-letters/home/homelab.energy.dlq', /^312 messages/],
  ['/consumer-lag/dead-letters', /^312 messages/],
  ['/consumer-lag/dead-letters/home/homelab.energy.dlq', /^312 messages/],
])('has a page at %s', async (path, name) => {
  open(path);
  expect(
    await screen.findByRole('heading', { level: 2, name }),
  ).toBeInTheDocument();
});

it('keeps the query of an old address', async () => {
  open('/consumer-lag/dead-letters/home/homelab.energy.dlq?code=json_invalid');
  expect(
    await screen.findByRole('button', { name: /The message is not JSON 11/ }),
  ).toHaveAttribute('aria-pressed', 'true');
});

async function renderEntity(annotation?: string) {
  renderTestApp({
    extensions: [
      createTestEntityPage({
        entity: {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Component',
          metadata: {
            name: 'bridge',
            ...(annotation !== undefined && {
              annotations: { [deadLetterTopicsAnnotation]: annotation },
            }),
          },
        },
      }),
      plugin.getExtension('entity-card:dead-letters'),
    ],
    apis: [[deadLettersApiRef, createFakeApi()]],
  });
}

it('puts a card on the page of an entity that names its dead-letter topics', async () => {
  await renderEntity('home/homelab.energy.dlq');
  expect(
    await screen.findByText(/^312 messages could not be processed/),
  ).toBeInTheDocument();
});

it('says which topic of the annotation is missing', async () => {
  await renderEntity('home/gone.dlq');
  expect(
    await screen.findByText('gone.dlq: no such dead-letter topic.'),
  ).toBeInTheDocument();
});
