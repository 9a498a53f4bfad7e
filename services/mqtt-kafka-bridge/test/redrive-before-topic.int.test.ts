import { createKafkaClient } from '@homelab/kafka';
import {
  createBackoff,
  createLogLimiter,
  createRegistry,
} from '@homelab/service-kit';
import {
  createMemoryLog,
  createTestAdmin,
  eventually,
  testServers,
  uniqueName,
} from '@homelab/test-kit';
import { expect, onTestFinished, test } from 'vitest';
import { createBridgeMetrics } from '../src/metrics.ts';
import { createRedriveSource } from '../src/redrive-source.ts';
import { createTranslate } from '../src/translate-message.ts';
import { defaultLimits, routerIn } from './bridge-fixtures.ts';

test('a redrive source that started before its Kafka topic existed is ready once it does', async () => {
  const topic = uniqueName('redrive');
  const { logger } = createMemoryLog();
  const kafka = createKafkaClient({
    brokers: testServers().kafka.brokers,
    clientId: uniqueName('bridge'),
    logger,
  });
  const source = createRedriveSource({
    createConsumer: () =>
      kafka.consumer({ groupId: uniqueName('group'), fromBeginning: true }),
    topic,
    translate: createTranslate({ router: routerIn(), limits: defaultLimits }),
    send: async () => {},
    backoff: createBackoff({ minMs: 50, maxMs: 200 }),
    metrics: createBridgeMetrics(createRegistry('bridge'), () => ({
      connected: true,
      intakePaused: false,
      pendingCount: 0,
      pendingBytes: 0,
      oldestReceivedAtMs: undefined,
    })),
    logger,
    logLimiter: createLogLimiter(),
  });
  onTestFinished(() => source.stop());
  source.start();
  await eventually(() =>
    expect(source.state()).toMatchObject({
      ok: false,
      detail: expect.stringContaining('does not exist'),
    }),
  );
  const admin = await createTestAdmin({ onTestFinished });
  await admin.createTopics([{ name: topic, partitions: 1 }]);
  onTestFinished(() => admin.deleteTopics([topic]).catch(() => {}));
  await eventually(() => expect(source.state()).toEqual({ ok: true }), {
    timeoutMs: 30_000,
  });
});
