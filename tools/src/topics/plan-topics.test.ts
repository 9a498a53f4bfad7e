import { expect, test } from 'vitest';
import {
  describeStep,
  type ExistingTopic,
  planTopics,
  type WantedTopic,
} from './plan-topics.ts';

const wanted: WantedTopic = {
  name: 'house.power',
  partitions: 6,
  retentionMs: 86_400_000,
  cleanupPolicy: 'delete',
};

function existing(change: Partial<ExistingTopic> = {}): ExistingTopic {
  return {
    name: 'house.power',
    partitions: 6,
    config: { 'retention.ms': '86400000', 'cleanup.policy': 'delete' },
    ...change,
  };
}

test('a missing Kafka topic is created with its partitions and settings', () => {
  expect(planTopics([wanted], [])).toEqual([
    {
      kind: 'create',
      topic: 'house.power',
      partitions: 6,
      config: { 'retention.ms': '86400000', 'cleanup.policy': 'delete' },
    },
  ]);
});

test('nothing is done when all is as wanted, nor to Kafka topics that are not ours', () => {
  const foreign = existing({ name: 'somebody.else', partitions: 1 });
  expect(planTopics([wanted], [existing(), foreign])).toEqual([]);
});

test('partitions are added', () => {
  expect(planTopics([wanted], [existing({ partitions: 2 })])).toEqual([
    { kind: 'add-partitions', topic: 'house.power', from: 2, to: 6 },
  ]);
});

test('partitions are never taken away, and the reason is given', () => {
  const [step, ...rest] = planTopics([wanted], [existing({ partitions: 9 })]);
  expect(rest).toEqual([]);
  expect(step?.kind).toBe('keep');
  expect(step && describeStep(step)).toContain('9 partitions and 6 are wanted');
});

test.each([
  ['3600000', 'set-config'],
  ['-1', 'keep'],
  ['99999999999999999999', 'keep'],
])('a retention of %s ms leads to %s', (retention, kind) => {
  const found = existing({
    config: { 'retention.ms': retention, 'cleanup.policy': 'delete' },
  });
  expect(planTopics([wanted], [found]).map(step => step.kind)).toEqual([kind]);
});

test('a retention for ever is longer than any other', () => {
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

test('another cleanup policy is set', () => {
  const compacted = { ...wanted, cleanupPolicy: 'compact' };
  expect(planTopics([compacted], [existing()])).toEqual([
    {
      kind: 'set-config',
      topic: 'house.power',
      key: 'cleanup.policy',
      from: 'delete',
      to: 'compact',
    },
  ]);
});
