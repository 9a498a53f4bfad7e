import { eventually, fileScope } from '@homelab/test-kit';
import { listApiTokens, revokeApiToken } from '@homelab/timescale-schema';
import {
  afterAll,
  beforeAll,
  describe,
  expect,
  onTestFinished,
  test,
} from 'vitest';
import {
  createNeighbours,
  metric,
  openRaw,
  startLive,
} from './live-fixture.ts';
import type { Neighbours, TestLive } from './live-fixture.ts';

const file = fileScope(afterAll);
const scope = { onTestFinished };
let neighbours: Neighbours;
let live: TestLive;

beforeAll(async () => {
  neighbours = await createNeighbours(file);
  live = await startLive(file, neighbours, { recheckTokensMs: 100 });
}, 120_000);

const http = (path: string) => `http://127.0.0.1:${live.port}${path}`;
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** What an upgrade is answered with. */
async function refusal(
  options: Parameters<typeof openRaw>[2] & { path?: string },
): Promise<string> {
  const { path = '', ...rest } = options;
  return openRaw(scope, live.url + path, rest).then(
    () => 'accepted',
    (error: Error) => error.message,
  );
}

async function ticketFor(token: string): Promise<Response> {
  return fetch(http('/api/v1/live/tickets'), {
    method: 'POST',
    headers: bearer(token),
  });
}

test('an upgrade without a valid token or ticket is refused', async () => {
  const expired = await neighbours.addToken({
    expiresAt: new Date(Date.now() - 1_000),
  });
  for (const options of [
    {},
    { token: 'homelab_wrong' },
    { token: expired },
    { path: '?ticket=x' },
    { path: `?ticket=${'a'.repeat(43)}`, token: await neighbours.addToken() },
  ])
    expect(await refusal(options)).toMatch('401');
  expect(await refusal({ token: await neighbours.addToken() })).toBe(
    'accepted',
  );
});

test('pages of other origins are refused, whatever they bring', async () => {
  const token = await neighbours.addToken();
  const from = (origin: string) => ({ token, headers: { origin } });
  expect(await refusal(from('https://evil.example'))).toMatch('403');
  expect(await refusal(from('null'))).toMatch('403');
  expect(await refusal(from('https://house.example'))).toBe('accepted');
});

test('a token without the scope may follow nothing', async () => {
  const token = await neighbours.addToken({ scopes: ['readings:export'] });
  expect((await ticketFor(token)).status).toBe(403);
  const raw = await openRaw(scope, live.url, { token });
  raw.send({ type: 'subscribe', id: 'a', stream: 'energy' });
  expect(await raw.ended()).toEqual({ error: 'forbidden', closeCode: 1008 });
});

test('a ticket opens one connection, once, also when two try at the same time', async () => {
  const response = await ticketFor(await neighbours.addToken());
  expect(response.status).toBe(201);
  expect(response.headers.get('cache-control')).toBe('no-store');
  const { ticket } = (await response.json()) as { ticket: string };
  const path = `?ticket=${ticket}`;
  const answers = await Promise.all([1, 2, 3].map(() => refusal({ path })));
  expect(answers.filter(answer => answer === 'accepted')).toHaveLength(1);
  expect(await refusal({ path })).toMatch('401');
});

test('a ticket is refused after its time, and the database keeps only its hash', async () => {
  const response = await ticketFor(await neighbours.addToken());
  const { ticket } = (await response.json()) as { ticket: string };
  const owner = await neighbours.database.connect('homelab_owner');
  const { rows } = await owner.query('SELECT * FROM live_tickets');
  expect(rows.length).toBeGreaterThan(0);
  expect(JSON.stringify(rows)).not.toContain(ticket);
  await owner.query('UPDATE live_tickets SET expires_at = now()');
  expect(await refusal({ path: `?ticket=${ticket}` })).toMatch('401');
});

describe('a connection ends with its token', () => {
  test('when it expires', async () => {
    const token = await neighbours.addToken({
      expiresAt: new Date(Date.now() + 700),
    });
    const raw = await openRaw(scope, live.url, { token });
    expect(await raw.ended()).toEqual({
      error: 'token_expired',
      closeCode: 1008,
    });
  });

  test.each(['bearer', 'ticket'])('when it is revoked, by %s', async how => {
    const token = await neighbours.addToken();
    const owner = await neighbours.database.connect('homelab_owner');
    const [newest] = await listApiTokens(owner);
    let raw;
    if (how === 'ticket') {
      const { ticket } = (await (await ticketFor(token)).json()) as {
        ticket: string;
      };
      raw = await openRaw(scope, `${live.url}?ticket=${ticket}`, {});
    } else raw = await openRaw(scope, live.url, { token });
    await revokeApiToken(owner, newest?.id ?? '');
    expect(await raw.ended()).toMatchObject({ error: 'token_expired' });
  });
});

test('only tickets are served over HTTP, in the form of problems', async () => {
  const post = { method: 'POST' };
  for (const [path, init, status, code] of [
    ['/', {}, 404, 'route_unknown'],
    ['/api/v1/live', {}, 404, 'route_unknown'],
    ['/api/v1/live/tickets', {}, 405, 'method_not_allowed'],
    ['/api/v1/live/tickets', post, 401, 'unauthenticated'],
    ['/api/v1/live/tickets', { ...post, body: 'x' }, 413, 'body_not_allowed'],
  ] as const) {
    const response = await fetch(http(path), init);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code });
  }
});

test('wrong tokens from one address are slowed down, valid ones are not', async () => {
  const own = await startLive(scope, neighbours);
  const answers = [];
  for (let sent = 0; sent < 65; sent += 1)
    answers.push(
      await openRaw(scope, own.url, { token: 'x' }).then(
        () => '',
        (error: Error) => error.message,
      ),
    );
  expect(answers.at(0)).toMatch('401');
  expect(answers.at(-1)).toMatch('429');
  const token = await neighbours.addToken();
  await openRaw(scope, own.url, { token });
});

test('more connections than allowed are refused, and one that ends makes room', async () => {
  const own = await startLive(scope, neighbours, {
    limits: { connections: 2 },
  });
  const token = await neighbours.addToken();
  const [first] = await Promise.all([
    openRaw(scope, own.url, { token }),
    openRaw(scope, own.url, { token }),
  ]);
  await expect(openRaw(scope, own.url, { token })).rejects.toThrow('429');
  first.socket.close();
  await eventually(async () =>
    expect(await metric(own.registry, 'connections')).toBe(1),
  );
  await openRaw(scope, own.url, { token });
});
