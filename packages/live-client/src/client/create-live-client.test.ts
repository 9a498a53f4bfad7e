import { once } from 'node:events';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { createLiveClient } from './create-live-client.ts';
import type { LiveClientOptions, LiveState } from './types.ts';

const hello = {
  type: 'hello',
  version: 1,
  sentAt: '2026-01-12T06:00:00.000Z',
  pipeline: { ok: true, detail: 'Following.' },
};

/** A client of a server that answers each connection as the test says. */
async function clientOf(
  onConnection: (socket: WebSocket, count: number) => void,
  options: Partial<LiveClientOptions> = {},
) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const requests: { url: string; authorization: string | undefined }[] = [];
  server.on('connection', (socket, { url = '', headers }) => {
    requests.push({ url, authorization: headers.authorization });
    onConnection(socket, requests.length);
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const client = createLiveClient({
    url: `ws://127.0.0.1:${port}/api/v1/live`,
    minBackoffMs: 1,
    maxBackoffMs: 2,
    ...options,
  });
  const states: LiveState[] = [];
  client.onState(state => states.push(state));
  onTestFinished(() => {
    client.stop();
    for (const socket of server.clients) socket.terminate();
    server.close();
  });
  return { client, requests, states };
}

const send = (socket: WebSocket, frame: object) =>
  socket.send(JSON.stringify(frame));

const ignore = { onSnapshot() {}, onChanges() {} };

test('asks for credentials at each attempt and never puts a token into the address', async () => {
  let asked = 0;
  const { client, requests } = await clientOf(socket => socket.close(), {
    credentials: () => {
      asked += 1;
      return asked === 1 ? { bearer: 'secret' } : { ticket: 'once/1' };
    },
  });
  client.start();
  await vi.waitFor(() => expect(requests.length).toBeGreaterThan(1));
  expect(requests.slice(0, 2)).toEqual([
    { url: '/api/v1/live', authorization: 'Bearer secret' },
    { url: '/api/v1/live?ticket=once%2F1', authorization: undefined },
  ]);
});

test('an error that would come again ends the attempts, and start tries anew', async () => {
  const { client, requests } = await clientOf((socket, count) => {
    send(socket, hello);
    if (count > 1) return;
    send(socket, {
      type: 'error',
      code: 'forbidden',
      message: 'The token needs the scope readings:read.',
    });
    socket.close(1008);
  });
  client.start();
  await vi.waitFor(() =>
    expect(client.state()).toMatchObject({
      status: 'refused',
      code: 'forbidden',
      detail: 'The token needs the scope readings:read.',
    }),
  );
  client.start();
  await vi.waitFor(() => expect(client.state().status).toBe('open'));
  expect(requests).toHaveLength(2);
});

test('waits grow until readings come, however often it is let in', async () => {
  const waits: number[] = [];
  let lastMs: number | undefined;
  const { client } = await clientOf(
    (socket, count) => {
      if (lastMs !== undefined) waits.push(performance.now() - lastMs);
      send(socket, hello);
      if (count === 3)
        send(socket, {
          type: 'snapshot',
          channel: 'c',
          sentAt: hello.sentAt,
          position: { epoch: 'e', offsets: {} },
          readings: [],
        });
      socket.close(1011);
      lastMs = performance.now();
    },
    { minBackoffMs: 60, maxBackoffMs: 10_000, random: () => 0 },
  );
  client.subscribe({ stream: 'energy' }, ignore);
  client.start();
  await vi.waitFor(() => expect(waits.length).toBeGreaterThan(2), 5_000);
  // Doubled after the first loss, and from the start again after the third, which had readings.
  expect(waits[0]).toBeGreaterThanOrEqual(55);
  expect(waits[1]).toBeGreaterThanOrEqual(115);
  expect(waits[2]).toBeLessThan(115);
});

test('a silent server is asked, then left', async () => {
  const asked: string[] = [];
  const { client, requests } = await clientOf(
    socket => {
      send(socket, hello);
      socket.on('message', data => asked.push(String(data)));
    },
    { silenceMs: 20, answerMs: 50 },
  );
  client.start();
  await vi.waitFor(() => expect(requests.length).toBeGreaterThan(1));
  expect(asked[0]).toBe('{"type":"ping"}');
});

test('frames of a later version are ignored, unreadable ones end the connection', async () => {
  const { client, requests, states } = await clientOf((socket, count) => {
    send(socket, { type: 'news', of: 'tomorrow' });
    send(socket, hello);
    if (count === 1) send(socket, { type: 'changes', channel: 7 });
  });
  client.start();
  await vi.waitFor(() => expect(requests).toHaveLength(2));
  await vi.waitFor(() => expect(client.state().status).toBe('open'));
  expect(states.map(({ status }) => status)).toEqual([
    'connecting',
    'open',
    'lost',
    'open',
  ]);
});

test('without credentials it stays lost and says why', async () => {
  const { client, requests } = await clientOf(() => {}, {
    credentials: () => Promise.reject(new Error('No ticket today.')),
  });
  client.start();
  await vi.waitFor(() =>
    expect(client.state()).toMatchObject({
      status: 'lost',
      detail: 'No connection could be opened: No ticket today.',
    }),
  );
  expect(requests).toEqual([]);
});
