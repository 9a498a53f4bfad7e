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
  createFakeApi,
  testHeatPump,
  testHistory,
  testHouse,
} from '../../test-house';
import {
  testCosts,
  testRun,
  testRuns,
  testSummary,
  testWindow,
} from '../../test-figures';
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
    'Heating, 38.0 °C supply, −3.0 °C outside',
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

it('distinguishes zero from unknown', async () => {
  const heatPump = testHeatPump({
    known: { outdoor_temp: 0, return_temp: null },
  });
  await render(createFakeApi({ house: testHouse({ heatPumps: [heatPump] }) }));
  expect(tile('Outdoor')).toHaveTextContent('0.0 °C');
  expect(within(tile('Return')).getByText('–')).toBeInTheDocument();
  expect(tile('Return')).not.toHaveTextContent('°C');
});

it('shows the power of the house, labelled as such, when that of the heat pump is unknown', async () => {
  await render(createFakeApi({ house: testHouse() }));
  expect(tile('House power')).toHaveTextContent('2.31 kW');
  expect(screen.queryByRole('group', { name: 'Electric power' })).toBeNull();
  expect(within(tile('COP')).getByText('–')).toBeInTheDocument();
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
      compressor_starts: 2054,
    },
  });
  await render(createFakeApi({ house: testHouse({ heatPumps: [heatPump] }) }));
  expect(
    screen.getByRole('img', { name: 'Fan: stopped, defrosting' }),
  ).toBeInTheDocument();
  expect(screen.queryByRole('img', { name: /^Brine/ })).toBeNull();
  expect(screen.queryByRole('group', { name: 'Brine in' })).toBeNull();
  expect(tile('Compressor')).toHaveTextContent('62 Hz');
  expect(tile('Starts')).toHaveTextContent('2,054');
});

it('dims an old reading, shows its age, and stops all motion', async () => {
  const heatPump = testHeatPump({ ageMs: 4 * 60_000 });
  await render(createFakeApi({ house: testHouse({ heatPumps: [heatPump] }) }));
  expect(tile('Supply')).toHaveAttribute('data-freshness', 'stale');
  expect(tile('Supply')).toHaveTextContent('last seen 4 min ago');
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
    'Heating, 38 °C supply, −3.0 °C outside',
  );
  expect(tile('Supply')).toHaveTextContent(/38 °C.*target 39 °C/);
  expect(tile('Return')).toHaveTextContent('5 K below supply');
  expect(tile('Room')).toHaveTextContent('20.4 °C');
});

