import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { probeTarget } from './probe';

const servers: Server[] = [];

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** A port without a listener: one that was free a moment ago. */
async function closedPort(): Promise<number> {
  const port = await serve(() => {});
  await close(servers.pop());
  return port;
}

async function close(server: Server | undefined): Promise<void> {
  server?.closeAllConnections();
  await new Promise(resolve =>
    server ? server.close(resolve) : resolve(null),
  );
}

afterEach(async () => {
  for (const server of servers.splice(0)) await close(server);
});

function answering(status: number, body: string): Promise<number> {
  return serve((_request, response) => response.writeHead(status).end(body));
}

const probeHttp = (port: number, timeoutMs = 2000) =>
  probeTarget(
    { kind: 'http', url: `http://127.0.0.1:${port}/readyz` },
    AbortSignal.timeout(timeoutMs),
  );

it('reports each dependency of a service that is ready', async () => {
  const body = {
    ready: true,
    dependencies: { kafka: { ok: true, detail: 'leader 1' } },
  };
  const port = await answering(200, JSON.stringify(body));
  expect(await probeHttp(port)).toEqual({
    state: 'ok',
    detail: null,
    dependencies: [{ name: 'kafka', ok: true, detail: 'leader 1' }],
    answered: true,
  });
});

it('reports a service that answers 503 as not ready, with its dependencies', async () => {
  const body = {
    status: 'not ready',
    dependencies: {
      kafka: { ok: true },
      timescale: { ok: false, detail: 'unreachable' },
    },
  };
  const port = await answering(503, JSON.stringify(body));
  expect(await probeHttp(port)).toEqual({
    state: 'not-ready',
    detail: null,
    dependencies: [
      { name: 'kafka', ok: true },
      { name: 'timescale', ok: false, detail: 'unreachable' },
    ],
    answered: true,
  });
});

it.each([
  ['plain text', 'up and well'],
  ['JSON of another shape', '{"dependencies":["kafka"]}'],
  [
    'a body beyond the limit',
    JSON.stringify({
      dependencies: { a: { ok: true } },
      pad: 'x'.repeat(70_000),
    }),
  ],
])('takes any 2xx answer with %s for ok', async (_what, body) => {
  const port = await answering(200, body);
  expect(await probeHttp(port)).toMatchObject({
    state: 'ok',
    dependencies: [],
  });
});

it.each([404, 500])('reports the status %i', async status => {
  const port = await answering(status, 'no');
  expect(await probeHttp(port)).toMatchObject({
    state: 'not-ready',
    detail: `it answered HTTP ${status}`,
  });
});

it('does not follow redirects', async () => {
  const port = await serve((request, response) =>
    request.url === '/login'
      ? response.writeHead(200).end()
      : response.writeHead(302, { location: '/login' }).end(),
  );
  expect(await probeHttp(port)).toMatchObject({
    detail: 'it answered HTTP 302',
  });
});

it('reports at most 50 dependencies', async () => {
  const dependencies = Object.fromEntries(
    Array.from({ length: 60 }, (_, index) => [`d${index}`, { ok: true }]),
  );
  const port = await answering(200, JSON.stringify({ dependencies }));
  expect((await probeHttp(port)).dependencies).toHaveLength(50);
});

it('reports a service as down that does not answer in time', async () => {
  const port = await serve(() => {});
  expect(await probeHttp(port, 100)).toEqual({
    state: 'down',
    detail: 'no answer in time',
    dependencies: [],
    answered: false,
  });
});

it('reports a service as down if nothing listens on its port', async () => {
  expect(await probeHttp(await closedPort())).toMatchObject({
    state: 'down',
    detail: 'nothing listens there',
  });
});

it('reports a service as down that closes the connection', async () => {
  const port = await serve(request => request.socket.destroy());
  expect(await probeHttp(port)).toMatchObject({
    state: 'down',
    answered: false,
  });
});

it('reports an open TCP port as ok and a closed one as down', async () => {
  const open = await serve(() => {});
  const probe = (port: number) =>
    probeTarget(
      { kind: 'tcp', host: '127.0.0.1', port },
      AbortSignal.timeout(2000),
    );
  expect(await probe(open)).toMatchObject({ state: 'ok', answered: true });
  expect(await probe(await closedPort())).toMatchObject({
    state: 'down',
    detail: 'nothing listens there',
  });
});
