import { mockApis } from '@backstage/frontend-test-utils';
import { createFakeApi } from '../testing/createFakeApi';
import { TimescaleExplorerClient } from './TimescaleExplorerClient';
import type { TimescaleExplorerApi } from './TimescaleExplorerApi';

const table = { schema: 'a/b', name: 'readings' };

const questions: [string, (api: TimescaleExplorerApi) => Promise<unknown>][] = [
  ['/databases', api => api.getDatabases()],
  ['/databases/home/overview', api => api.getOverview('home')],
  ['/databases/home/hypertables', api => api.getHypertables('home')],
  [
    '/databases/home/hypertables/a%2Fb/readings',
    api => api.getHypertable('home', table),
  ],
  ['/databases/home/aggregates', api => api.getAggregates('home')],
  ['/databases/home/jobs', api => api.getJobs('home')],
  ['/databases/home/catalogue', api => api.getCatalogue('home')],
  [
    '/databases/home/queries',
    api => api.runQuery('home', { id: 'a', sql: 'SELECT 1', maxRows: 1 }),
  ],
  ['/databases/home/queries/a/cancel', api => api.cancelQuery('home', 'a')],
];

it.each(questions)('asks for %s', async (path, ask) => {
  // The client parses the fake's answer, so that must keep to the schemas too.
  const answer = await ask(createFakeApi());
  const asked: string[] = [];
  const client = new TimescaleExplorerClient({
    fetchApi: mockApis.fetch({
      baseImplementation: async input => {
        asked.push(String(input));
        return Response.json(answer);
      },
    }),
  });
  await expect(ask(client)).resolves.toEqual(answer);
  expect(asked).toEqual([`plugin://timescale-explorer${path}`]);
});