it('reports a device whose clock is ahead, and counts ages from the arrival', async () => {
  const hour = 3_600_000;
  const heatPump = testHeatPump({
    ageMs: 4 * 60_000,
    clockAhead: { aheadMs: 20 * hour, seenAt: ago(4 * 60_000) },
    known: { timestamp: ago(-20 * hour) },
  });
  await render(createFakeApi({ house: testHouse({ heatPumps: [heatPump] }) }));
  expect(
    screen.getByText('The clock of pump-1 is 20 h ahead.'),
  ).toBeInTheDocument();
  expect(tile('Supply')).toHaveAttribute('data-freshness', 'stale');
  expect(tile('Supply')).toHaveTextContent('last seen 4 min ago');
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
  expect(tile('Supply')).toHaveTextContent('last seen 4 min ago');
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
  expect(values).toHaveTextContent('Room target21.0 °C');
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

describe('the page', () => {
  it('fetches the chosen range and offers every heat pump', async () => {
    const heatPumps = [testHeatPump(), testHeatPump({ deviceId: 'pump-2' })];
    const fake = createFakeApi({ house: testHouse({ heatPumps }) });
    await render(fake, <HeatPumpPage />);
    await userEvent.click(screen.getByRole('button', { name: 'last 6 hours' }));
    await waitFor(() => {
      const last = fake.requests.at(-1);
      const lengthMs = (last?.to.getTime() ?? 0) - (last?.from.getTime() ?? 0);
      expect(lengthMs).toBe(6 * 3_600_000);
    });
    await userEvent.click(screen.getByRole('combobox', { name: 'Heat pump' }));
    await userEvent.click(screen.getByRole('option', { name: 'pump-2' }));
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

describe('figures', () => {
  const region = (name: string) => screen.getByRole('region', { name });

  it('tell the COP of each time, or why it is not told', async () => {
    await render(createFakeApi({ house: testHouse() }));
    await waitFor(() => expect(tile('COP today')).toHaveTextContent('3.8'));
    expect(tile('COP today')).toHaveTextContent('42.0 kWh heat from 11.2 kWh');
    expect(tile('COP last 30 min')).toHaveTextContent('4.1');
    expect(tile('COP 30 days')).toHaveTextContent('3.6');
    expect(tile('COP season')).toHaveTextContent(
      '–since 1 Julpower and heat known for 62 %, 90 % are needed',
    );
    expect(tile('COP')).toHaveTextContent('today 3.8, 30 days 3.6');
    expect(region('Efficiency')).toHaveTextContent('boundary H3');
  });

  it('call a year a seasonal performance factor', async () => {
    const figures = {
      getSummary: async () =>
        testSummary({ last_year: testWindow({ name: 'SPF', cop: 3.71 }) }),
    };
    await render(createFakeApi({ house: testHouse(), figures }));
    await waitFor(() => expect(tile('SPF last year')).toHaveTextContent('3.7'));
  });

  it('compare today with yesterday by the same time, with what it cost', async () => {
    await render(createFakeApi({ house: testHouse() }));
    await waitFor(() =>
      expect(region('Today')).toHaveTextContent('Yesterday by 14:0510.3 kWh'),
    );
    expect(tile('Energy today')).toHaveTextContent('8.2 kWh');
    expect(tile('Cost today')).toHaveTextContent('16.40 SEK');
    expect(region('Today')).toHaveTextContent(
      '2.1 kWh (20 %) less than yesterday by this time.',
    );
  });

  it('say why there is no cost', async () => {
    const unavailable = 'No tariff file is set.';
    const figures = {
      getCost: async () => testCosts({ currency: null, unavailable, data: [] }),
    };
    await render(createFakeApi({ house: testHouse(), figures }));
    await waitFor(() =>
      expect(tile('Cost today')).toHaveTextContent(`–${unavailable}`),
    );
  });

  it('list the runs, newest first, and what each was for', async () => {
    const runs = [
      testRun(),
      testRun({
        from: '2026-01-12T09:00:00+01:00',
        minutes: 30,
        hot_water_minutes: 30,
        defrosts: 1,
        open_end: true,
        cop: null,
      }),
    ];
    const figures = { getRuns: async () => testRuns(runs) };
    await render(createFakeApi({ house: testHouse(), figures }));
    const table = await screen.findByRole('table', { name: /^Runs of/ });
    const rows = within(table)
      .getAllByRole('row')
      .slice(1)
      .map(({ textContent }) => textContent);
    expect(rows).toEqual([
      'Hot water, 1 defrostMon 12 Jan, 09:00for 30 min now1.97.6–',
      'HeatingMon 12 Jan, 07:10' + '1 h 30 min1.97.64.0',
    ]);
  });

  it('stay apart: one that fails says so, the others and the live part stay', async () => {
    const away = async () => {
      throw new Error('The Homelab API cannot be reached.');
    };
    const figures = { getSummary: away, getRuns: away };
    await render(createFakeApi({ house: testHouse(), figures }));
    await waitFor(() =>
      expect(region('Efficiency')).toHaveTextContent('cannot be reached'),
    );
    expect(region('Runs')).toHaveTextContent('cannot be reached');
    expect(tile('Cost today')).toHaveTextContent('SEK');
    expect(tile('Supply')).toHaveTextContent('38.0 °C');
  });

  it('have the layout of what will come, and words where nothing can', async () => {
    const figures = {
      getSummary: () => new Promise<never>(() => {}),
      getRuns: async () => testRuns([]),
    };
    const house = testHouse({ meter: null });
    await render(createFakeApi({ house, figures }));
    expect(
      screen.getByRole('status', { name: 'Loading the efficiency' }),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(region('Runs')).toHaveTextContent(
        'The compressor has not run in the last 3 days.',
      ),
    );
    expect(region('Today')).toHaveTextContent(
      'Shown once the electricity meter of the house sends readings.',
    );
  });
});

describe('a year', () => {
  it('is asked for in whole local days and has the energy of each', async () => {
    const fake = createFakeApi({
      house: testHouse(),
      history: testHistory({
        bucketMs: 86_400_000,
        bands: [],
        from: '2025-01-13T00:00:00.000Z',
      }),
    });
    await render(fake, <HeatPumpPage />);
    await userEvent.click(screen.getByRole('button', { name: 'last year' }));
    await waitFor(() => {
      const last = fake.requests.at(-1);
      expect(hoursIn(last?.from, 'Europe/Stockholm')).toBe('00:00');
      expect(hoursIn(last?.to, 'Europe/Stockholm')).toBe('00:00');
    });
    const history = screen.getByRole('region', { name: 'History' });
    const table = await within(history).findByRole('table', {
      name: 'Energy per day as table',
    });
    expect(within(table).getAllByRole('row')[1]).toHaveTextContent(
      'Mon 12 Jan60.515.224.3',
    );
    expect(history).toHaveTextContent(
      'one point per day: the mean between least and greatest',
    );
    expect(history).toHaveTextContent('ranges of up to 30 days');
    // The mean power of a day says the same as its energy.
    expect(within(history).queryByRole('group', { name: 'Power' })).toBeNull();
    expect(screen.getByRole('region', { name: 'Events' })).toHaveTextContent(
      'Events are listed for ranges of up to 30 days.',
    );
  });
});

function hoursIn(time: Date | undefined, timeZone: string) {
  return time?.toLocaleTimeString('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
  });
}
