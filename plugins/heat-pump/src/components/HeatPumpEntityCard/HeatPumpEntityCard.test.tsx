import { renderInTestApp } from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { heatPumpDeviceIdAnnotation } from '@homelab/plugin-heat-pump-common';
import {
  testHeatPump,
  testHouse,
} from '@homelab/plugin-heat-pump-react/testing';
import { act, screen } from '@testing-library/react';
import { heatPumpApiRef } from '../../api';
import { rootRouteRef } from '../../routes';
import { createFakeApi } from '../../test-api';
import { HeatPumpEntityCard } from './HeatPumpEntityCard';

async function render(deviceId: string) {
  const heatPumps = [
    testHeatPump(),
    testHeatPump({ deviceId: 'pump-2', known: { supply_temp: 44 } }),
  ];
  const fake = createFakeApi({ house: testHouse({ heatPumps }) });
  const entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: 'pump',
      annotations: { [heatPumpDeviceIdAnnotation]: deviceId },
    },
  };
  await renderInTestApp(
    <EntityProvider entity={entity}>
      <HeatPumpEntityCard />
    </EntityProvider>,
    {
      apis: [[heatPumpApiRef, fake.api]],
      mountedRoutes: { '/heat-pump': rootRouteRef },
    },
  );
  await act(async () => fake.answer());
}

it('says what the heat pump of the entity does, and leads to all of it', async () => {
  await render('pump-2');
  expect(await screen.findByText(/44\.0\s°C supply/)).toBeInTheDocument();
  expect(screen.getByRole('link', { name: /Heat pump/ })).toHaveAttribute(
    'href',
    '/heat-pump?device=pump-2',
  );
});

it('says that the device of the entity is silent', async () => {
  await render('pump-9');
  expect(
    await screen.findByText('pump-9 has not sent a reading yet.'),
  ).toBeInTheDocument();
});
