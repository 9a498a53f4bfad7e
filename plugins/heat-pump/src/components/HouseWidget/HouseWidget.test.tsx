import { renderInTestApp } from '@backstage/frontend-test-utils';
import { act, screen } from '@testing-library/react';
import { heatPumpApiRef } from '../../api';
import { rootRouteRef } from '../../routes';
import { testHouse, testRoom } from '@homelab/plugin-heat-pump-react/testing';
import { createFakeApi } from '../../test-api';
import { HouseWidget } from './HouseWidget';

async function render(fake: ReturnType<typeof createFakeApi>) {
  await renderInTestApp(<HouseWidget />, {
    apis: [[heatPumpApiRef, fake.api]],
    mountedRoutes: { '/heat-pump': rootRouteRef },
  });
  await act(async () => fake.answer());
}

it('shows heat pump, power and rooms at a glance', async () => {
  const rooms = [testRoom('living_room', 20.5), testRoom('bath', 22)];
  await render(createFakeApi({ house: testHouse({ rooms }) }));
  expect(await screen.findByText(/Heating, 20.4/)).toBeInTheDocument();
  const tiles = screen.getAllByRole('group');
  expect(tiles.map(tile => tile.textContent?.split('.')[0])).toEqual([
    'House power2',
    'Bath22',
    'Living room20',
  ]);
  expect(screen.getByRole('link', { name: /Heat pump/ })).toHaveAttribute(
    'href',
    '/heat-pump',
  );
});

it('says what to do in an empty house', async () => {
  const house = testHouse({ heatPumps: [], meter: null });
  await render(createFakeApi({ house }));
  expect(
    await screen.findByText(/No device has sent a reading yet/),
  ).toBeInTheDocument();
});

it('says why the house cannot be loaded', async () => {
  const fake = createFakeApi();
  fake.api.getHouse = async () => {
    throw new Error('You may not.');
  };
  await render(fake);
  expect(await screen.findByRole('status')).toHaveTextContent('You may not.');
});
