import type {
  GroupDetail,
  HistoryResponse,
  ResetPreview,
} from '@homelab/plugin-consumer-lag-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import type { ConsumerLagApi } from '../../api';
import { noneAllowed } from '../../testing/createFakeApi';
import { failing } from '@homelab/portal-react/testing';
import {
  createCluster,
  createDetail,
  createPartitions,
} from '../../testing/groups';
import { createHistory } from '../../testing/history';
import { createReset, createResetPreview, testId } from '../../testing/resets';
import { currentAddress, renderLag } from '../../__testUtils__/renderLag';
import { GroupPage } from './GroupPage';

const now = () => new Date().toISOString();

/** A few points of a history are enough, and quicker to draw as a table. */
function sparse(history: HistoryResponse): HistoryResponse {
  const every = 20;
  return {
    ...history,
    stepMs: history.stepMs * every,
    points: history.points.filter((_, index) => index % every === 0),
  };
}

function render(
  options: {
    group?: Partial<GroupDetail>;
    api?: Partial<ConsumerLagApi>;
    query?: string;
  } = {},
) {
  const { group, api, query = '' } = options;
  return renderLag(
    <Routes>
      <Route path="/groups/:cluster/:groupId" element={<GroupPage />} />
    </Routes>,
    {
      at: `/groups/home/timescaledb-energy${query}`,
      api: {
        getGroup: async () => ({
          now: now(),
          cluster: createCluster(),
          group: createDetail(group),
        }),
        getResets: async () => ({ now: now(), resets: [] }),
        getHistory: async ({ range }) => sparse(createHistory(range)),
        ...api,
      },
    },
  );
}

const tile = async (name: string) =>
  within(await screen.findByRole('region', { name: 'Key numbers' })).getByRole(
    'group',
    { name },
  );

it('starts with a sentence and its evidence', async () => {
  await render();
  expect(
    await screen.findByRole('heading', {
      level: 2,
      name: 'timescaledb-energy is 9 min behind and falling further behind. Records will be lost in 51 min unless it catches up.',
    }),
  ).toBeInTheDocument();
  expect(
    screen.getByText(/homelab.energy-\d+: Its lag has not fallen once/),
  ).toBeInTheDocument();
});

it('says what to do', async () => {
  await render({ group: { skew: null } });
  expect(
    (await screen.findByText('What to do:')).parentElement,
  ).toHaveTextContent(/Start more members: 2 read 12 partitions/);
});

it('shows nothing of a group that Kafka does not report', async () => {
  await render({
    group: {
      status: 'UNREADABLE',
      severity: 'unknown',
      state: null,
      members: [],
      lag: null,
      timeLag: { kind: 'unknown', ms: null },
      producedPerSecond: null,
      consumedPerSecond: null,
      eta: { kind: 'unknown' },
      problem: { code: 'GROUP_AUTHORIZATION_FAILED', message: 'Denied.' },
    },
  });
  expect(await tile('Behind')).toHaveTextContent('unknown');
  expect(await tile('Produced → consumed')).toHaveTextContent('not read');
  expect(screen.getByRole('region', { name: 'Members' })).toHaveTextContent(
    'it is unknown whether one is running',
  );
  expect(screen.getByText(/permission DESCRIBE/)).toBeInTheDocument();
});

it('does not say "as fast" when nothing moves', async () => {
  await render({ group: { producedPerSecond: 0, consumedPerSecond: 0 } });
  expect(await tile('Produced → consumed')).toHaveTextContent(
    'nothing produced or consumed',
  );
});

it('shows the key numbers', async () => {
  await render();
  expect(await tile('Behind')).toHaveTextContent('9 min est.');
  expect(await tile('Lag')).toHaveTextContent('6,480 records');
  expect(await tile('Produced → consumed')).toHaveTextContent(
    'falling behind by 2.3 /s',
  );
  expect(await tile('Caught up')).toHaveTextContent('never');
  const lost = await tile('Until records are lost');
  expect(lost).toHaveTextContent('51 min');
  expect(
    within(lost).getByRole('img', { name: '15 % of the retention is used' }),
  ).toBeInTheDocument();
});

it('names the retention even after it has passed', async () => {
  const partitions = createPartitions({ count: 3, worst: 900 }).map(
    (partition, index) => ({
      ...partition,
      timeLag: { kind: 'estimated' as const, ms: (70 + index) * 60_000 },
      headroomMs: -(10 + index) * 60_000,
    }),
  );
  await render({ group: { headroomMs: -12 * 60_000, partitions } });
  const lost = await tile('Until records are lost');
  expect(lost).toHaveTextContent('any moment');
  expect(lost).toHaveTextContent('of 1 h retention');
});

