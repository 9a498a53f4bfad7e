import { createServer } from 'node:net';
import { once } from 'node:events';
import type { TestScope } from '@homelab/test-kit';
import { expect, test } from 'vitest';
import {
  describeUsedPorts,
  parseListeningInode,
  requireFreePorts,
} from './used-ports.ts';

async function listen(t: TestScope, host: string): Promise<number> {
  const server = createServer();
  server.listen({ port: 0, host });
  await once(server, 'listening');
  t.onTestFinished(async () => {
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new Error('no port');
  return address.port;
}

for (const host of ['127.0.0.1', '0.0.0.0', '::']) {
  test(`names the port, who listens on ${host}, and the way out`, async t => {
    const port = await listen(t, host);
    await expect(
      requireFreePorts([{ label: 'MQTT', port }]),
    ).rejects.toMatchObject({
      code: 'used-port',
      message: expect.stringMatching(
        new RegExp(
          `port ${port} \\(MQTT\\) is used by .+ \\(pid ${process.pid}\\).*--port-offset`,
        ),
      ),
    });
  });
}

test('free ports are reported as free and stay free', async t => {
  const port = await listen(t, '127.0.0.1');
  const free = [{ label: 'MQTT', port: port === 21_199 ? 21_198 : 21_199 }];
  await requireFreePorts(free);
  await requireFreePorts(free);
});

test('says so when the owner cannot be found', () => {
  expect(describeUsedPorts([{ label: 'Kafka', port: 9092 }])).toContain(
    'port 9092 (Kafka) is used by another program',
  );
});

test('finds the listening socket of a port, not a connection from it', () => {
  const table = [
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
    '   0: 0100007F:075B 0100007F:D431 01 00000000:00000000 00:00000000 00000000     0        0 111 1',
    '   1: 0100007F:075B 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 222 1',
  ].join('\n');
  expect(parseListeningInode(table, 1883)).toBe('222');
  expect(parseListeningInode(table, 1884)).toBeUndefined();
});
