import { readFileSync } from 'node:fs';
import { Admin, Producer, stringSerializers } from '@platformatic/kafka';
import { expect, test, vi } from 'vitest';
import { z } from 'zod';
import { startKafkaCluster, testServers, uniqueName } from '../src/index.ts';
import type { TestScope } from '../src/index.ts';
import { testKafkaProgram } from '../src/test-servers.ts';

/** Kafka unpacks a native library before it reads the first records of each. */
const unpacked = ['snappy', 'zstd'] as const;

/** Writes a record in each compression to a new topic; rejects when the broker refuses one. */
async function writeCompressed(
  t: TestScope,
  bootstrapBrokers: readonly string[],
): Promise<void> {
  const options = {
    clientId: uniqueName('test'),
    bootstrapBrokers: [...bootstrapBrokers],
    retries: 1,
  };
  const admin = new Admin(options);
  t.onTestFinished(() => admin.close());
  const topic = uniqueName('compressed');
  await admin.createTopics({ topics: [topic], partitions: 1, replicas: 1 });
  t.onTestFinished(() => admin.deleteTopics({ topics: [topic] }));
  for (const compression of unpacked) {
    const producer = new Producer({
      ...options,
      compression,
      serializers: stringSerializers,
    });
    try {
      await producer.send({
        messages: [{ topic, value: compression.repeat(50) }],
      });
    } finally {
      await producer.close();
    }
  }
}

test('the Kafka of the stack unpacks its native libraries in its own folder', async t => {
  await writeCompressed(t, testServers().kafka.brokers);
  const { processes } = z
    .object({
      processes: z.array(
        z.object({
          name: z.string(),
          identity: z.object({ pid: z.number() }).optional(),
        }),
      ),
    })
    .parse(
      JSON.parse(
        readFileSync(String(process.env.HOMELAB_TEST_RUN_STATE), 'utf8'),
      ),
    );
  const kafka = processes.find(({ name }) => name === 'kafka');
  const maps = readFileSync(`/proc/${kafka?.identity?.pid}/maps`, 'utf8');
  for (const name of unpacked)
    expect(maps).toMatch(new RegExp(`/config/kafka/tmp/.*${name}.*\\.so`));
});

test('the Kafka of a test reads every compression when the temporary folder is read-only', async t => {
  const program = testKafkaProgram();
  vi.stubEnv(
    'HOMELAB_TEST_KAFKA_PROGRAM',
    JSON.stringify({
      ...program,
      jvmOptions: [...program.jvmOptions, '-Djava.io.tmpdir=/proc/nowhere'],
    }),
  );
  t.onTestFinished(() => void vi.unstubAllEnvs());
  const { addresses } = await startKafkaCluster(t, { brokers: 1 });
  await writeCompressed(t, addresses);
});
