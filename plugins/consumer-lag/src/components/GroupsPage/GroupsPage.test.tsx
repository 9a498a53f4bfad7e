import type { GroupsResponse } from '@homelab/plugin-consumer-lag-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { failing } from '@homelab/portal-react/testing';
import {
  ago,
  createCluster,
  createGroup,
  createLaggingGroup,
} from '../../testing/groups';
import { currentAddress, renderLag } from '../../__testUtils__/renderLag';
import { GroupsPage } from './GroupsPage';

const stopped = createGroup({
  groupId: 'heatpump-alerts',
  status: 'STOP',
  lag: '5124',
  memberCount: 0,
  timeLag: { kind: 'at-least', ms: 3_600_000 },
  consumedPerSecond: 0,
  eta: { kind: 'not-moving' },
});

function answer(changes: Partial<GroupsResponse> = {}) {
  return {
    getGroups: async () => ({
      now: new Date().toISOString(),
      clusters: [createCluster()],
      total: 3,
      groups: [stopped, createLaggingGroup(), createGroup()],
      ...changes,
    }),
  };
}

const rowNames = () =>
  within(screen.getByRole('table', { name: 'Consumer groups' }))
    .getAllByRole('row')
    .slice(1)
    .map(row => within(row).getAllByRole('link')[0]?.textContent);

it('says in one sentence whether all is well, and lists the worst first', async () => {
  await renderLag(<GroupsPage />, { api: answer() });
  expect(
    await screen.findByRole('heading', {
      name: '1 of 3 groups needs attention, 1 more falls behind.',
    }),
  ).toBeInTheDocument();
  expect(rowNames()).toEqual([
    'heatpump-alerts',
    'timescaledb-energy',
    'timescale-sink',
  ]);
  expect(screen.getByText(/^as of \d+ s ago$/)).toBeInTheDocument();
});

it('shows status, lag, time, rates, ETA, owner and age of each group', async () => {
  await renderLag(<GroupsPage />, { api: answer() });
  const [, row] = within(
    await screen.findByRole('table', { name: 'Consumer groups' }),
  )
    .getAllByRole('row')
    .slice(1);
  const cells = within(row as HTMLElement)
    .getAllByRole('cell')
    .map(cell => cell.textContent);
  expect(cells).toEqual([
    'timescaledb-energy',
    'Falling behind',
    '9 min behind',
    '6,480 unread',
    '6.4k',
    'produced 12.4 → , consumed 10.1 /s',
    'caught up never, −2.3/s',
    'household',
    expect.stringMatching(/^\d+ s$/),
    expect.stringMatching(
      /^timescaledb-energy is 9 min behind and falling further behind. Records will be lost in 51 min unless it catches up. Falling behind for 1[12] min.$/,
    ),
  ]);
  expect(
    within(row as HTMLElement).getByRole('img', {
      name: 'Lag of the last hour: at most 6,480, now 6,480',
    }),
  ).toBeInTheDocument();
});

it('says why a group is unreadable, and its cluster', async () => {
  const denied = createGroup({
    groupId: 'connect-backup',
    cluster: 'cloud',
    status: 'UNREADABLE',
    problem: { code: 'DENIED', message: 'Kafka denies the portal this group.' },
  });
  const clusters = [
    createCluster(),
    createCluster({ name: 'cloud', title: 'Cloud' }),
  ];
  await renderLag(<GroupsPage />, {
    api: answer({ clusters, groups: [denied, createLaggingGroup()] }),
  });
  expect(
    await screen.findByText(
      'Cloud · connect-backup could not be read: Kafka denies the portal this group.',
    ),
  ).toBeInTheDocument();
  expect(screen.getByText(/^Home · timescaledb-energy/)).toBeInTheDocument();
});

it('shortens long numbers, in full on hover', async () => {
  const huge = createGroup({
    lag: '18446744073709551615',
    producedPerSecond: 1_284_000.2,
    consumedPerSecond: 0.004,
  });
  await renderLag(<GroupsPage />, { api: answer({ groups: [huge] }) });
  expect(await screen.findByText('18e18')).toHaveAttribute(
    'title',
    '18,446,744,073,709,551,615',
  );
  expect(screen.getByText('1.2M')).toHaveAttribute('title', '1,284,000');
  expect(screen.getByText('<0.01')).toBeInTheDocument();
});

it('says "at least" for a lower bound', async () => {
  await renderLag(<GroupsPage />, { api: answer() });
  const table = await screen.findByRole('table', { name: 'Consumer groups' });
  expect(
    within(table)
      .getAllByRole('cell')
      .map(cell => cell.textContent),
  ).toContain('≥ at least 1 h behind');
});

