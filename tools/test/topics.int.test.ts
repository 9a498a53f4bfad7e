import { topicDefinitions } from '@homelab/telemetry';
import { testServers } from '@homelab/test-kit';
import { expect, test } from 'vitest';
import { runHomelab } from './run-homelab.ts';

const brokers = testServers().kafka.brokers.join(',');

test('plan shows what is missing, apply creates it, and then nothing is left to do', async () => {
  // Other tests use the same Kafka and may have created topics already.
  const applied = await runHomelab(['topics', 'apply', '--brokers', brokers]);
  expect(applied).toMatchObject({ code: 0, err: '' });
  const plan = await runHomelab(['topics', 'plan', '--brokers', brokers]);
  expect(plan).toEqual({
    code: 0,
    err: '',
    out: `Nothing to do: all ${topicDefinitions.length} Kafka topics are as they should be.\n`,
  });
});

test('copies that no broker can hold are not planned, and the exit code stays 0', async () => {
  const env = { KAFKA_BROKERS: brokers };
  await runHomelab(['topics', 'apply'], env);
  const plan = await runHomelab(['topics', 'plan', '--replication', '3'], env);
  expect(plan.code).toBe(0);
  expect(plan.out).toContain(
    'homelab.energy stays as it is: it has 1 copy and 3 are wanted, but only 1 broker can hold them; add brokers and apply again\n',
  );
});

test('a wrong word, a wrong number and an unreachable Kafka are reported in a sentence', async () => {
  const wrong = await runHomelab(['topics', 'shrink', '--brokers', brokers]);
  expect(wrong.code).toBe(2);
  expect(wrong.err).toContain("unknown command 'shrink'");
  const number = await runHomelab(['topics', 'plan', '--replication', 'many']);
  expect(number).toMatchObject({
    code: 1,
    err: expect.stringContaining('"many" is not a number of copies'),
  });
  const nobody = await runHomelab([
    'topics',
    'plan',
    '--brokers',
    '127.0.0.1:1',
  ]);
  expect(nobody.code).toBe(1);
  expect(nobody.err).toMatch(
    /^homelab: Kafka at 127\.0\.0\.1:1: .*ECONNREFUSED/,
  );
});
