import { renderInTestApp } from '@backstage/frontend-test-utils';
import {
  act,
  configure,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { heatPumpApiRef } from '../../api';
import {
  ago,
  testHeatPump,
  testHistory,
  testHouse,
  testMeter,
} from '@homelab/plugin-heat-pump-react/testing';
import { createFakeApi } from '../../test-api';
import { HeatPumpPage } from '../HeatPumpPage';
import { HeatPumpView } from './HeatPumpView';

// Checking the visibility of the page's many parts is slow and not the point here.
configure({ defaultHidden: true });

async function render(
  fake: ReturnType<typeof createFakeApi>,
  view = <HeatPumpView deviceId={null} />,
) {
  await renderInTestApp(view, { apis: [[heatPumpApiRef, fake.api]] });
  await act(async () => fake.answer());
}

const tile = (name: string) => screen.getByRole('group', { name });

it('shows the layout of the page before the first reading', async () => {
  await render(createFakeApi());
  expect(
    screen.getByRole('status', { name: 'Loading the heat pump' }),
  ).toBeInTheDocument();
});

it('says in one sentence what the heat pump is doing, and how old that is', async () => {
  await render(createFakeApi({ house: testHouse() }));
  expect(screen.getByRole('heading', { level: 2 })).toHaveTextContent(
    'Heating, 20.4 °C in the room (target 21.0 °C), 38.0 °C supply, −3.0 °C outside',
  );
  expect(screen.getByText(/^as of \d s ago$/)).toBeInTheDocument();
});

it('changes a number when a newer reading arrives', async () => {
  const fake = createFakeApi({ house: testHouse() });
  await render(fake);
  expect(tile('Supply')).toHaveTextContent('38.0 °C');
  act(() =>
    fake.tell(follower =>
      follower.onReading(
        testHeatPump({ ageMs: 0, known: { supply_temp: 43.5 } }),
        new Date().toISOString(),
      ),
    ),
  );
  expect(tile('Supply')).toHaveTextContent('43.5 °C');
  expect(
    screen.getByRole('img', { name: 'Supply pipe: 43.5 °C, flowing' }),
  ).toBeInTheDocument();
});

it('shows zero, and names what is unknown instead of showing a dash', async () => {
  const heatPump = testHeatPump({
    known: { outdoor_temp: 0, return_temp: null },
  });
  await render(createFakeApi({ house: testHouse({ heatPumps: [heatPump] }) }));
  expect(tile('Outdoor')).toHaveTextContent('0.0 °C');
  expect(screen.queryByRole('group', { name: 'Return' })).toBeNull();
  expect(
    screen.getByText(/^Not in its readings: .*return temperature/),
  ).toBeInTheDocument();
});

it('shows the power of the house, labelled as such, when that of the heat pump is unknown', async () => {
  await render(createFakeApi({ house: testHouse() }));
  expect(tile('House power')).toHaveTextContent('2.31 kW');
  expect(screen.queryByRole('group', { name: 'Electric power' })).toBeNull();
});

it('leads with the room beside its target', async () => {
  await render(createFakeApi({ house: testHouse() }));
  const numbers = screen.getByRole('region', { name: 'Live numbers' });
  const [first] = within(numbers).getAllByRole('group');
  expect(first).toBe(tile('Room'));
  expect(first).toHaveTextContent('20.4 °C');
  expect(first).toHaveTextContent('target 21.0 °C, 0.6 K below');
});

it('shows electric power, heat and COP when they are known', async () => {
  const heatPump = testHeatPump({
    known: { power_consumption_kw: 1.5, flow_rate_lpm: 20 },
  });
  await render(createFakeApi({ house: testHouse({ heatPumps: [heatPump] }) }));
  expect(tile('Electric power')).toHaveTextContent('1.50 kW');
  expect(tile('Heat output')).toHaveTextContent('6.92 kW');
  expect(tile('COP')).toHaveTextContent('4.6');
});

it('shows the values of an air-source heat pump, and no brine', async () => {
  const heatPump = testHeatPump({
    known: {
      mode: 'defrost',
      brine_pump_on: null,
      degree_minutes: null,
      defrost_active: true,
      compressor_hz: 62,
    },
  });
  await render(createFakeApi({ house: testHouse({ heatPumps: [heatPump] }) }));
  expect(
    screen.getByRole('img', { name: 'Fan: stopped, defrosting' }),
  ).toBeInTheDocument();
  expect(screen.queryByRole('img', { name: /^Brine/ })).toBeNull();
  expect(screen.queryByRole('group', { name: 'Brine in' })).toBeNull();
  expect(tile('Compressor')).toHaveTextContent('62 Hz');
});

it('dims an old reading, shows its age once, and stops all motion', async () => {
  const heatPump = testHeatPump({ ageMs: 4 * 60_000 });
  await render(createFakeApi({ house: testHouse({ heatPumps: [heatPump] }) }));
  expect(tile('Supply')).toHaveAttribute('data-freshness', 'stale');
  expect(screen.getAllByText('last seen')).toHaveLength(1);
  expect(screen.getByRole('heading', { level: 2 })).toHaveTextContent(
    'No recent reading, last known: heating',
  );
  expect(
    screen.getByRole('img', { name: 'Supply pipe: 38.0 °C, not flowing' }),
  ).toBeInTheDocument();
  expect(screen.queryByText('Connection lost.')).toBeNull();
});

it('calls a heat pump offline after ten minutes', async () => {
  const heatPump = testHeatPump({ ageMs: 11 * 60_000 });
  await render(createFakeApi({ house: testHouse({ heatPumps: [heatPump] }) }));
  expect(tile('Supply')).toHaveAttribute('data-freshness', 'offline');
  expect(screen.getByRole('heading', { level: 2 })).toHaveTextContent(
    'Offline',
  );
});

it('formats temperatures without decimals for a device that reports whole degrees', async () => {
  const heatPump = testHeatPump({
    wholeFields: ['supply_temp', 'supply_target_temp', 'return_temp'],
  });
  await render(createFakeApi({ house: testHouse({ heatPumps: [heatPump] }) }));
  expect(screen.getByRole('heading', { level: 2 })).toHaveTextContent(
    'Heating, 20.4 °C in the room (target 21.0 °C), 38 °C supply, −3.0 °C outside',
  );
  expect(tile('Supply')).toHaveTextContent(/38 °C.*target 39 °C/);
  expect(tile('Return')).toHaveTextContent('5 K below supply');
  expect(tile('Room')).toHaveTextContent('20.4 °C');
});

it('reports a device whose clock is ahead, and counts ages from the arrival', async () => {
  const hour = 3_600_000;
  const heatPump = testHeatPump({
    ageMs: 4 * 60_000,
    // A moment later than the reading is made below, however slow the machine.
    clockAhead: { aheadMs: 20 * hour, seenAt: ago(4 * 60_000 - 1_000) },
    known: { timestamp: ago(-20 * hour) },
  });
  await render(createFakeApi({ house: testHouse({ heatPumps: [heatPump] }) }));
  expect(
    screen.getByText('The clock of pump-1 is 20 h ahead.'),
  ).toBeInTheDocument();
  expect(tile('Supply')).toHaveAttribute('data-freshness', 'stale');
  expect(screen.getByText(/^4 min ago$/)).toBeInTheDocument();
});

it('gives a number of another age an age of its own', async () => {
  const meter = { ...testMeter(), asOf: ago(5 * 60_000) };
  await render(createFakeApi({ house: testHouse({ meter }) }));
  expect(tile('House power')).toHaveTextContent('last seen 5 min ago');
  expect(tile('Supply')).not.toHaveTextContent('ago');
});

it('says that a clock was ahead once a correct reading has arrived', async () => {
  const heatPump = testHeatPump({
    clockAhead: { aheadMs: 90_000, seenAt: ago(60_000) },
  });
  await render(createFakeApi({ house: testHouse({ heatPumps: [heatPump] }) }));
  expect(
    screen.getByText('The clock of pump-1 was 2 min ahead.'),
  ).toBeInTheDocument();
  expect(tile('Supply')).toHaveAttribute('data-freshness', 'fresh');
});

it('uses the clock of the server for ages when that of the browser is wrong', async () => {
  const behindMs = 3_600_000;
  const heatPump = testHeatPump({ ageMs: -behindMs + 4 * 60_000 });
  const sentAt = new Date(Date.now() + behindMs).toISOString();
  await render(
    createFakeApi({ house: testHouse({ sentAt, heatPumps: [heatPump] }) }),
  );
  expect(screen.getByText(/^4 min ago$/)).toBeInTheDocument();
});

it('distinguishes a lost connection from an old reading', async () => {
  const fake = createFakeApi({ house: testHouse() });
  await render(fake);
  act(() =>
    fake.tell(follower =>
      follower.onConnection({
        state: 'lost',
        sinceMs: Date.now() - 5_000,
        error: new Error('gone'),
      }),
    ),
  );
  expect(screen.getByText('Connection lost.')).toBeInTheDocument();
  expect(tile('Supply')).toHaveAttribute('data-freshness', 'fresh');
  act(() => fake.tell(follower => follower.onConnection({ state: 'open' })));
  expect(screen.queryByText('Connection lost.')).toBeNull();
});

it('says which source is down while the other still works', async () => {
  const sources = {
    live: { ok: false, detail: 'Kafka cannot be followed: refused' },
    history: { ok: true, detail: '' },
  };
  await render(createFakeApi({ house: testHouse({ sources }) }));
  expect(screen.getByText('No live readings.')).toBeInTheDocument();
  expect(screen.queryByText('No stored readings.')).toBeNull();
});

it('says how to get readings while there are none', async () => {
  await render(createFakeApi({ house: testHouse({ heatPumps: [] }) }));
  expect(
    screen.getByRole('heading', {
      name: 'No heat pump has sent a reading yet',
    }),
  ).toBeInTheDocument();
  expect(screen.getByText('./homelab up')).toBeInTheDocument();
});

it('names the permission that is missing', async () => {
  const fake = createFakeApi();
  await render(fake);
  act(() =>
    fake.tell(follower =>
      follower.onConnection({ state: 'refused', error: new Error('no') }),
    ),
  );
  expect(screen.getByRole('alert')).toHaveTextContent('heat-pump.read');
});

it('says that the portal cannot be reached when nothing was ever received', async () => {
  const fake = createFakeApi();
  await render(fake);
  act(() =>
    fake.tell(follower =>
      follower.onConnection({
        state: 'lost',
        sinceMs: Date.now(),
        error: new Error('Failed to fetch'),
      }),
    ),
  );
  expect(screen.getByText(/The portal cannot be reached/)).toBeInTheDocument();
});

it('keeps the live part when the history fails', async () => {
  const fake = createFakeApi({
    house: testHouse(),
    historyError: new Error('The database rests.'),
  });
  await render(fake);
  expect(
    await screen.findByText(/The history cannot be shown/),
  ).toBeInTheDocument();
  expect(tile('Supply')).toHaveTextContent('38.0 °C');
});

it('announces an alarm, and nothing else', async () => {
  const fake = createFakeApi({ house: testHouse() });
  await render(fake);
  const announced = () =>
    screen.getAllByRole('status').map(({ textContent }) => textContent);
  expect(announced().join('')).not.toContain('Alarm');
  const alarmed = testHeatPump({ known: { alarm_codes: ['low_pressure'] } });
  act(() =>
    fake.tell(follower =>
      follower.onReading(alarmed, new Date().toISOString()),
    ),
  );
  expect(announced().join('')).toContain('Alarm: low pressure');
});

it('lists events and every value of the newest reading', async () => {
  await render(createFakeApi({ house: testHouse(), history: testHistory() }));
  const events = await screen.findByRole('region', { name: 'Events' });
  await waitFor(() => expect(events).toHaveTextContent('Compressor'));
  expect(events).toHaveTextContent('10 min');
  const values = screen.getByRole('region', { name: 'All values' });
  await userEvent.click(within(values).getByText('All values'));
  await waitFor(() => expect(values).toHaveTextContent('Room target21.0 °C'));
});

it('shows no other heat pump on the page of one without readings', async () => {
  await render(
    createFakeApi({ house: testHouse() }),
    <HeatPumpView deviceId="pump-9" onlyThisDevice />,
  );
  expect(screen.getByRole('heading', { level: 2 })).toHaveTextContent(
    'The heat pump pump-9 has not sent a reading yet',
  );
});

describe('several meters', () => {
  const meters = [testMeter(2.31), testMeter(0.12, 'garage')];
  const house = testHouse({ meter: null, meters });

  it('are a choice, not a guess', async () => {
    await render(createFakeApi({ house }));
    const choice = screen.getByRole('group', { name: /^2 meters: choose one/ });
    expect(screen.queryByRole('group', { name: 'House power' })).toBeNull();
    await userEvent.click(
      within(choice).getByRole('button', { name: 'garage, 0.12 kW' }),
    );
    expect(tile('House power')).toHaveTextContent('0.12 kW');
    expect(
      screen.getByRole('combobox', { name: 'Electricity meter' }),
    ).toHaveTextContent('garage');
  });

  it('stay live once one is chosen', async () => {
    const fake = createFakeApi({ house });
    await render(fake);
    await userEvent.click(screen.getByRole('button', { name: /^garage/ }));
    act(() =>
      fake.tell(follower =>
        follower.onReading(testMeter(1.5, 'garage'), new Date().toISOString()),
      ),
    );
    expect(tile('House power')).toHaveTextContent('1.50 kW');
  });
});

describe('the page', () => {
  it('says that a heat pump of a link does not exist, and offers those that do', async () => {
    await renderInTestApp(<HeatPumpPage />, {
      apis: [[heatPumpApiRef, createFakeApi({ house: testHouse() }).api]],
      initialRouteEntries: ['/?device=nope'],
    });
    expect(screen.getByRole('alert')).toHaveTextContent(
      'There is no heat pump nope',
    );
    await userEvent.click(screen.getByRole('button', { name: /^pump-1/ }));
    expect(tile('Supply')).toBeInTheDocument();
  });

  it('has its state in the title of the tab', async () => {
    await render(createFakeApi({ house: testHouse() }), <HeatPumpPage />);
    expect(document.title).toMatch(/^Heating · Heat pump · /);
  });

  it('shows the zoom of a link, with no range pressed, and leaves it', async () => {
    const fake = createFakeApi({ house: testHouse() });
    const [from, to] = ['2026-01-12T06:00:00.000Z', '2026-01-12T06:15:00.000Z'];
    await renderInTestApp(<HeatPumpPage />, {
      apis: [[heatPumpApiRef, fake.api]],
      initialRouteEntries: [`/?from=${from}&to=${to}`],
    });
    await act(async () => fake.answer());
    expect(fake.requests[0]).toMatchObject({
      from: new Date(from),
      to: new Date(to),
    });
    const day = screen.getByRole('button', { name: '24 h, last 24 hours' });
    expect(
      screen.getByText(/Mon 12 Jan, 07:00 to Mon 12 Jan, 07:15/),
    ).toBeInTheDocument();
    const ranges = within(screen.getByRole('group', { name: 'Range' }));
    expect(ranges.queryAllByRole('button', { pressed: true })).toEqual([]);
    await userEvent.click(day);
    expect(day).toHaveAttribute('aria-pressed', 'true');
  });

  it('fetches the chosen range and shows every heat pump', async () => {
    const heatPumps = [testHeatPump(), testHeatPump({ deviceId: 'pump-2' })];
    const fake = createFakeApi({ house: testHouse({ heatPumps }) });
    await render(fake, <HeatPumpPage />);
    await userEvent.click(
      screen.getByRole('button', { name: '6 h, last 6 hours' }),
    );
    await waitFor(() => {
      const last = fake.requests.at(-1);
      const lengthMs = (last?.to.getTime() ?? 0) - (last?.from.getTime() ?? 0);
      expect(lengthMs).toBe(6 * 3_600_000);
    });
    await userEvent.click(screen.getByRole('button', { name: /^pump-2/ }));
    await waitFor(() =>
      expect(fake.requests.some(({ deviceId }) => deviceId === 'pump-2')).toBe(
        true,
      ),
    );
  });

  it('ends the live stream when it is left', async () => {
    const fake = createFakeApi({ house: testHouse() });
    const { unmount } = await renderInTestApp(<HeatPumpPage />, {
      apis: [[heatPumpApiRef, fake.api]],
    });
    expect(fake.followers.size).toBe(1);
    unmount();
    expect(fake.followers.size).toBe(0);
  });
});
