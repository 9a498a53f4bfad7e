import { mockApis } from '@backstage/frontend-test-utils';
import { createFakeApi } from '../testing/createFakeApi';
import { testId } from '../testing/letters';
import { DeadLettersClient } from './DeadLettersClient';
import type { DeadLettersApi } from './DeadLettersApi';

function createClient(body: unknown, status = 200) {
  const asked: { url: string; init?: RequestInit }[] = [];
  const client = new DeadLettersClient({
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

const letters = { cluster: 'home', topic: 'energy.dlq' };
const id = testId(1);
const base = 'plugin://dead-letters';

const questions: [string, string, (api: DeadLettersApi) => Promise<unknown>][] =
  [
    ['GET', '/clusters', api => api.getClusters()],
    ['GET', '/clusters/home/dead-letters', api => api.getDeadLetters('home')],
    [
      'GET',
      '/clusters/home/dead-letters/energy.dlq/letters?key=a%26b&code=x&code=y&before=c&limit=50',
      api =>
        api.getLetters({
          ...letters,
          filter: { codes: ['x', 'y'], key: 'a&b' },
          before: 'c',
          limit: 50,
        }),
    ],
    [
      'POST',
      '/clusters/home/dead-letters/energy.dlq/redrives',
      api =>
        api.startRedrive(letters, {
          dryRun: true,
          selection: { kind: 'filter', filter: {} },
        }),
    ],
    [
      'GET',
      '/clusters/home/redrives?topic=energy.dlq',
      api => api.getRedrives(letters),
    ],
    [
      'GET',
      `/clusters/home/redrives/${id}`,
      api => api.getRedrive({ cluster: 'home', id }),
    ],
    [
      'POST',
      `/clusters/home/redrives/${id}/cancel`,
      api => api.cancelRedrive({ cluster: 'home', id }),
    ],
    [
      'POST',
      `/clusters/home/redrives/${id}/resume`,
      api => api.resumeRedrive({ cluster: 'home', id }),
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
  await expect(client.getDeadLetters('home')).rejects.toMatchObject({
    name: 'ResponseError',
    cause: expect.objectContaining({ name: 'NotAllowedError' }),
  });
});

it('refuses an answer of the wrong shape', async () => {
  const { client } = createClient({ now: 'today', topics: [] });
  await expect(client.getDeadLetters('home')).rejects.toThrow();
});
