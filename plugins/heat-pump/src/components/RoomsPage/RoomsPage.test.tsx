import { renderInTestApp } from '@backstage/frontend-test-utils';
import {
  testHistory,
  testHouse,
  testRoom,
} from '@homelab/plugin-heat-pump-react/testing';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { heatPumpApiRef } from '../../api';
import { createFakeApi } from '../../test-api';
import { RoomsPage } from './RoomsPage';

async function render(fake: ReturnType<typeof createFakeApi>, path = '/') {
  await renderInTestApp(<RoomsPage />, {
    apis: [[heatPumpApiRef, fake.api]],
    initialRouteEntries: [path],
  });
  await act(async () => fake.answer());
}

const rooms = Array.from({ length: 12 }, (_, index) =>
  testRoom(`room ${'abcdefghijkl'[index]}`, 18 + index / 2),
);
const history = testHistory({
  stream: 'temperature',
  bands: [],
  series: [
    {
      field: 'temperature',
      mean: [20, 21, 22.5],
      min: [20, 21, 22],
      max: [20, 21, 22.5],
    },
    {
      field: 'humidity',
      mean: [40, 41, 42],
      min: [40, 41, 42],
      max: [40, 41, 42],
    },
  ],
});

it('lists every room, however many', async () => {
  await render(createFakeApi({ house: testHouse({ rooms }) }));
  const list = await screen.findByRole('region', { name: 'Rooms' });
  expect(within(list).getAllByRole('listitem')).toHaveLength(12);
  expect(screen.getByRole('heading', { level: 2 })).toHaveTextContent(
    '12 rooms, 18.0 to 23.5 °C',
  );
  expect(document.title).toMatch(/^Rooms \(12\) · /);
});

it('opens the history of a room, of all that its sensor measures', async () => {
  const fake = createFakeApi({ house: testHouse({ rooms }), history });
  await render(fake);
  const row = await screen.findByRole('button', { name: /^Room c/ });
  expect(row).toHaveAttribute('aria-expanded', 'false');
  await userEvent.click(row);
  expect(row).toHaveAttribute('aria-expanded', 'true');
  await waitFor(() =>
    expect(fake.requests[0]).toMatchObject({
      stream: 'temperature',
      deviceId: 'sensor-room c',
      fields: ['temperature', 'humidity', 'battery'],
    }),
  );
  expect(
    await screen.findByRole('group', { name: 'Temperature' }),
  ).toHaveTextContent('22.5');
  expect(screen.getByRole('group', { name: 'Humidity' })).toBeInTheDocument();
  expect(screen.queryByRole('group', { name: 'Battery' })).toBeNull();
  await userEvent.click(row);
  expect(screen.queryByRole('group', { name: 'Temperature' })).toBeNull();
});

it('opens the room of a link', async () => {
  const fake = createFakeApi({ house: testHouse({ rooms }), history });
  await render(fake, '/?room=sensor-room%20b');
  expect(
    await screen.findByRole('button', { name: /^Room b/, expanded: true }),
  ).toBeInTheDocument();
});

it('shows a new sensor at the top as soon as it sends', async () => {
  const fake = createFakeApi({ house: testHouse({ rooms }) });
  await render(fake);
  await screen.findByRole('region', { name: 'Rooms' });
  const sensor = { ...testRoom('sauna', 60), asOf: new Date().toISOString() };
  act(() => fake.tell(follower => follower.onReading(sensor, sensor.asOf)));
  const [first] = screen.getAllByRole('listitem');
  expect(first).toHaveTextContent('Sauna');
});

it('says how to get readings while there are none', async () => {
  await render(createFakeApi({ house: testHouse() }));
  expect(
    await screen.findByText('No room sensor has sent a reading yet'),
  ).toBeInTheDocument();
});
