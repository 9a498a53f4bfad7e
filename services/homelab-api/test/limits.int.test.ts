import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { createCuttingProxy, eventually, fileScope } from '@homelab/test-kit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi } from './api-fixture.ts';
import type { TestApi } from './api-fixture.ts';

const file = fileScope(afterAll);
let api: TestApi;

beforeAll(async () => {
  api = await startApi(file, { limits: { slowClientTimeoutMs: 3_000 } });
  const sink = await api.database.connect('homelab_sink');
  await sink.query(
    `INSERT INTO energy_readings (device_id, time, power_kw, source)
     SELECT 'meter', '2026-01-01Z'::timestamptz + n * interval '1 second', n, repeat('x', 200)
     FROM generate_series(1, 60000) n`,
  );
}, 60_000);

/** Sends bytes as they are, and gives what came until the connection ended. */
async function sendRaw(text: string): Promise<string> {
  const socket = connect(api.port, '127.0.0.1');
  let answer = '';
  socket.on('data', part => (answer += part.toString()));
  socket.write(text);
  await once(socket, 'close');
  return answer;
}

const head = (line: string, ...headers: string[]) =>
  [
    line,
    'host: x',
    `authorization: Bearer ${api.token}`,
    ...headers,
    '',
    '',
  ].join('\r\n');

describe('what is not a small, whole GET request', () => {
  test.each([
    [
      'a body',
      () => head('GET /api/v1/devices HTTP/1.1', 'content-length: 999999999'),
      413,
      'body_not_allowed',
    ],
    [
      'a body without an end',
      () => head('GET /api/v1/devices HTTP/1.1', 'transfer-encoding: chunked'),
      413,
      'body_not_allowed',
    ],
    [
      'a long address',
      () => head(`GET /api/v1/devices?cursor=${'a'.repeat(5_000)} HTTP/1.1`),
      414,
      'uri_too_long',
    ],
    [
      'large headers',
      () => head('GET /api/v1/devices HTTP/1.1', `x: ${'a'.repeat(20_000)}`),
      431,
      'headers_too_large',
    ],
    ['no HTTP', () => 'hello\r\n\r\n', 400, 'malformed_request'],
    [
      'half a head',
      () => 'GET /api/v1/devices HTTP/1.1\r\n',
      408,
      'request_timeout',
    ],
  ])(
    '%s is refused and the connection closed',
    async (_, text, status, code) => {
      const answer = await sendRaw(text());
      expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      expect(answer).toContain('application/problem+json');
      expect(answer).toContain(`"code":"${code}"`);
    },
  );

  test.each(['DELETE', 'POST', 'QUERY'])('%s is refused', async method => {
    const response = await fetch(`${api.url}/api/v1/devices`, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD');
    expect(await response.json()).toMatchObject({ code: 'method_not_allowed' });
  });

  test('an address that only takes commands names POST', async () => {
    const response = await api.get('/api/v1/heatpump/p/commands/c/undo');
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
  });

  test.each([
    '/api/v2/devices',
    '/api/v1/devices/energy',
    '/%',
    '/api/v1/devices/energy/%ff/series',
  ])('the address %s is unknown', async path => {
    const response = await api.get(path);
    expect([400, 404]).toContain(response.status);
    expect(response.headers.get('content-type')).toBe(
      'application/problem+json',
    );
  });
});

describe('too much', () => {
  test('a token has so many requests in a minute', async () => {
    const own = await startApi(file, {
      database: api.database,
      limits: { requestsPerMinute: 2 },
    });
    const codes = [];
    for (let sent = 0; sent < 3; sent += 1)
      codes.push((await own.get('/api/v1/devices')).status);
    expect(codes).toEqual([200, 200, 429]);
    const refused = await own.get('/api/v1/devices');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    const other = await own.addToken();
    expect(
      (await own.get('/api/v1/devices', { authorization: `Bearer ${other}` }))
        .status,
    ).toBe(200);
  });

  test('and so many stored values that its queries touch', async () => {
    const own = await startApi(file, {
      database: api.database,
      limits: { pointsPerMinute: 40_000 },
    });
    const path =
      '/api/v1/devices/energy/meter/series?bucket=raw&fields=power_kw&from=2026-01-01T00:00:00Z&to=2026-01-03T00:00:00Z';
    expect((await own.get(path)).status).toBe(200);
    expect(await (await own.get(path)).json()).toMatchObject({
      code: 'rate_limited',
    });
  });

  test('a database without a free connection is said as that, with when to try again', async () => {
    const own = await startApi(file, {
      database: api.database,
      databaseLimits: { connections: 1, queue: 1 },
    });
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => own.get('/api/v1/energy/latest')),
    );
    const busy = answers.filter(({ status }) => status === 503);
    expect(answers.some(({ status }) => status === 200)).toBe(true);
    expect(busy.length).toBeGreaterThan(0);
    expect(busy[0]?.headers.get('retry-after')).toBe('1');
    expect(await busy[0]?.json()).toMatchObject({ code: 'database_busy' });
  });

  test('a query that takes too long is ended by the database', async () => {
    const own = await startApi(file, {
      database: api.database,
      databaseLimits: { statementTimeoutMs: 200 },
    });
    const owner = await api.database.connect('homelab_owner');
    await owner.query('BEGIN; LOCK TABLE temperature_readings');
    const response = await own.get('/api/v1/temperature/latest');
    await owner.query('ROLLBACK');
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ code: 'query_timeout' });
  });

  test('a database that is away is said as that, and is used again when it is back', async t => {
    const { host, port } = api.database.connection('homelab_api');
    const proxy = await createCuttingProxy(t, `postgres://${host}:${port}`);
    const own = await startApi(t, {
      database: api.database,
      databaseLimits: { host: '127.0.0.1', port: proxy.port },
    });
    expect((await own.get('/api/v1/energy/latest')).status).toBe(200);
    proxy.cut({ refuse: true });
    const response = await own.get('/api/v1/energy/latest');
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({
      code: 'database_unavailable',
    });
    proxy.allow();
    await eventually(async () => {
      expect((await own.get('/api/v1/energy/latest')).status).toBe(200);
    });
  });
});

