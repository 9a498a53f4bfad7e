import { renderInTestApp } from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { pipelinesAnnotation } from '@homelab/plugin-pipelines-common';
import { failing } from '@homelab/portal-react/testing';
import { screen } from '@testing-library/react';
import { pipelinesApiRef } from '../../api';
import type { PipelinesApi } from '../../api';
import { createFakeApi } from '../../testing/pipelines';
import { EntityPipelines } from './EntityPipelines';

const render = (annotation: string, api: Partial<PipelinesApi> = {}) =>
  renderInTestApp(
    <EntityProvider
      entity={{
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: {
          name: 'sink',
          annotations: { [pipelinesAnnotation]: annotation },
        },
      }}
    >
      <EntityPipelines />
    </EntityProvider>,
    { apis: [[pipelinesApiRef, createFakeApi(api)]] },
  );

it('shows the pipelines that the annotation names', async () => {
  await render(' energy ,');
  expect(
    await screen.findByRole('list', { name: 'Hops of Energy readings' }),
  ).toBeInTheDocument();
  expect(screen.queryByRole('status')).not.toBeInTheDocument();
});

it('says which name in the annotation is not a pipeline', async () => {
  await render('energy, attic');
  expect(
    await screen.findByText('There is no pipeline attic.'),
  ).toBeInTheDocument();
});

it('names the missing permission', async () => {
  await render('energy', { getPipelines: failing(403, 'no') });
  expect(await screen.findByText('pipelines.read')).toBeInTheDocument();
});
