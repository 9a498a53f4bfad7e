import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mockServices } from '@backstage/backend-test-utils';
import { requireKnownHost } from './requireKnownHost';

type Hosts = string | string[] | Record<string, number>;

function guard(allowedHosts?: Hosts) {
  return requireKnownHost(
    mockServices.rootConfig({
      data: {
        app: { baseUrl: 'https://home.example' },
        backend: { baseUrl: 'http://portal.example:7007', allowedHosts },
      },
    }),
  );
}

async function statusFor(
  host: string,
  options: { path?: string; allowedHosts?: Hosts } = {},
): Promise<number | undefined> {
  const handler = guard(options.allowedHosts);
  const server = createServer((req, res) =>
    handler(req, res, () => res.end('ok')),
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    const asking = request({
      port,
      host: '127.0.0.1',
      path: options.path,
      headers: { host },
    }).end();
    const [response] = await once(asking, 'response');
    response.resume();
    return response.statusCode;
  } finally {
    server.close();
  }
}

it.each([
  'portal.example:7007',
  'home.example',
  'localhost:7007',
  '127.0.0.1',
  '[::1]:7007',
])('answers as %s', async host => {
  await expect(statusFor(host)).resolves.toBe(200);
});

it.each(['evil.example:7007', 'localhost.evil.example', 'a b', 'a@localhost'])(
  'refuses the host %s',
  async host => {
    await expect(statusFor(host)).resolves.toBe(421);
  },
);

it.each([[['homelab.lan', '192.168.1.5:7007']], ['homelab.lan, 192.168.1.5']])(
  'answers under the configured names %p',
  async allowedHosts => {
    for (const host of ['homelab.lan', 'HOMELAB.LAN:7007', '192.168.1.5']) {
      await expect(statusFor(host, { allowedHosts })).resolves.toBe(200);
    }
    const other = statusFor('evil.example', { allowedHosts });
    await expect(other).resolves.toBe(421);
  },
);

it('treats an empty variable as no additional names', async () => {
  const other = statusFor('evil.example', { allowedHosts: '' });
  await expect(other).resolves.toBe(421);
});

it.each([[['http://homelab.lan']], [{ a: 1 }], [['a b']]])(
  'refuses %p as configuration',
  allowedHosts => {
    expect(() => guard(allowedHosts)).toThrow(/backend\.allowedHosts must be/);
  },
);

it.each([
  '/.backstage/health/v1/readiness',
  '/.backstage/health/v1/liveness',
  '/api/consumer-lag/metrics',
])('answers %s to a kubelet or Prometheus under any name', async path => {
  await expect(statusFor('10.1.2.3:7007', { path })).resolves.toBe(200);
});

it.each([
  '/',
  '/api/auth/guest/refresh',
  '/api/catalog/entities?x=/.backstage/health/',
  '/api/catalog/x/metrics',
  '/..//.backstage/health/',
])('refuses %s to them', async path => {
  await expect(statusFor('10.1.2.3:7007', { path })).resolves.toBe(421);
});
