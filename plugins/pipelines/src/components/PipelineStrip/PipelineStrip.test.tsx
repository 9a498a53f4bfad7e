import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import { createPipeline } from '../../testing/pipelines';
import { PipelineStrip } from './PipelineStrip';

const hops = () =>
  within(screen.getByRole('list', { name: 'Hops of Energy readings' }))
    .getAllByRole('listitem')
    .map(hop => hop.textContent);

const states = () =>
  screen.getAllByRole('listitem').map(hop => hop.getAttribute('data-state'));

it('shows rate and freshness at each hop, from the device to the table', async () => {
  await renderInTestApp(
    <PipelineStrip pipeline={createPipeline()} stale={false} />,
  );
  expect(hops()).toEqual([
    expect.stringMatching(/^DeviceElectricity meter.*0.1 \/sFlowing\d+ s ago/),
    expect.stringMatching(
      /^MQTT topichomelab\/energy\/\+, saveeye\/telemetry12.4 \/s/,
    ),
    expect.stringMatching(/^Kafka topichomelab.energy12.4 \/sFlowing/),
    expect.stringMatching(/^Consumer grouptimescaledb-energy12.4 \/sFlowing/),
    expect.stringMatching(/^Tableenergy_readings12.4 \/sFlowing/),
  ]);
});

it('names topics and groups without links if the portal has no pages for them', async () => {
  await renderInTestApp(
    <PipelineStrip pipeline={createPipeline()} stale={false} />,
  );
  expect(screen.getByText('homelab.energy')).toBeInTheDocument();
  expect(screen.queryByRole('link')).not.toBeInTheDocument();
});

it('shows where data stops: the line before is broken, all hops after are quiet', async () => {
  await renderInTestApp(
    <PipelineStrip pipeline={createPipeline({ stopsAt: 3 })} stale={false} />,
  );
  expect(
    screen.getByText(/^Data stops at the consumer group timescaledb-energy/),
  ).toBeInTheDocument();
  expect(states()).toEqual([
    'flowing',
    'flowing',
    'flowing',
    'stopped',
    'quiet',
  ]);
  expect(hops()[3]).toContain('Stoppedlast seen 18 min ago');
  expect(hops()[4]).toContain('0 /sQuietlast 18 min ago');
});
