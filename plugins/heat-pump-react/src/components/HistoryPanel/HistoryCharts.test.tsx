import {
  energyBucketsSchema,
  heatPumpDaysSchema,
} from '@homelab/homelab-api-client';
import { SiteClockProvider } from '@homelab/portal-react/ui';
import { render, screen, within } from '@testing-library/react';
import { testHistory } from '../../testing';
import { HistoryCharts } from './HistoryCharts';

const time_zone = 'Europe/Stockholm';
const day = { coverage: 1, estimated: false };

// The clock goes back on the 25th, which has 25 hours; the counter of the meter starts anew on
// the 26th, where a part of the energy is estimated.
const heatPump = heatPumpDaysSchema.parse({
  ...{ device_id: 'pump-1', time_zone },
  data: [
    ['2026-10-24T00:00:00+02:00', 60, 15],
    ['2026-10-25T00:00:00+02:00', 62.5, 15.6],
    ['2026-10-26T00:00:00+01:00', 58, 14.5],
  ].map(([timestamp, heat_kwh, electric_kwh]) => ({
    ...{ ...day, timestamp, heat_kwh, electric_kwh, cop: 4 },
  })),
});
const meter = energyBucketsSchema.parse({
  time_zone,
  data: [
    { timestamp: '2026-10-24T00:00:00+02:00', energy_kwh: 24 },
    { timestamp: '2026-10-25T00:00:00+02:00', energy_kwh: 25 },
    {
      ...{ timestamp: '2026-10-26T00:00:00+01:00', energy_kwh: 3.2 },
      ...{ estimated: true, coverage: 0.5 },
    },
  ].map(bucket => ({
    ...{ ...day, device_id: 'meter-1', production_kwh: null },
    ...{ power_kw: 1, power_kw_min: 0, power_kw_max: 4, ...bucket },
  })),
});

it('has one bar for the day with 25 hours, none below zero after a counter starts anew, and tells what is estimated', () => {
  render(
    <SiteClockProvider timeZone={time_zone}>
      <HistoryCharts
        pumpHistory={testHistory({
          estimated: [
            {
              from: '2026-10-25T23:00:00.000Z',
              to: '2026-10-26T23:00:00.000Z',
            },
          ],
        })}
        meterHistory={undefined}
        energy={{
          heatPump: { value: heatPump, error: undefined },
          meter: { value: meter, error: undefined },
        }}
        pointWords="mean of the day"
        range={{
          fromMs: Date.parse('2026-10-14T00:00:00+02:00'),
          toMs: Date.parse('2026-10-27T00:00:00+01:00'),
        }}
        onZoom={() => {}}
      />
    </SiteClockProvider>,
  );
  // Without a canvas the chart is its table.
  const table = screen.getByRole('table', { name: 'Energy per day as table' });
  const rows = within(table)
    .getAllByRole('row')
    .map(row => row.textContent);
  expect(rows).toEqual([
    'TimeHeat (kWh)Heat pump (kWh)House (kWh)',
    'Mon 26 Oct58.014.53.2',
    'Sun 25 Oct62.515.625.0',
    'Sat 24 Oct60.015.024.0',
  ]);
  expect(
    screen.getByRole('list', { name: 'Legend of the coloured bands' }),
  ).toHaveTextContent('Estimated');
  expect(
    screen.getByText(
      'Partly estimated: 1 day. Readings for a part only: 1 day.',
    ),
  ).toBeInTheDocument();
});