it('does not know when records are lost while the lag is unknown', async () => {
  const partitions = createPartitions({ count: 3, worst: 0 });
  await render({ group: { lag: null, headroomMs: null, partitions } });
  expect(await tile('Until records are lost')).toHaveTextContent(
    'unknown without the lag',
  );
});

it('measures exactly only on demand', async () => {
  const getExactTimeLag = jest.fn(async () => ({
    now: now(),
    offset: '177740',
    recordAt: '2026-01-12T06:31:00.000Z',
    timeLag: { kind: 'exact' as const, ms: 552_000 },
  }));
  await render({ api: { getExactTimeLag } });
  const behind = await tile('Behind');
  expect(getExactTimeLag).not.toHaveBeenCalled();
  await userEvent.click(
    within(behind).getByRole('button', { name: 'Measure exactly' }),
  );
  expect(await within(behind).findByText(/Exactly 9 min 12 s/)).toBeVisible();
  expect(getExactTimeLag).toHaveBeenCalledTimes(1);
});

it('loads the range in the address, as a table without a canvas', async () => {
  const asked: string[] = [];
  await render({
    query: '?range=6h',
    api: {
      getHistory: async ({ range }) => {
        asked.push(range);
        throw new Error('The history rests.');
      },
    },
  });
  expect(
    await screen.findByText('The history cannot be loaded.'),
  ).toBeInTheDocument();
  expect(asked).toEqual(['6h']);
  await userEvent.click(screen.getByRole('button', { name: /last 14 days$/ }));
  await waitFor(() => expect(asked).toContain('14d'));
  expect(currentAddress()).toContain('range=14d');
  // The rest of the page stays.
  expect(await tile('Lag')).toHaveTextContent('6,480 records');
});

it('draws the history with its events', async () => {
  await render();
  const events = await screen.findByRole('region', { name: 'Events' });
  expect(
    within(events)
      .getAllByRole('listitem')
      .map(item => item.textContent),
  ).toEqual([
    expect.stringContaining('Keeps up became Falling behind.'),
    expect.stringContaining('Rebalance: 2 members, before 1.'),
    expect.stringContaining('The broker was away for 3 min.'),
  ]);
  expect(
    screen.getByRole('table', { name: 'Lag as table' }),
  ).toBeInTheDocument();
});

describe('partitions', () => {
  it('are chosen in the strip, and the address keeps the choice', async () => {
    await render();
    const strip = await screen.findByRole('listbox', {
      name: 'Partitions of homelab.energy',
    });
    await userEvent.click(
      within(strip).getByRole('option', { name: /^Partition 3:/ }),
    );
    expect(currentAddress()).toContain('partition=homelab.energy-3');
    const chosen = screen.getByRole('region', {
      name: 'Partition homelab.energy-3',
    });
    expect(chosen).toHaveTextContent('read by sink-2');
    await userEvent.click(
      within(chosen).getByRole('button', { name: 'Close homelab.energy-3' }),
    );
    expect(currentAddress()).not.toContain('partition=');
  });

  it('are listed with offsets and evidence, worst first', async () => {
    await render();
    const table = await screen.findByRole('table', { name: 'Partitions' });
    const [, first] = within(table).getAllByRole('row');
    expect(first).toHaveTextContent('Falling behind');
    expect(first).toHaveTextContent('Its lag has not fallen once');
    expect(within(table).getAllByRole('row')).toHaveLength(13);
  });

  it('start with the worst, and beyond 200 only visible rows are drawn', async () => {
    const partitions = createPartitions({ count: 400, worst: 9_000 });
    await render({ group: { partitions } });
    const table = await screen.findByRole('table', { name: 'Partitions' });
    expect(table).toHaveAttribute('aria-rowcount', '400');
    const rows = () => within(table).getAllByRole('row');
    expect(rows()).toHaveLength(13);
    expect(rows()[1]).toHaveTextContent('Falling behind');
    await userEvent.click(
      screen.getByRole('button', { name: 'Show all 400 partitions' }),
    );
    expect(rows()).toHaveLength(51);
    expect(screen.getAllByRole('option')).toHaveLength(400);
  });
});

it('shows the members, their partitions and the skew of the lag', async () => {
  await render();
  const members = await screen.findByRole('region', { name: 'Members' });
  expect(members).toHaveTextContent('2 members');
  expect(members).toHaveTextContent(/times its fair share/);
  expect(members).toHaveTextContent('homelab.energy 0, 2, 4, 6, 8, 10');
});

