import { renderTestApp } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { timescaleExplorerApiRef } from './api';
import type { TimescaleExplorerApi } from './api';
import plugin from './index';
import {
  createDatabase,
  createFakeApi,
  createFinding,
  createJob,
} from './testing/createFakeApi';

function open(path: string, api: Partial<TimescaleExplorerApi> = {}) {
  renderTestApp({
    features: [plugin],
    initialRouteEntries: [`/timescale-explorer${path}`],
    apis: [[timescaleExplorerApiRef, createFakeApi(api)]],
  });
}

const heading = (name: string | RegExp) =>
  screen.findByRole('heading', { name });

it('opens with the health of the first database', async () => {
  open('');
  expect(await heading('The storage is healthy')).toHaveAttribute(
    'data-tone',
    'ok',
  );
  expect(screen.getByRole('group', { name: 'Rows' })).toHaveTextContent(
    '15,204,113',
  );
  expect(
    screen.getByText('TimescaleDB 2.19.3, Apache edition, on PostgreSQL 17.12'),
  ).toBeInTheDocument();
  expect(screen.getByRole('region', { name: 'Not judged' })).toHaveTextContent(
    'Set diskBytes.',
  );
});

it('lists findings with evidence and the SQL that mends them, the first one open', async () => {
  const findings = [
    createFinding(),
    createFinding({
      kind: 'unique-key-missing',
      severity: 'watch',
      title: 'readings has no unique key',
      evidence: [],
      sql: 'CREATE UNIQUE INDEX ON readings (device_id, time);',
    }),
  ];
  const healthy = createFakeApi();
  open('/health', {
    getOverview: async database => ({
      ...(await healthy.getOverview(database)),
      findings,
    }),
  });
  await heading('The job apply-retention failed, and 1 more finding');
  const list = within(screen.getByRole('list', { name: 'Findings' }));
  expect(list.getByText('division by zero')).toBeVisible();
  expect(list.getByText('CALL public.apply_retention();')).toBeVisible();
  const second = list.getByText(/CREATE UNIQUE INDEX/);
  expect(second).not.toBeVisible();
  await userEvent.click(list.getByText('readings has no unique key'));
  expect(second).toBeVisible();
});

it('asks for the database in the address, and says when it does not answer', async () => {
  const asked: string[] = [];
  const healthy = createFakeApi();
  const api: Partial<TimescaleExplorerApi> = {
    getDatabases: async () => ({
      now: new Date().toISOString(),
      databases: [
        createDatabase(),
        createDatabase({ id: 'work', title: 'Work' }),
        createDatabase({
          id: 'away',
          title: 'Away',
          server: null,
          problem: 'connect ECONNREFUSED',
        }),
      ],
    }),
    getOverview: async database => {
      asked.push(database);
      return healthy.getOverview(database);
    },
  };
  open('/health?db=work', api);
  await heading('The storage is healthy');
  expect(asked).toEqual(['work']);
  await userEvent.click(screen.getByRole('combobox', { name: 'Database' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Away' }));
  await heading('Away does not answer');
  expect(screen.getByRole('alert')).toHaveTextContent('connect ECONNREFUSED');
});

it('says what to do when no database is configured', async () => {
  open('/health', {
    getDatabases: async () => ({
      now: new Date().toISOString(),
      databases: [],
    }),
  });
  expect(await heading('No database is configured')).toBeInTheDocument();
});

it('lists hypertables, and opens one with its chunks as a table', async () => {
  open('/hypertables');
  await heading('1 hypertable of 45 MB');
  await userEvent.click(screen.getByRole('link', { name: 'readings' }));
  await heading('readings holds 45 MB and grows 15 MB a day');
  expect(screen.getByRole('group', { name: 'Columnstore' })).toHaveTextContent(
    '75 % less60 MB became 15 MB',
  );
  const chunks = within(
    screen.getByRole('table', { name: 'Chunks of readings' }),
  );
  expect(chunks.getAllByRole('row')).toHaveLength(4);
  expect(chunks.getByText('columnstore')).toBeInTheDocument();
});

it('zooms the chunks by keyboard, and back', async () => {
  open('/hypertables/public/readings');
  const chart = await screen.findByRole('img', { name: /Chart of the chunks/ });
  const rows = () =>
    within(
      screen.getByRole('table', { name: 'Chunks of readings' }),
    ).getAllByRole('row').length - 1;
  chart.focus();
  await userEvent.keyboard('{ArrowLeft}');
  expect(
    screen.getByText(/15 MB, about 100,000 rows, rowstore/, { selector: 'p' }),
  ).toBeVisible();
  await userEvent.keyboard('++');
  expect(rows()).toBe(1);
  await userEvent.keyboard('{Escape}');
  expect(rows()).toBe(3);
});

it('shows what is made of a table, and how far it is', async () => {
  open('/aggregates');
  await heading(/The aggregate is refreshed/);
  const table = within(screen.getByRole('region', { name: 'public.readings' }));
  expect(
    table.getByRole('heading', { name: /public.readings_hourly/ }),
  ).toHaveTextContent('per 01:00:00, continuous aggregate');
  expect(table.getByText('absent until refreshed')).toBeInTheDocument();
});

it('shows jobs with why they failed', async () => {
  open('/jobs', {
    getJobs: async () => ({
      now: new Date().toISOString(),
      jobs: [createJob({ lastStatus: 'failed', lastError: 'no disk' })],
      notes: ['Grant USAGE.'],
    }),
  });
  await heading('The job refresh-rollups failed');
  expect(screen.getByText('no disk')).toBeVisible();
  expect(screen.getByText('Grant USAGE.')).toBeVisible();
});

it('runs a template, shows every digit, and says what was refused', async () => {
  const asked: string[] = [];
  const fake = createFakeApi();
  open('/query', {
    runQuery: async (database, query) => {
      asked.push(query.sql);
      if (asked.length > 1) throw new Error('syntax error at character 8');
      return fake.runQuery(database, query);
    },
  });
  const run = await screen.findByRole('button', { name: 'Run' });
  expect(run).toBeDisabled();
  await userEvent.click(screen.getByRole('button', { name: 'First rows' }));
  await userEvent.click(run);
  const result = within(await screen.findByRole('table', { name: 'Result' }));
  expect(asked).toEqual(['SELECT * FROM readings LIMIT 100']);
  expect(result.getByText('9223372036854775807')).toBeVisible();
  expect(result.getByText('NULL')).toBeVisible();
  await userEvent.click(run);
  expect(await screen.findByText(/syntax error/)).toBeVisible();
  expect(screen.queryByRole('table', { name: 'Result' })).toBeNull();
});

it('cancels a query at the server', async () => {
  const cancelled: string[] = [];
  let id = '';
  open('/query?sql=SELECT+1', {
    runQuery: (_, query) => {
      id = query.id;
      return new Promise(() => {});
    },
    cancelQuery: async (_, query) => {
      cancelled.push(query);
      return { wasRunning: true };
    },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Run' }));
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(cancelled).toEqual([id]);
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab]/);
});
