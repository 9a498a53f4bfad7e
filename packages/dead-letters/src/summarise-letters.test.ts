import { expect, test } from 'vitest';
import type { ReadRecord } from '@homelab/kafka';
import { emptyLedger } from './ledger.ts';
import { commonLetterFormat } from './letter-format.ts';
import { createMemoryTopic } from '../test/memory-topic.ts';
import { summariseLetters } from './summarise-letters.ts';

const summarise = async (codes: readonly string[], maxExamined?: number) => {
  const records = codes.map((code, index): ReadRecord => ({
    topic: 'dlq',
    partition: index % 2,
    offset: String(Math.floor(index / 2)),
    timestampMs: 1_000 + index,
    key: null,
    value: null,
    headers: { 'dlq-code': Buffer.from(code) },
  }));
  const [summary] = await summariseLetters({
    ...createMemoryTopic(records),
    topics: ['dlq'],
    ledger: emptyLedger,
    format: commonLetterFormat,
    maxExamined,
  });
  return summary;
};

test('with too many codes the most frequent are listed and the rest summed up', async () => {
  const codes = Array.from({ length: 3_000 }, (_, i) =>
    i % 3 === 0 ? 'often' : `code-${i}`,
  );
  const summary = await summarise(codes);
  expect(summary).toMatchObject({ letters: 3_000, waiting: 3_000 });
  expect(summary?.codes).toHaveLength(50);
  expect(summary?.codes[0]).toMatchObject({ code: 'often', waiting: 1_000 });
  expect(summary?.rest).toEqual({ waiting: 1_951, redriven: 0 });
});

test('in a long topic all letters are counted and the newest examined', async () => {
  const codes = Array.from({ length: 1_000 }, (_, i) =>
    i < 900 ? 'old' : 'new',
  );
  expect(await summarise(codes, 100)).toEqual({
    topic: 'dlq',
    letters: 1_000,
    isPartial: true,
    examined: 100,
    waiting: 100,
    redriven: 0,
    oldestFailedAtMs: 1_000,
    newestFailedAtMs: 1_999,
    codes: [{ code: 'new', waiting: 100, redriven: 0 }],
  });
  expect(await summarise(codes, 1_000)).toMatchObject({ isPartial: false });
});
