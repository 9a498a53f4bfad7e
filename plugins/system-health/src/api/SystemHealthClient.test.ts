import { mockApis } from '@backstage/frontend-test-utils';
import { SystemHealthClient } from './SystemHealthClient';
import { createTarget } from '../testing/health';

function createClient(status: number, body: unknown) {
  const asked: string[] = [];
  const client = new SystemHealthClient({
    fetchApi: mockApis.fetch({
      resolvePluginProtocol: {
        discoveryApi: {
          getBaseUrl: async pluginId => `http://portal.test/api/${pluginId}`,
        },
      },
      baseImplementation: async input => {
        asked.push(input instanceof Request ? input.url : String(input));
        return new Response(JSON.stringify(body), {
          status,
          headers: { 'content-type': 'application/json' },
        });
      },
    }),
  });
  return { client, asked };
}

it('requests the targets from its backend plugin', async () => {
  const answer = { now: '2026-01-12T06:31:00.000Z', targets: [createTarget()] };
  const { client, asked } = createClient(200, answer);
  await expect(client.getTargets()).resolves.toEqual(answer);
  expect(asked).toEqual(['http://portal.test/api/system-health/targets']);
});

it('throws the message of a backend that rejects the request', async () => {
  const { client } = createClient(403, {
    error: { name: 'NotAllowedError', message: 'You need the permission x.' },
    request: { method: 'GET', url: '/targets' },
    response: { statusCode: 403 },
  });
  await expect(client.getTargets()).rejects.toMatchObject({
    name: 'ResponseError',
    cause: expect.objectContaining({ name: 'NotAllowedError' }),
  });
});

it('rejects an answer of another shape', async () => {
  const { client } = createClient(200, {
    targets: [{ name: 'sink', state: 'fine' }],
  });
  await expect(client.getTargets()).rejects.toThrow();
});
