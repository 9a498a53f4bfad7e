import { createTestTopics, readTopic, uniqueName } from '@homelab/test-kit';
import { expect, onTestFinished, test } from 'vitest';
import {
  commonLetterFormat,
  emptyLedger,
  listLetters,
  summariseLetters,
} from '../src/index.ts';
import type { LetterPlace } from '../src/index.ts';
import { createRedriveFixture, sinkLetter, upTo } from './redrive-fixture.ts';

const t = { onTestFinished };
const format = commonLetterFormat;
const count = 600;

/** Letters in three partitions, sent in transactions whose markers leave gaps in the offsets. */
async function createWideTopic() {
  const { kafka, admin } = await createRedriveFixture(t);
  const { wide } = await createTestTopics(t, ['wide'], { partitions: 3 });
  const producer = kafka.transactionalProducer({
    transactionalId: uniqueName('wide'),
  });
  onTestFinished(() => producer.stop());
  await producer.start();
  for (let from = 0; from < count; from += 60)
    await producer.send(
      upTo(60).map(index => ({
        ...sinkLetter({ topic: wide, origin: 'origin' }, from + index),
        partition: (from + index) % 3,
      })),
    );
  // Kafka acknowledges a commit a moment before its records are visible.
  await readTopic(t, { topic: wide, until: read => read.length >= count });
  return { kafka, admin, topic: wide, format };
}

const numberOf = ({ record }: { record: { value: Buffer | null } }): number =>
  JSON.parse(String(record.value)).number;

test('pages of a topic with several partitions join, newest letter first', async () => {
  const options = await createWideTopic();
  const numbers: number[] = [];
  let before: readonly LetterPlace[] | undefined;
  do {
    const page = await listLetters({ ...options, limit: 170, before });
    numbers.push(...page.letters.map(numberOf));
    before = page.next;
  } while (before !== undefined);
  expect(numbers).toEqual(upTo(count).toReversed());
});

test('a bounded summary counts all letters, examines the newest and finds the oldest', async () => {
  const { topic, ...options } = await createWideTopic();
  const [summary] = await summariseLetters({
    ...options,
    topics: [topic],
    ledger: emptyLedger,
    maxExamined: 90,
  });
  expect(summary).toMatchObject({
    isPartial: true,
    oldestFailedAtMs: Date.UTC(2026, 0, 1),
    newestFailedAtMs: Date.UTC(2026, 0, 1) + (count - 1) * 1000,
  });
  // Offsets of end markers count as well, hence "at most".
  expect(summary?.letters).toBeGreaterThanOrEqual(count);
  expect(summary?.examined).toBeLessThanOrEqual(90);
  expect(summary?.examined).toBeGreaterThan(60);
});
