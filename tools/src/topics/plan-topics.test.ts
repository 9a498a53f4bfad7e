import { expect, test } from 'vitest';
import type { TopicDescription } from '@homelab/kafka';
import {
  describeStep,
  planTopics as planFor,
  type TopicStep,
  type WantedTopic,
} from './plan-topics.ts';

const wanted: WantedTopic = {
  name: 'house.power',
  partitions: 6,
  retentionMs: 86_400_000,
  cleanupPolicy: 'delete',
  replicationFactor: 1,
  maxMessageBytes: 1_000_000,
};

const settings = {
  'retention.ms': '86400000',
  'cleanup.policy': 'delete',
  'max.message.bytes': '1000000',
};

function existing(change: Partial<TopicDescription> = {}): TopicDescription {
  return {
    name: 'house.power',
    partitions: 6,
    replicationFactor: 1,
    config: settings,
    ...change,
  };
}

const planTopics = (
  all: readonly WantedTopic[],
  found: readonly TopicDescription[],
  brokers = 1,
) => planFor(all, found, brokers);

/** The reasons of a plan that only keeps. */
function reasonOf(steps: readonly TopicStep[]): string {
  expect(steps.map(({ kind }) => kind)).toEqual(['keep']);
  return steps.map(describeStep).join();
}

test('a missing Kafka topic is created with its partitions and settings', () => {
  expect(planTopics([wanted], [])).toEqual([
    {
      kind: 'create',
      topic: 'house.power',
      partitions: 6,
      replicationFactor: 1,
      config: settings,
    },
  ]);
});

test('nothing is done when everything is as wanted, nor to other Kafka topics', () => {
  const foreign = existing({ name: 'somebody.else', partitions: 1 });
  expect(planTopics([wanted], [existing(), foreign])).toEqual([]);
});

test('partitions are added', () => {
  const steps = planTopics([wanted], [existing({ partitions: 2 })]);
  expect(steps).toEqual([
    { kind: 'add-partitions', topic: 'house.power', from: 2, to: 6 },
  ]);
  expect(steps.map(describeStep).join()).toContain('Keys move');
});

test('partitions are never removed, and the reason is given', () => {
  expect(
    reasonOf(planTopics([wanted], [existing({ partitions: 9 })])),
  ).toContain('9 partitions and 6 are wanted');
});

test('copies are added if there are brokers for them', () => {
  const safer = { ...wanted, replicationFactor: 3 };
  expect(planTopics([safer], [existing()], 3)).toEqual([
    { kind: 'raise-replication', topic: 'house.power', from: 1, to: 3 },
  ]);
  expect(reasonOf(planTopics([safer], [existing()], 2))).toContain(
    'only 2 brokers can hold them',
  );
  expect(
    reasonOf(planTopics([wanted], [existing({ replicationFactor: 2 })])),
  ).toContain('fewer copies are less safe');
});

test('a missing Kafka topic gets as many copies as there are brokers', () => {
  const steps = planTopics([{ ...wanted, replicationFactor: 3 }], [], 2);
  expect(steps).toMatchObject([
    { kind: 'create', replicationFactor: 2 },
    { kind: 'keep' },
  ]);
});

test.each([
  ['500000', 'set-config'],
  ['2000000', 'keep'],
])('a limit of %s bytes leads to %s', (bytes, kind) => {
  const config = { ...settings, 'max.message.bytes': bytes };
  expect(
    planTopics([wanted], [existing({ config })]).map(step => step.kind),
  ).toEqual([kind]);
});

test.each([
  ['3600000', 'set-config'],
  ['-1', 'keep'],
  ['99999999999999999999', 'keep'],
])('a retention of %s ms leads to %s', (retention, kind) => {
  const found = existing({
    config: { ...settings, 'retention.ms': retention },
  });
  expect(planTopics([wanted], [found]).map(step => step.kind)).toEqual([kind]);
});

test.each([
  [undefined, 'set-config'],
  ['999', 'set-config'],
  ['2000', 'keep'],
  ['-1', 'keep'],
])('a bound of %s bytes leads to %s', (bound, kind) => {
  const bounded = { ...wanted, retentionBytes: 1_000 };
  const config = {
    ...settings,
    'segment.bytes': '125',
    ...(bound === undefined ? {} : { 'retention.bytes': bound }),
  };
  const steps = planTopics([bounded], [existing({ config })]);
  expect(steps.map(step => step.kind)).toEqual([kind]);
});

test('an unlimited retention is longer than any other', () => {
  const forEver = { ...wanted, retentionMs: -1 };
  expect(planTopics([forEver], [existing()])).toEqual([
    {
      kind: 'set-config',
      topic: 'house.power',
      key: 'retention.ms',
      from: '86400000',
      to: '-1',
    },
  ]);
});

test('a clean-up policy is only set where there is none', () => {
  const compacted = { ...wanted, cleanupPolicy: 'compact' as const };
  expect(reasonOf(planTopics([compacted], [existing()]))).toContain(
    'clean-up policy is "delete" and "compact" is wanted',
  );
  const { 'cleanup.policy': _unset, ...others } = settings;
  expect(planTopics([wanted], [existing({ config: others })])).toEqual([
    {
      kind: 'set-config',
      topic: 'house.power',
      key: 'cleanup.policy',
      from: undefined,
      to: 'delete',
    },
  ]);
});
