import { eventually, startKafkaCluster, uniqueName } from '@homelab/test-kit';
import type { TestKafkaCluster } from '@homelab/test-kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLogger } from '@homelab/service-kit';
import { createKafkaClient } from '../src/index.ts';
import type { KafkaClient, KafkaSecurity } from '../src/index.ts';

const topic = 'secured';
let kafka: TestKafkaCluster;

beforeAll(async () => {
  kafka = await startKafkaCluster(
    { onTestFinished: afterAll },
    { brokers: 1, secured: true },
  );
  const admin = createKafkaClient({
    brokers: kafka.addresses,
    clientId: 'test',
    logger: createLogger({ component: 'test', level: 'silent' }),
  }).admin();
  await admin.start();
  await admin.createTopics([{ name: topic, partitions: 1 }]);
  await admin.stop();
  // Keys, certificates and a broker are created first, possibly on a busy machine.
}, 120_000);

function securedListener() {
  if (kafka.secured === undefined) throw new Error('It has no such listener.');
  return kafka.secured;
}

function createClient(
  sasl: Partial<NonNullable<KafkaSecurity['sasl']>> = {},
): KafkaClient {
  const { address, ca, username, password } = securedListener();
  return createKafkaClient({
    brokers: [address],
    clientId: uniqueName('secured'),
    logger: createLogger({ component: 'test', level: 'silent' }),
    tls: { ca },
    sasl: { mechanism: 'SCRAM-SHA-512', username, password, ...sasl },
  });
}

test.for(['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const)(
  'writes, reads, and sends transactions over TLS, signed in with %s',
  async (mechanism, t) => {
    const client = createClient({ mechanism });
    const producer = client.producer();
    t.onTestFinished(() => producer.stop());
    await producer.start();
    await producer.send([{ topic, key: mechanism, value: 'plain' }]);
    const transactional = client.transactionalProducer({
      transactionalId: uniqueName('secured'),
    });
    t.onTestFinished(() => transactional.stop());
    await transactional.start();
    await transactional.send([{ topic, key: mechanism, value: 'whole' }]);
    // Kafka acknowledges a commit before the end marker is written; until then the record
    // is hidden.
    await eventually(async () =>
      expect(await valuesOf(client, mechanism)).toEqual(['plain', 'whole']),
    );
  },
);

async function valuesOf(client: KafkaClient, key: string): Promise<string[]> {
  const values: string[] = [];
  await client.read({
    topics: [topic],
    onRecords: async records => {
      for (const record of records)
        if (String(record.key) === key) values.push(String(record.value));
      return 'more';
    },
  });
  return values;
}

test('a refused login is reported without the password', async () => {
  const admin = createClient({ password: 'wrong-secret' }).admin();
  const failure = await admin.start().catch((error: unknown) => error);
  expect(String(failure)).toMatch(/authentication/i);
  expect(String(failure)).not.toContain('wrong-secret');
});
