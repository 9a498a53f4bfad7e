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
  testCosts,
  testRun,
  testRuns,
  testSummary,
  testWindow,
  testHistory,
  testHouse,
} from '@homelab/plugin-heat-pump-react/testing';
import { createFakeApi } from '../../test-api';
import { HeatPumpPage } from '../HeatPumpPage';
import { HeatPumpView } from './HeatPumpView';

// Whether each of the page's many parts can be seen is costly to ask and not the point here.
configure({ defaultHidden: true });

async function render(
  fake: ReturnType<typeof createFakeApi>,
  view = <HeatPumpView deviceId={null} />,
) {
  await renderInTestApp(view, { apis: [[heatPumpApiRef, fake.api]] });
  await act(async () => fake.answer());
}

const tile = (name: string) => screen.getByRole('group', { name });

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
    expect(tile('COP')).toHaveTextContent('3.8today, 30 days 3.6');
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

  it('warn of what needs attention, and say what to do', async () => {
    const warning = {
      kind: 'short_cycling' as const,
      severity: 'warning' as const,
      at: '2026-01-12T13:05:00+01:00',
      active: true,
      title: 'The compressor starts too often',
      evidence: '4 starts in 60 minutes',
    };
    const figures = {
      getSummary: async () => testSummary({ warnings: [warning] }),
    };
    await render(createFakeApi({ house: testHouse(), figures }));
    const warnings = await screen.findByRole('region', { name: 'Warnings' });
    expect(warnings).toHaveTextContent(
      'The compressor starts too often: 4 starts in 60 minutes',
    );
    expect(warnings).toHaveTextContent('What to do: Open the thermostats');
  });

  it('list runs of another kind when asked', async () => {
    await render(createFakeApi({ house: testHouse() }));
    await userEvent.click(screen.getByRole('button', { name: 'Hot water' }));
    const table = await screen.findByRole('table', {
      name: 'Runs for hot water, newest first',
    });
    expect(table).toHaveTextContent('Hot water, 47 to 47 °C');
  });

  it('tell the price now and when it gets cheaper', async () => {
    await render(createFakeApi({ house: testHouse() }));
    const price = await screen.findByRole('region', {
      name: 'Price of electricity',
    });
    expect(price).toHaveTextContent('1.50 SEK/kWh now');
    expect(price).toHaveTextContent(/Cheapest on .*: 0\.50\./);
  });

  it('list the runs, newest first, and what each was for', async () => {
    const runs = [
      testRun(),
      testRun({
        from: '2026-01-12T09:00:00+01:00',
        to: '2026-01-12T09:30:00+01:00',
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
    await userEvent.click(screen.getByRole('button', { name: /last year$/ }));
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