describe('filters and order', () => {
  it('are kept in the address', async () => {
    await renderLag(<GroupsPage />, { api: answer() });
    await userEvent.click(
      await screen.findByRole('button', { name: /Watch 1/ }),
    );
    expect(rowNames()).toEqual(['timescaledb-energy']);
    expect(currentAddress()).toBe('/?severity=watch');
    await userEvent.click(screen.getByRole('button', { name: /Fine 1/ }));
    await userEvent.click(screen.getByRole('button', { name: 'Lag, records' }));
    expect(currentAddress()).toBe('/?severity=watch,ok&sort=-lag');
    expect(
      screen.getByRole('columnheader', { name: 'Lag, records' }),
    ).toHaveAttribute('aria-sort', 'descending');
  });

  it('are read from the address', async () => {
    await renderLag(<GroupsPage />, {
      api: answer(),
      at: '/?q=timescale&sort=group',
    });
    await screen.findByRole('table', { name: 'Consumer groups' });
    expect(rowNames()).toEqual(['timescale-sink', 'timescaledb-energy']);
  });

  it('say so when nothing matches, and can be cleared', async () => {
    await renderLag(<GroupsPage />, { api: answer(), at: '/?q=nonsense' });
    expect(
      await screen.findByText(/None of 3 groups matches/),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Show all' }));
    expect(rowNames()).toHaveLength(3);
    expect(currentAddress()).toBe('/');
  });

  it('offer a choice between several clusters', async () => {
    const clusters = [
      createCluster(),
      createCluster({ name: 'cloud', title: 'Cloud' }),
    ];
    const groups = [createGroup(), createGroup({ cluster: 'cloud' })];
    await renderLag(<GroupsPage />, {
      api: answer({ clusters, groups }),
      at: '/?cluster=cloud',
    });
    expect(
      await screen.findByRole('heading', { name: '1 group keeps up.' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('combobox', { name: 'Cluster' })).toHaveTextContent(
      'Cloud',
    );
  });
});

it('draws only some of 500 groups, and counts all', async () => {
  const groups = Array.from({ length: 500 }, (_, index) =>
    createGroup({ groupId: `group-${index}` }),
  );
  await renderLag(<GroupsPage />, { api: answer({ groups }) });
  const table = await screen.findByRole('table', { name: 'Consumer groups' });
  expect(table).toHaveAttribute('aria-rowcount', '500');
  expect(rowNames()).toHaveLength(50);
});

describe('states', () => {
  it('draws a skeleton until the first answer', async () => {
    await renderLag(<GroupsPage />, {
      api: { getGroups: () => new Promise(() => {}) },
    });
    expect(
      screen.getByRole('status', { name: 'Loading the consumer groups' }),
    ).toHaveAttribute('aria-busy', 'true');
    expect(screen.queryByRole('table')).not.toBeInTheDocument();
  });

  it('says how groups appear while there are none', async () => {
    await renderLag(<GroupsPage />, { api: answer({ groups: [] }) });
    expect(
      await screen.findByText(/at the next poll after its first commit/),
    ).toBeInTheDocument();
  });

  it('names the missing permission', async () => {
    await renderLag(<GroupsPage />, {
      api: { getGroups: failing(403, 'You need it.') },
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'consumer-lag.read',
    );
    expect(
      screen.queryByRole('button', { name: 'Try now' }),
    ).not.toBeInTheDocument();
  });

  it('says why groups cannot be loaded, and retries on demand', async () => {
    const getGroups = jest
      .fn(failing(500, 'The database rests.') as () => Promise<GroupsResponse>)
      .mockName('getGroups');
    await renderLag(<GroupsPage />, { api: { getGroups } });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The database rests.',
    );
    getGroups.mockImplementation(answer().getGroups);
    await userEvent.click(screen.getByRole('button', { name: 'Try now' }));
    await waitFor(() => expect(rowNames()).toHaveLength(3));
  });

  it('keeps the data of a cluster that is down, with its age', async () => {
    const problem = {
      code: 'CONNECTION_REFUSED',
      message: 'No broker can be reached.',
    };
    await renderLag(<GroupsPage />, {
      api: answer({
        clusters: [createCluster({ polledAt: ago(240_000), problem })],
      }),
    });
    expect(await screen.findByText(/Home does not answer/)).toBeInTheDocument();
    expect(screen.getByText(/No broker can be reached/)).toBeInTheDocument();
    expect(
      screen.getByText('as of 4 min ago, Kafka does not answer'),
    ).toBeInTheDocument();
    expect(rowNames()).toHaveLength(3);
  });

  it('says in one place what is missing from a cluster', async () => {
    const partialProblems = [
      { code: 'A', message: 'Kafka denies the group a.' },
      { code: 'B', message: 'energy-7 has no leader.' },
    ];
    await renderLag(<GroupsPage />, {
      api: answer({ clusters: [createCluster({ partialProblems })] }),
    });
    expect(
      await screen.findByText('Some data of Home is missing, for 2 reasons.'),
    ).toBeInTheDocument();
    expect(screen.getByText(/energy-7 has no leader/)).toBeInTheDocument();
  });
});
