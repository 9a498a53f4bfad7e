import { mockApis } from '@backstage/frontend-test-utils';
import { createFakeApi } from '../testing/pipelines';
import { PipelinesClient } from './PipelinesClient';

function createClient(body: unknown) {
  const asked: string[] = [];
  const client = new PipelinesClient({
    fetchApi: mockApis.fetch({
      baseImplementation: async input => {
        asked.push(String(input));
        return new Response(JSON.stringify(body), {
          headers: { 'content-type': 'application/json' },
        });
      },
    }),
  });
  return { client, asked };
}

it('requests pipelines by name', async () => {
  // The answer of the fake must match the contract, because the client parses it.
  const answer = await createFakeApi().getPipelines(['energy']);
  const { client, asked } = createClient(answer);
  await expect(client.getPipelines(['energy', 'a&b'])).resolves.toEqual(answer);
  expect(asked).toEqual([
    'plugin://pipelines/pipelines?name=energy&name=a%26b',
  ]);
});

it('rejects an answer of another shape', async () => {
  const { client } = createClient({ now: 'today', pipelines: [] });
  await expect(client.getPipelines([])).rejects.toThrow();
});
