import { expect, test } from 'vitest';
import type { ReadRecord } from '@homelab/kafka';
import { commonLetterFormat } from './letter-format.ts';
import { listLetters } from './list-letters.ts';
import type { ListOptions } from './list-letters.ts';
import type { LetterPlace } from './letter-filter.ts';
import { createMemoryTopic } from '../test/memory-topic.ts';

/** The places on all pages, in order, and the cost of reading them. */
async function listAll(options: Omit<ListOptions, 'before'>) {
  const places: string[] = [];
  let examined = 0;
  let pages = 0;
  let before: readonly LetterPlace[] | undefined;
  do {
    const page = await listLetters({ ...options, before });
    for (const { record } of page.letters)
      places.push(`${record.partition}:${record.offset}`);
    examined += page.examined;
    pages += 1;
    before = page.next;
  } while (before !== undefined);
  return { places, examined, pages };
}

const listing = (records: readonly ReadRecord[]) => ({
  ...createMemoryTopic(records),
  topic: 'dlq',
  format: commonLetterFormat,
});

function letters(
  count: number,
  describe: (index: number) => Partial<ReadRecord> = () => ({}),
): ReadRecord[] {
  return Array.from({ length: count }, (_, index) => ({
    topic: 'dlq',
    partition: 0,
    offset: String(index),
    timestampMs: index,
    key: null,
    value: null,
    headers: {},
    ...describe(index),
  }));
}

const downFrom = (count: number, partition = 0) =>
  Array.from({ length: count }, (_, i) => `${partition}:${count - 1 - i}`);

test('pages join without gaps or duplicates and read no more than needed', async () => {
  const options = listing(letters(1_000));
  const first = await listLetters({ ...options, limit: 20 });
  expect(first.letters).toHaveLength(20);
  expect(first.examined).toBeLessThanOrEqual(40);
  const all = await listAll({ ...options, limit: 33 });
  expect(all.places).toEqual(downFrom(1_000));
});

test('partitions are merged by failure time', async () => {
  const options = listing(
    letters(300, index => ({
      partition: index % 3,
      offset: String(Math.floor(index / 3)),
    })),
  );
  const { places } = await listAll({ ...options, limit: 7 });
  const expected = Array.from({ length: 300 }, (_, i) => 299 - i);
  expect(places).toEqual(
    expected.map(index => `${index % 3}:${Math.floor(index / 3)}`),
  );
});

test('a page of large letters ends by its bytes, and the next page continues there', async () => {
  const value = Buffer.alloc(100_000);
  const options = {
    ...listing(
      letters(200, index => ({
        partition: index % 2,
        offset: String(Math.floor(index / 2)),
        value,
      })),
    ),
    limit: 50,
    maxBytes: 1_000_000,
  };
  const first = await listLetters(options);
  expect(first.letters).toHaveLength(10);
  const all = await listAll(options);
  expect(all.places).toHaveLength(200);
  expect(new Set(all.places).size).toBe(200);
  expect(all.pages).toBe(20);
});

test('a rare letter far back is found within the scan limit, over several pages', async () => {
  const rare = { 'dlq-code': Buffer.from('rare') };
  const options = listing(
    letters(50_000, index => (index % 20_000 === 7 ? { headers: rare } : {})),
  );
  const filter = { codes: ['rare'] };
  const all = await listAll({
    ...options,
    filter,
    limit: 10,
    maxExamined: 5_000,
  });
  expect(all.places).toEqual(['0:40007', '0:20007', '0:7']);
  expect(all.pages).toBeGreaterThan(1);
  const first = await listLetters({
    ...options,
    filter,
    limit: 10,
    maxExamined: 5_000,
  });
  expect(first.letters).toEqual([]);
  expect(first.examined).toBe(5_000);
});

test('more letters in one block than fit on a page are not lost', async () => {
  const options = listing(letters(500));
  const all = await listAll({
    ...options,
    filter: { sinceMs: 0 },
    limit: 3,
  });
  expect(all.places).toEqual(downFrom(500));
});

test('offset gaps and deleted early records are tolerated', async () => {
  const kept = letters(1_000).filter((_, i) => i > 200 && i % 50 === 0);
  const { places } = await listAll({ ...listing(kept), limit: 4 });
  expect(places).toEqual(kept.map(({ offset }) => `0:${offset}`).toReversed());
});

test('letters selected by place are read only there', async () => {
  const options = listing(letters(100_000));
  const at = [99_999, 5, 50_000, 5].map(offset => ({
    partition: 0,
    offset: String(offset),
  }));
  const page = await listLetters({ ...options, filter: { at }, limit: 10 });
  expect(page.letters.map(({ record }) => record.offset)).toEqual([
    '99999',
    '50000',
    '5',
  ]);
  expect(page.examined).toBe(3);
  expect(page.next).toBeUndefined();
});
