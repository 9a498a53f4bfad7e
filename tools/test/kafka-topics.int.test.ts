import { createTestAdmin, uniqueName } from '@homelab/test-kit';
import { expect, test } from 'vitest';
import { applyTopics } from '../src/topics/apply-topics.ts';
import { planTopics, type WantedTopic } from '../src/topics/plan-topics.ts';

test('creates, grows and reconfigures a Kafka topic, after which nothing is left to do', async t => {
  const admin = await createTestAdmin(t);
  const name = uniqueName('plan');
  t.onTestFinished(() => admin.deleteTopics([name]));
  const first: WantedTopic = {
    name,
    partitions: 1,
    retentionMs: 3_600_000,
    cleanupPolicy: 'delete',
    replicationFactor: 1,
    maxMessageBytes: 1_048_588,
  };
  const plan = async (wanted: WantedTopic) =>
    planTopics([wanted], await admin.describeTopics([name]), 1);

  expect(await admin.describeTopics([name])).toEqual([]);
  await applyTopics(admin, await plan(first));
  expect(await plan(first)).toEqual([]);

  const grown = { ...first, partitions: 3, retentionMs: 7_200_000 };
  expect((await plan(grown)).map(step => step.kind)).toEqual([
    'add-partitions',
    'set-config',
  ]);
  await applyTopics(admin, await plan(grown));
  expect(await plan(grown)).toEqual([]);

  // One setting at a time must not reset the other.
  const roomy = { ...grown, maxMessageBytes: 2_000_000 };
  await applyTopics(admin, await plan(roomy));
  expect(await plan(roomy)).toEqual([]);
});

test('leaves partitions, retention and message size alone rather than shrinking them', async t => {
  const admin = await createTestAdmin(t);
  const name = uniqueName('keep');
  t.onTestFinished(() => admin.deleteTopics([name]));
  const wanted: WantedTopic = {
    name,
    partitions: 3,
    retentionMs: 7_200_000,
    cleanupPolicy: 'delete',
    replicationFactor: 1,
    maxMessageBytes: 1_048_588,
  };
  await applyTopics(admin, planTopics([wanted], [], 1));
  const smaller = {
    ...wanted,
    partitions: 1,
    retentionMs: 60_000,
    maxMessageBytes: 1_000,
  };
  const steps = planTopics([smaller], await admin.describeTopics([name]), 1);
  expect(steps.map(step => step.kind)).toEqual(['keep', 'keep', 'keep']);
  await applyTopics(admin, steps);
  expect(planTopics([wanted], await admin.describeTopics([name]), 1)).toEqual(
    [],
  );
});
