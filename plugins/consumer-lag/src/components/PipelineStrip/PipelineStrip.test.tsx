import { screen, within } from '@testing-library/react';
import { renderLag } from '../../__testUtils__/renderLag';
import { createPipeline } from '../../testing/topics';
import { PipelineStrip } from './PipelineStrip';

const hops = () =>
  within(screen.getByRole('list', { name: 'The way of Energy readings' }))
    .getAllByRole('listitem')
    .map(hop => hop.textContent);

it('shows rate and freshness at each hop, from the device to the table', async () => {
  await renderLag(<PipelineStrip pipeline={createPipeline()} stale={false} />);
  expect(hops()).toEqual([
    expect.stringMatching(/^DeviceElectricity meter.*0.1 \/sFlowing\d+ s ago/),
    expect.stringMatching(
      /^MQTT topichomelab\/energy\/\+, saveeye\/telemetry12.4 \/s/,
    ),
    expect.stringMatching(/^Kafka topichomelab.energy12.4 \/sFlowing/),
    expect.stringMatching(/^Consumer grouptimescaledb-energy12.4 \/sFlowing/),
    expect.stringMatching(/^Tableenergy_readings12.4 \/sFlowing/),
  ]);
  expect(screen.getByRole('link', { name: 'homelab.energy' })).toHaveAttribute(
    'href',
    '/consumer-lag/topics/home/homelab.energy',
  );
  expect(
    screen.getByRole('link', { name: 'timescaledb-energy' }),
  ).toHaveAttribute('href', '/consumer-lag/groups/home/timescaledb-energy');
});

it('shows where it stops: the line before is broken, all behind is quiet', async () => {
  await renderLag(
    <PipelineStrip pipeline={createPipeline({ stopsAt: 3 })} stale={false} />,
  );
  expect(
    screen.getByText(/^It stops at timescaledb-energy: nothing came there/),
  ).toBeInTheDocument();
  const states = screen
    .getAllByRole('listitem')
    .map(hop => hop.getAttribute('data-state'));
  expect(states).toEqual(['flowing', 'flowing', 'flowing', 'stopped', 'quiet']);
  expect(hops()[3]).toContain('Stoppedlast seen 18 min ago');
});
