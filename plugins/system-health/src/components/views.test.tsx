import { ResponseError } from '@backstage/errors';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { SystemHealth } from '../api';
import { rootRouteRef } from '../routes';
import { createHealth, createTarget, nowMs } from '../testing/health';
import { EntityHealthCard } from './EntityHealthCard';
import { HealthSummary } from './HealthSummary';
import { SystemHealthPage } from './SystemHealthPage';
import { TargetsWidget } from './TargetsWidget';

const render = (element: JSX.Element) =>
  renderInTestApp(element, {
    mountedRoutes: {
      '/system-health': rootRouteRef,
      '/catalog/:namespace/:kind/:name': entityRouteRef,
    },
  });

const sick = createTarget({
  name: 'bridge',
  title: 'Bridge',
  entityRef: undefined,
  state: 'not-ready',
  dependencies: [
    { name: 'kafka', ok: false, detail: 'no broker' },
    { name: 'mqtt', ok: true },
  ],
});
const dead = createTarget({
  name: 'simulator',
  title: 'Simulator',
  state: 'down',
  detail: 'nothing listens there',
  latencyMs: null,
});

describe('HealthSummary', () => {
  it('says that everything is running, and how old that is', async () => {
    await render(
      <HealthSummary
        health={createHealth({ targets: [createTarget()], ageMs: 2400 })}
      />,
    );
    expect(
      screen.getByRole('heading', { name: 'Everything is running' }),
    ).toBeInTheDocument();
    expect(screen.getByText('as of 2 s ago')).toBeInTheDocument();
  });

  it('marks old health as stale', async () => {
    await render(
      <HealthSummary
        health={createHealth({
          targets: [createTarget()],
          ageMs: 90_000,
          stale: true,
          error: new Error('offline'),
        })}
      />,
    );
    expect(
      screen.getByText('as of 1 min ago, the portal is not answering'),
    ).toBeInTheDocument();
  });

  it('claims nothing while waiting for the first answer', async () => {
    await render(<HealthSummary health={createHealth()} />);
    expect(screen.getByRole('status')).toHaveAttribute('aria-busy', 'true');
    expect(screen.queryByText('Everything is running')).not.toBeInTheDocument();
  });

  it('claims nothing when the first request fails', async () => {
    await render(
      <HealthSummary health={createHealth({ error: new Error('offline') })} />,
    );
    expect(
      screen.getByRole('heading', {
        name: 'The system health is unknown',
      }),
    ).toBeInTheDocument();
  });
});

describe.each([
  [
    'TargetsWidget',
    (health: SystemHealth) => <TargetsWidget health={health} />,
  ],
  [
    'SystemHealthPage',
    (health: SystemHealth) => <SystemHealthPage health={health} />,
  ],
])('%s', (_name, view) => {
  it('renders placeholder rows while loading', async () => {
    await render(view(createHealth()));
    expect(
      screen.getByLabelText('Loading', { selector: '[role=status]' }),
    ).toBeVisible();
  });

  it('says how to add targets when there are none', async () => {
    await render(view(createHealth({ targets: [] })));
    expect(screen.getByText(/systemHealth\.targets/)).toBeInTheDocument();
  });

  it('says why the health cannot be loaded and retries on request', async () => {
    const refresh = jest.fn();
    await render(
      view(createHealth({ error: new Error('The portal is away.'), refresh })),
    );
    expect(screen.getByRole('alert')).toHaveTextContent('The portal is away.');
    await userEvent.click(screen.getByRole('button', { name: 'Retry now' }));
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it('names the missing permission', async () => {
    const error = await ResponseError.fromResponse(
      new Response('{}', { status: 403 }),
    );
    await render(view(createHealth({ error })));
    expect(screen.getByRole('alert')).toHaveTextContent('system-health.read');
    expect(
      screen.queryByRole('button', { name: 'Retry now' }),
    ).not.toBeInTheDocument();
  });

  it('shows each target with its state, dependencies and a link to its entity', async () => {
    await render(view(createHealth({ targets: [createTarget(), sick, dead] })));
    const rows = screen
      .getAllByRole(screen.queryByRole('table') ? 'row' : 'listitem')
      .filter(row => /Simulator|Bridge|sink/.test(row.textContent ?? ''));
    expect(
      rows.map(row => row.textContent?.match(/Simulator|Bridge|sink/)?.[0]),
    ).toEqual(['Simulator', 'Bridge', 'sink']);
    const [simulator, bridge, sink] = rows.map(row => within(row));
    expect(simulator?.getByText('Down')).toBeInTheDocument();
    expect(simulator?.getByText('nothing listens there')).toBeInTheDocument();
    expect(bridge?.getByText('Not ready')).toBeInTheDocument();
    expect(bridge?.getByText(/Kafka no broker/)).toBeInTheDocument();
    expect(bridge?.queryByRole('link')).not.toBeInTheDocument();
    expect(sink?.getByRole('link', { name: 'Timescale sink' })).toHaveAttribute(
      'href',
      '/catalog/default/component/timescale-sink',
    );
    expect(sink?.getByText(/12 min/)).toBeInTheDocument();
  });
});

describe('EntityHealthCard', () => {
  const card = (health: SystemHealth) => (
    <EntityHealthCard
      health={health}
      entityRef="component:default/timescale-sink"
    />
  );

  it('shows only the health of its entity', async () => {
    await render(
      card(
        createHealth({ targets: [sick, createTarget()], ageMs: 1000, nowMs }),
      ),
    );
    expect(screen.getByText('OK')).toBeInTheDocument();
    expect(screen.queryByText('Not ready')).not.toBeInTheDocument();
  });

  it('says how to monitor an entity that is not a target', async () => {
    await render(card(createHealth({ targets: [sick] })));
    expect(
      screen.getByText(/This entity is not monitored/),
    ).toBeInTheDocument();
  });
});