describe('export', () => {
  const path = '/api/v1/devices/energy/meter/export?from=2026-01-01T00:00:00Z';

  const openExport = async (): Promise<Socket> => {
    const socket = connect(api.port, '127.0.0.1');
    socket.write(head(`GET ${path} HTTP/1.1`));
    await once(socket, 'readable');
    return socket;
  };
  const read = async (name: string) =>
    (await api.registry.getSingleMetric(name)?.get())?.values[0]?.value;
  const running = () => read('homelab_api_exports');
  const exportedRows = () => read('homelab_api_exported_rows_total');

  test('a reader that stops is read for no further, cut off, and its place is free again', async () => {
    const socket = await openExport();
    expect(await running()).toBe(1);
    // It holds no connection to the database meanwhile.
    await eventually(async () =>
      expect((await api.get('/api/v1/energy/latest')).status).toBe(200),
    );
    await eventually(async () => expect(await running()).toBe(0));
    // Of 60 000; the rest would be in memory.
    expect(await exportedRows()).toBeLessThan(40_000);
    socket.destroy();
  });

  test('only so many run at once', async () => {
    const own = await startApi(file, {
      database: api.database,
      limits: { concurrentExports: 1 },
    });
    const first = await own.get(path);
    const second = await own.get(path);
    expect(second.status).toBe(503);
    expect(await second.json()).toMatchObject({ code: 'exports_busy' });
    await first.body?.cancel();
    await eventually(async () => {
      const third = await own.get(path);
      expect(third.status).toBe(200);
      await third.body?.cancel();
    });
  });
});
