import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import { alignLines } from './chartSeries';
import { testLine } from './test-lines';
import { TimeSeriesChart } from './TimeSeriesChart';

it('falls back to a table without a canvas, newest first, in the zone of the site', async () => {
  const chart = alignLines([testLine()]);
  await renderInTestApp(
    <TimeSeriesChart
      title="Temperatures"
      chart={chart}
      gaps={[]}
      range={{ fromMs: 0, toMs: 1 }}
      unit="°C"
      decimals={1}
      height={100}
      timeZone="Europe/Stockholm"
      syncKey="a"
      onZoom={() => {}}
    />,
  );
  const table = screen.getByRole('table', { name: 'Temperatures as table' });
  const rows = within(table)
    .getAllByRole('row')
    .map(row => row.textContent);
  expect(rows).toEqual([
    'TimeSupply (°C)',
    'Mon 12 Jan, 07:1038.0',
    'Mon 12 Jan, 07:0537.3',
    'Mon 12 Jan, 07:0036.0',
  ]);
});

it('uses a custom format for values, and shows a long unit next to the title', async () => {
  const common = {
    chart: alignLines([testLine()]),
    gaps: [],
    range: { fromMs: 0, toMs: 1 },
    decimals: 0,
    height: 100,
    timeZone: 'UTC',
    syncKey: 'a',
    onZoom: () => {},
  };
  await renderInTestApp(
    <>
      <TimeSeriesChart
        {...common}
        title="Behind"
        unit=""
        words={{
          write: value => `${value} little while`,
          writeShort: String,
          steps: [1],
        }}
      />
      <TimeSeriesChart {...common} title="Lag" unit="records" />
    </>,
  );
  const table = screen.getByRole('table', { name: 'Behind as table' });
  expect(within(table).getByText('37.25 little while')).toBeInTheDocument();
  expect(screen.getByRole('heading', { name: 'Lag, records' })).toBeVisible();
});

it('writes the time of a point that is a whole day as a date', async () => {
  await renderInTestApp(
    <TimeSeriesChart
      title="Energy"
      chart={alignLines([testLine({ bars: 'wide' })])}
      gaps={[]}
      range={{ fromMs: 0, toMs: 1 }}
      unit="kWh"
      decimals={1}
      height={100}
      timeZone="Europe/Stockholm"
      syncKey="a"
      perDay
      onZoom={() => {}}
    />,
  );
  const table = screen.getByRole('table', { name: 'Energy as table' });
  expect(within(table).getAllByText('Mon 12 Jan')).toHaveLength(3);
});
