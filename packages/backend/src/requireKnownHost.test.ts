import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { requireKnownHost } from './requireKnownHost';

async function statusFor(host: string): Promise<number | undefined> {
  const handler = requireKnownHost('http://portal.example:7007');
  const server = createServer((req, res) =>
    handler(req, res, () => res.end('ok')),
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    const asking = request({
      port,
      host: '127.0.0.1',
      headers: { host },
    }).end();
    const [response] = await once(asking, 'response');
    response.resume();
    return response.statusCode;
  } finally {
    server.close();
  }
}

it.each(['portal.example:7007', 'localhost:7007', '127.0.0.1', '[::1]:7007'])(
  'answers as %s',
  async host => {
    await expect(statusFor(host)).resolves.toBe(200);
  },
);

it.each(['evil.example:7007', 'localhost.evil.example', 'a b'])(
  'refuses the host %s',
  async host => {
    await expect(statusFor(host)).resolves.toBe(421);
  },
);
