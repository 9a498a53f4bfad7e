import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { createHomelabApi } from './create-homelab-api.ts';

/** A client of a server that answers as the test says. */
async function clientOf(answer: RequestListener, timeoutMs?: number) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return createHomelabApi({
    baseUrl: `http://127.0.0.1:${port}/`,
    token: 'hl_secret',
    timeoutMs,
  });
}

const page = { devices: [], nextCursor: null };

test('a change is posted with its key, and a refusal of it is told by its code', async () => {
  const asked: unknown[] = [];
  const api = await clientOf(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const { method, url, headers } = request;
    asked.push([method, url, headers['idempotency-key'], JSON.parse(text)]);
    response.writeHead(409, { 'content-type': 'application/problem+json' });
    const detail = 'Room target is 21 °C already.';
    const problem = { type: 't', title: 't', status: 409, detail };
    response.end(JSON.stringify({ ...problem, code: 'nothing_to_change' }));
  });
  const change = { setting: 'target_temp', value: 21 } as const;
  await expect(api.requestCommand('a/b', change, 'key')).rejects.toMatchObject({
    code: 'nothing_to_change',
    retryable: false,
    message: 'Room target is 21 °C already.',
  });
  expect(asked).toEqual([
    ['POST', '/api/v1/heatpump/a%2Fb/commands', 'key', change],
  ]);
});

test('asks with its token, encodes what is in the path and leaves out what is not given', async () => {
  const asked: unknown[] = [];
  const api = await clientOf((request, response) => {
    asked.push([request.url, request.headers.authorization]);
    response.writeHead(404, { 'content-type': 'application/problem+json' });
    response.end('{}');
  });
  const from = new Date('2026-01-12T06:00:00Z');
  await api
    .series(
      { stream: 'heatpump', deviceId: 'a/b' },
      { from, to: undefined, fields: ['supply_temp', 'cop'] },
    )
    .catch(() => {});
  await api.energyDaily({ deviceId: 'm' }).catch(() => {});
  expect(asked).toEqual([
    [
      '/api/v1/devices/heatpump/a%2Fb/series?from=2026-01-12T06%3A00%3A00.000Z&fields=supply_temp%2Ccop',
      'Bearer hl_secret',
    ],
    ['/api/v1/energy/daily?device_id=m', 'Bearer hl_secret'],
  ]);
});

test('turns a problem into an error with its code and its sentence', async () => {
  const problem = {
    type: 'urn:homelab:problem:database_busy',
    title: 'Every connection to the database is in use',
    status: 503,
    code: 'database_busy',
    detail: 'Too many requests wait. Try again soon.',
  };
  const api = await clientOf((_, response) => {
    response.writeHead(503).end(JSON.stringify(problem));
  });
  await expect(api.devices()).rejects.toMatchObject({
    name: 'HomelabApiError',
    code: 'database_busy',
    status: 503,
    retryable: true,
    message: 'Too many requests wait. Try again soon.',
  });
});

test('says what to do about a refused token, and never repeats the token', async () => {
  const problem = {
    type: 'urn:homelab:problem:unauthenticated',
    title: 'A valid bearer token is needed',
    status: 401,
    code: 'unauthenticated',
  };
  const api = await clientOf((_, response) => {
    response.writeHead(401).end(JSON.stringify(problem));
  });
  const error = await api.devices().catch((cause: unknown) => cause);
  expect(error).toMatchObject({ code: 'unauthenticated', retryable: false });
  expect(String(error)).toMatch(/homelab token create/);
  expect(JSON.stringify(error)).not.toContain('hl_secret');
});

test('tells an answer that nobody documented from one that fails', async () => {
  const answers: [number, string][] = [
    [200, '{"devices":"none"}'],
    [200, '<html>'],
    [502, '<html>'],
  ];
  for (const [status, text] of answers) {
    const api = await clientOf((_, response) => {
      response.writeHead(status).end(text);
    });
    await expect(api.devices()).rejects.toMatchObject({
      code: 'unexpected_answer',
      status,
    });
  }
});

test('reads an answer that has more than it knows', async () => {
  const api = await clientOf((_, response) => {
    response.end(JSON.stringify({ ...page, newer: 1 }));
  });
  expect(await api.devices()).toEqual(page);
});

test('asks whether an answer has changed, and reuses it if not', async () => {
  const asked: unknown[] = [];
  let etag = 'W/"1"';
  const api = await clientOf((request, response) => {
    asked.push(request.headers['if-none-match']);
    response.setHeader('etag', etag);
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304).end();
    } else response.end(JSON.stringify(page));
  });
  const first = await api.devices();
  first.devices.push({} as never);
  expect(await api.devices()).toEqual(page);
  etag = 'W/"2"';
  expect(await api.devices()).toEqual(page);
  expect(asked).toEqual([undefined, 'W/"1"', 'W/"1"']);
  // Another address is another answer.
  await api.devices({ limit: 1 });
  expect(asked.at(-1)).toBeUndefined();
});

test('keeps only so many answers', async () => {
  const asked: unknown[] = [];
  const api = await clientOf((request, response) => {
    asked.push(request.headers['if-none-match']);
    response.setHeader('etag', '"1"');
    response.end(JSON.stringify(page));
  });
  for (let limit = 1; limit <= 51; limit += 1) await api.devices({ limit });
  await api.devices({ limit: 51 });
  expect(asked.at(-1)).toBe('"1"');
  await api.devices({ limit: 1 });
  expect(asked.at(-1)).toBeUndefined();
});

test('says that nobody answers, and that one answers too slowly', async () => {
  const away = createHomelabApi({ baseUrl: 'http://127.0.0.1:1', token: 't' });
  await expect(away.devices()).rejects.toMatchObject({
    code: 'unreachable',
    retryable: true,
  });
  // The head comes, the rest does not.
  const slow = await clientOf((_, response) => {
    response.writeHead(200);
    response.write('{');
  }, 50);
  await expect(slow.devices()).rejects.toMatchObject({
    code: 'timeout',
    message: 'The Homelab API did not answer within 0.05 s.',
  });
});

test('ends with the reason of the caller', async () => {
  const api = await clientOf(() => {});
  const reason = new Error('The page was left.');
  const stop = new AbortController();
  const asked = api.devices({}, { signal: stop.signal });
  stop.abort(reason);
  await expect(asked).rejects.toBe(reason);
});
