import { mockApis } from '@backstage/frontend-test-utils';
import { createFakeApi } from '../testing/createFakeApi';
import { testId } from '../testing/resets';
import { ConsumerLagClient } from './ConsumerLagClient';
import type { ConsumerLagApi } from './ConsumerLagApi';

function createClient(body: unknown, status = 200) {
  const asked: { url: string; init?: RequestInit }[] = [];
  const client = new ConsumerLagClient({
    fetchApi: mockApis.fetch({
      baseImplementation: async (input, init) => {
        asked.push({ url: String(input), init });
        return new Response(JSON.stringify(body), {
          status,
          headers: { 'content-type': 'application/json' },
        });
      },
    }),
  });
  return { client, asked };
}

const group = { cluster: 'home', groupId: 'team/billing' };
const letters = { cluster: 'home', topic: 'energy.dlq' };
const id = testId(1);
const base = 'plugin://consumer-lag';

const questions: [string, string, (api: ConsumerLagApi) => Promise<unknown>][] =
  [
    ['GET', '/clusters', api => api.getClusters()],
    ['GET', '/groups', api => api.getGroups()],
    ['GET', '/groups/summary?limit=3', api => api.getGroupsInShort(3)],
    ['GET', '/clusters/home/groups/team%2Fbilling', api => api.getGroup(group)],
    [
      'GET',
      '/clusters/home/groups/team%2Fbilling/history?range=6h&topic=energy',
      api => api.getHistory({ ...group, range: '6h', topic: 'energy' }),
    ],
    [
      'GET',
      '/clusters/home/groups/team%2Fbilling/time-lag?topic=energy&partition=0',
      api => api.getExactTimeLag({ ...group, topic: 'energy', partition: 0 }),
    ],
    ['GET', '/topics', api => api.getTopics()],
    ['GET', '/clusters/home/topics/energy.dlq', api => api.getTopic(letters)],
    [
      'GET',
      '/entities/component/default/sink',
      api =>
        api.getEntity({
          kind: 'component',
          namespace: 'default',
          name: 'sink',
        }),
    ],
    [
      'GET',
      '/entities/component/default/sink/summary?limit=4',
      api =>
        api.getEntityInShort({
          kind: 'component',
          namespace: 'default',
          name: 'sink',
          limit: 4,
        }),
    ],
    [
      'POST',
      '/clusters/home/groups/team%2Fbilling/offset-resets/preview',
      api => api.previewReset(group, { target: { kind: 'earliest' } }),
    ],
    [
      'POST',
      '/clusters/home/groups/team%2Fbilling/offset-resets',
      api =>
        api.applyReset(group, {
          previewToken: id,
          confirmation: group.groupId,
        }),
    ],
    [
      'GET',
      '/clusters/home/groups/team%2Fbilling/offset-resets',
      api => api.getResets(group),
    ],
    [
      'GET',
      `/clusters/home/offset-resets/${id}/undo`,
      api => api.previewUndo({ cluster: 'home', id }),
    ],
    [
      'POST',
      `/clusters/home/offset-resets/${id}/undo`,
      api =>
        api.undoReset(
          { cluster: 'home', id },
          { confirmation: group.groupId, evenIfMoved: false },
        ),
    ],
  ];

it.each(questions)('sends %s %s', async (method, path, ask) => {
  // The client parses the fake's answer, so that must keep to the schemas too.
  const answer = await ask(createFakeApi());
  const { client, asked } = createClient(answer);
  await expect(ask(client)).resolves.toEqual(answer);
  expect(asked.map(({ url }) => url)).toEqual([`${base}${path}`]);
  expect(asked[0]?.init?.method ?? 'GET').toBe(method);
});

it('throws the error of a refusing backend', async () => {
  const { client } = createClient(
    {
      error: { name: 'NotAllowedError', message: 'You need a permission.' },
      response: { statusCode: 403 },
    },
    403,
  );
  await expect(client.getGroups()).rejects.toMatchObject({
    name: 'ResponseError',
    cause: expect.objectContaining({ name: 'NotAllowedError' }),
  });
});

it('reuses the last answer, with the present time, while the backend answers 304', async () => {
  const before = await createFakeApi().getGroups();
  const asked: (string | null)[] = [];
  const client = new ConsumerLagClient({
    fetchApi: mockApis.fetch({
      baseImplementation: async (_, init) => {
        const etag = new Headers(init?.headers).get('if-none-match');
        asked.push(etag);
        return etag === null
          ? Response.json(before, { headers: { etag: 'W/"1"' } })
          : new Response(null, {
              status: 304,
              headers: { date: 'Sun, 29 Nov 2026 13:00:00 GMT' },
            });
      },
    }),
  });
  await expect(client.getGroups()).resolves.toEqual(before);
  await expect(client.getGroups()).resolves.toEqual({
    ...before,
    now: '2026-11-29T13:00:00.000Z',
  });
  // Another request has its own answer.
  await client.getGroupsInShort(3).catch(() => {});
  expect(asked).toEqual([null, 'W/"1"', null]);
});

it('refuses an answer of the wrong shape', async () => {
  const { client } = createClient({ now: 'today', groups: [] });
  await expect(client.getGroups()).rejects.toThrow();
});
