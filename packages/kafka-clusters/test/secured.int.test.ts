import { fileScope, startKafkaCluster } from '@homelab/test-kit';
import type { TestKafkaCluster } from '@homelab/test-kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ClusterConnection } from '../src';
import { awaitGroups, createCluster } from './kafka-support';

const everything = { includeGroup: () => true };
const file = fileScope(afterAll);
let kafka: TestKafkaCluster;

beforeAll(async () => {
  kafka = await startKafkaCluster(file, { brokers: 1, secured: true });
});

/** The connection as the portal would configure it, with changes. */
function connection(
  changes: Partial<ClusterConnection> = {},
): Partial<ClusterConnection> {
  const { address, ca, username, password } = kafka.secured!;
  return {
    brokers: [address],
    tls: { ca },
    sasl: { mechanism: 'SCRAM-SHA-512', username, password },
    ...changes,
  };
}

test.for(['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const)(
  'logs in over TLS with %s, and reads and commits',
  async (mechanism, t) => {
    const { username, password } = kafka.secured!;
    const cluster = createCluster(
      t,
      connection({ sasl: { mechanism, username, password } }),
    );
    await awaitGroups(cluster);
    const { brokers } = await cluster.snapshot(everything);
    expect(brokers).toMatchObject([
      { nodeId: 1, port: Number(kafka.secured!.address.split(':')[1]) },
    ]);
  },
);

test('a refused login names the setting to check, and never the password', async t => {
  const { username } = kafka.secured!;
  const sasl = {
    mechanism: 'SCRAM-SHA-256',
    username,
    password: 'wrong-secret',
  } as const;
  const failure = await createCluster(t, connection({ sasl }))
    .snapshot(everything)
    .catch((error: unknown) => error);
  expect(failure).toMatchObject({
    code: 'SASL_AUTHENTICATION_FAILED',
    retryable: false,
    message: expect.stringContaining('"sasl"'),
  });
  expect(String(failure)).not.toContain('wrong-secret');
});

test('an untrusted certificate is refused', async t => {
  await expect(
    createCluster(t, connection({ tls: true })).snapshot(everything),
  ).rejects.toMatchObject({
    code: 'BROKER_UNREACHABLE',
    message: expect.stringContaining('self-signed certificate'),
  });
  const trusting = connection({ tls: { rejectUnauthorized: false } });
  const { problems } = await createCluster(t, trusting).snapshot(everything);
  expect(problems).toEqual([]);
});

test('TLS on one side only fails at once', async t => {
  const withoutTls = connection({ tls: undefined, sasl: undefined });
  await expect(
    createCluster(t, withoutTls).snapshot(everything),
  ).rejects.toMatchObject({
    code: 'BROKER_UNREACHABLE',
    message: expect.stringContaining('requires TLS'),
  });
  const withoutBroker = connection({
    brokers: kafka.addresses,
    sasl: undefined,
  });
  await expect(
    createCluster(t, withoutBroker).snapshot(everything),
  ).rejects.toMatchObject({ code: 'BROKER_UNREACHABLE' });
});