it('gives no advice on the skew of a group that keeps up', async () => {
  await render({ group: { status: 'OK', severity: 'ok' } });
  const members = await screen.findByRole('region', { name: 'Members' });
  expect(members).toHaveTextContent('2 members');
  expect(members).not.toHaveTextContent(/fair share/);
});

it('explains why there are no members', async () => {
  await render({ group: { members: [], protocolType: '' } });
  expect(await screen.findByText(/simple consumer/)).toBeVisible();
});

it('says that a group does not exist', async () => {
  await render({
    api: { getGroup: failing(404, 'No such group is known.') },
  });
  const alert = await screen.findByRole('alert');
  expect(alert).toHaveTextContent('No such group is known.');
  expect(within(alert).getByRole('link')).toHaveTextContent('Show all groups');
});

describe('moving offsets', () => {
  const open = async () => {
    await userEvent.click(
      await screen.findByRole('button', { name: 'Move offsets…' }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Preview' }));
  };

  it('is disabled with the reason when it is not allowed', async () => {
    await render({
      api: {
        getClusters: async () => ({
          now: now(),
          clusters: [createCluster()],
          actions: noneAllowed,
        }),
      },
    });
    const button = await screen.findByRole('button', { name: 'Move offsets…' });
    await waitFor(() =>
      expect(button).toHaveAccessibleDescription(
        'You need the permission consumer-lag.offsets.reset.',
      ),
    );
    expect(button).toBeDisabled();
  });

  it('is refused while the group has members', async () => {
    const preview: Partial<ResetPreview> = {
      isGroupEmpty: false,
      memberCount: 2,
    };
    await render({
      api: { previewReset: async () => createResetPreview(preview) },
    });
    await open();
    expect(await screen.findByText(/Stop its 2 members first/)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Move offsets' })).toBeDisabled();
  });

  it('shows the changes, needs the name typed, and can be undone', async () => {
    let resets = [createReset({ id: testId(1) })];
    const applyReset = jest.fn(async () => {
      resets = [createReset({ id: testId(2), at: now() }), ...resets];
      return resets[0] ?? createReset();
    });
    const undoReset = jest.fn(async () => createReset({ state: 'undone' }));
    await render({
      api: {
        applyReset,
        undoReset,
        getResets: async () => ({ now: now(), resets }),
      },
    });
    await open();
    expect(
      await screen.findByText('At most 173,220 records will be read again.'),
    ).toBeInTheDocument();
    const changes = screen.getByRole('table', {
      name: 'Changes by partition',
    });
    expect(changes).toHaveTextContent(
      'homelab.energy-0177,740 → 120,000057,740',
    );
    const button = screen.getByRole('button', { name: 'Move offsets' });
    const name = screen.getByRole('textbox', { name: /Type the name/ });
    await userEvent.type(name, 'timescaledb-energ');
    expect(button).toBeDisabled();
    await userEvent.type(name, 'y');
    await userEvent.click(button);
    expect(
      await screen.findByText(/Done: the offsets were moved/),
    ).toBeVisible();
    expect(applyReset).toHaveBeenCalledWith(
      { cluster: 'home', groupId: 'timescaledb-energy' },
      { previewToken: testId(7), confirmation: 'timescaledb-energy' },
    );

    const earlier = screen.getByRole('list', { name: 'Earlier moves' });
    await waitFor(() =>
      expect(within(earlier).getAllByRole('listitem')).toHaveLength(2),
    );
    const [newest] = within(earlier).getAllByRole('listitem');
    await userEvent.click(
      within(newest as HTMLElement).getByRole('button', { name: 'Undo…' }),
    );
    await userEvent.type(
      await within(newest as HTMLElement).findByRole('textbox'),
      'timescaledb-energy',
    );
    await userEvent.click(
      within(newest as HTMLElement).getByRole('button', { name: 'Undo' }),
    );
    await waitFor(() =>
      expect(undoReset).toHaveBeenCalledWith(
        expect.objectContaining({ id: testId(2) }),
        { confirmation: 'timescaledb-energy', evenIfMoved: false },
      ),
    );
  });

  it('says why Kafka refused', async () => {
    await render({
      api: {
        previewReset: failing(409, 'The group has moved; preview again.'),
      },
    });
    await open();
    expect(
      await screen.findByText(/The group has moved; preview again/),
    ).toBeInTheDocument();
  });
});
