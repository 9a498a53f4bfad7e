import { renderInTestApp } from '@backstage/frontend-test-utils';
import { act, screen } from '@testing-library/react';
import { heatPumpApiRef } from '../../api';
import { rootRouteRef, roomsRouteRef } from '../../routes';
import {
  testHouse,
  testMeter,
  testRoom,
} from '@homelab/plugin-heat-pump-react/testing';
import { createFakeApi } from '../../test-api';
import { HouseWidget } from './HouseWidget';

async function render(fake: ReturnType<typeof createFakeApi>) {
  await renderInTestApp(<HouseWidget />, {
    apis: [[heatPumpApiRef, fake.api]],
    mountedRoutes: { '/heat-pump': rootRouteRef, '/rooms': roomsRouteRef },
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

it('cuts no room silently, and leads to all of them', async () => {
  const rooms = Array.from({ length: 12 }, (_, index) =>
    testRoom(`room ${'abcdefghijkl'[index]}`, 20),
  );
  await render(createFakeApi({ house: testHouse({ rooms }) }));
  expect(
    await screen.findByRole('link', { name: '+4 more rooms' }),
  ).toHaveAttribute('href', '/rooms');
});

it('shows every meter while it is not known which is that of the house', async () => {
  const meters = [testMeter(2.31), testMeter(0.12, 'garage')];
  await render(createFakeApi({ house: testHouse({ meter: null, meters }) }));
  expect(await screen.findByText(/2 meters: choose one/)).toBeInTheDocument();
  expect(screen.getByRole('group', { name: 'garage' })).toHaveTextContent(
    '0.12',
  );
});
