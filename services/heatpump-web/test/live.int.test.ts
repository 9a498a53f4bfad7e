import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApiToken } from '@homelab/timescale-schema';
import { eventually, fileScope } from '@homelab/test-kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { startWeb } from './web-fixture.ts';
import type { TestWeb } from './web-fixture.ts';

const file = fileScope(afterAll);
const token = createApiToken();
const handshakes: IncomingMessage[] = [];
let live: WebSocketServer;
let web: TestWeb;

beforeAll(async () => {
  live = new WebSocketServer({
    port: 0,
    host: '127.0.0.1',
    path: '/api/v1/live',
    verifyClient: ({ req }: { req: IncomingMessage }) =>
      req.headers.authorization === `Bearer ${token}`,
  });
  live.on('connection', (socket, request) => {
    handshakes.push(request);
    socket.send('welcome');
    socket.on('message', (text, isBinary) =>
      socket.send(text, { binary: isBinary }),
    );
  });
  await once(live, 'listening');
  file.onTestFinished(() => void live.close());
  web = await startWeb(file, { api: { liveUrl: addressOf(live), token } });
});

const addressOf = (server: WebSocketServer) =>
  `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/live`;

function open(
  to: TestWeb,
  headers: Record<string, string>,
  path = '/api/v1/live',
): WebSocket {
  const socket = new WebSocket(
    `ws://127.0.0.1:${to.port}${path}`,
    'homelab.live.v1',
    { headers: { origin: to.url, ...headers } },
  );
  file.onTestFinished(() => socket.terminate());
  return socket;
}

/** The status with which the upgrade is refused. */
async function refusal(socket: WebSocket): Promise<number | undefined> {
  socket.on('error', () => {});
  const [, response] = (await once(socket, 'unexpected-response')) as [
    unknown,
    IncomingMessage,
  ];
  return response.statusCode;
}

test('frames pass both ways, with our token instead of the cookie', async () => {
  const cookie = await web.signIn();
  const socket = open(web, { cookie });
  const [welcome] = (await once(socket, 'message')) as [Buffer];
  expect(welcome.toString()).toBe('welcome');
  expect(socket.protocol).toBe('homelab.live.v1');
  const large = 'a'.repeat(1_000_000);
  socket.send(large);
  const [back] = (await once(socket, 'message')) as [Buffer];
  expect(back.toString()).toBe(large);
  const { headers } = handshakes.at(-1) ?? {};
  expect(headers?.cookie).toBeUndefined();
  expect(headers?.origin).toBeUndefined();
});

test('nobody else gets in: not signed in, from another site, elsewhere', async () => {
  const cookie = await web.signIn();
  const before = handshakes.length;
  expect(await refusal(open(web, {}))).toBe(401);
  expect(await refusal(open(web, { cookie: 'homelab-session=x' }))).toBe(401);
  const evil = { cookie, origin: 'https://evil.example' };
  expect(await refusal(open(web, evil))).toBe(403);
  expect(await refusal(open(web, { cookie }, '/api/v1/other'))).toBe(404);
  expect(handshakes.length).toBe(before);
});

test('signing out ends the live connections of that device only', async () => {
  const [mine, others] = [await web.signIn(), await web.signIn()];
  const [ending, staying] = [
    open(web, { cookie: mine }),
    open(web, { cookie: others }),
  ];
  await Promise.all([once(ending, 'message'), once(staying, 'message')]);
  const closed = once(ending, 'close');
  await web.ask('/session', { method: 'DELETE', headers: { cookie: mine } });
  await closed;
  staying.send('still here');
  const [back] = (await once(staying, 'message')) as [Buffer];
  expect(back.toString()).toBe('still here');
});

test('a device has a limited number of live connections', async () => {
  const cookie = await web.signIn();
  const sockets = Array.from({ length: 20 }, () => open(web, { cookie }));
  await Promise.all(sockets.map(socket => once(socket, 'message')));
  expect(await refusal(open(web, { cookie }))).toBe(503);
  const closed = once(sockets[0] as WebSocket, 'close');
  sockets[0]?.close();
  await closed;
  await eventually(async () => {
    const again = open(web, { cookie });
    again.on('error', () => {});
    await once(again, 'message');
  });
});

test('the server of live readings going away ends the connection; one that is away or refuses is told', async () => {
  const own = new WebSocketServer({
    ...{ port: 0, host: '127.0.0.1', path: '/api/v1/live' },
  });
  own.on('connection', socket => socket.send('welcome'));
  await once(own, 'listening');
  const page = await startWeb(file, {
    api: { liveUrl: addressOf(own), token },
  });
  const cookie = await page.signIn();
  const socket = open(page, { cookie });
  await once(socket, 'message');
  const closed = once(socket, 'close');
  for (const client of own.clients) client.terminate();
  own.close();
  await closed;
  expect(await refusal(open(page, { cookie }))).toBe(502);
  const refused = await startWeb(file, {
    api: { liveUrl: addressOf(live), token: createApiToken() },
  });
  const other = await refused.signIn();
  expect(await refusal(open(refused, { cookie: other }))).toBe(502);
});

test('stopping the page ends its live connections', async () => {
  const page = await startWeb(file, {
    api: { liveUrl: addressOf(live), token },
  });
  const socket = open(page, { cookie: await page.signIn() });
  await once(socket, 'message');
  const closed = once(socket, 'close');
  await page.stop();
  await closed;
});
