import { expect, test, vi } from 'vitest';
import { createCollector } from './collect-batches.ts';

const wanted = () => true;
const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

function createNumbers(
  limits: { maxItems: number; maxAgeMs: number },
  write: (
    items: readonly number[],
  ) => Promise<readonly number[]> = async () => [],
) {
  const batches: (readonly number[])[] = [];
  const collector = createCollector<number, number>({
    ...limits,
    refusedItem: refused => refused,
    write: items => {
      batches.push(items);
      return write(items);
    },
  });
  return { collector, batches };
}

test('callers within the age share one write', async () => {
  const { collector, batches } = createNumbers({ maxItems: 100, maxAgeMs: 5 });
  await Promise.all([
    collector.add([1, 2], wanted),
    collector.add([3], wanted),
  ]);
  expect(batches).toEqual([[1, 2, 3]]);
});

test('a full batch does not wait for its age', async () => {
  const { collector, batches } = createNumbers({
    maxItems: 2,
    maxAgeMs: 60_000,
  });
  await collector.add([1, 2, 3, 4], wanted);
  expect(batches).toEqual([
    [1, 2],
    [3, 4],
  ]);
});

test('items that do not fill a batch are written when their age is reached', async () => {
  const { collector, batches } = createNumbers({ maxItems: 2, maxAgeMs: 5 });
  await collector.add([1, 2, 3], wanted);
  expect(batches).toEqual([[1, 2], [3]]);
});

test('each caller waits for all its items and gets only its own refusals', async () => {
  const { collector } = createNumbers(
    { maxItems: 3, maxAgeMs: 5 },
    async items => items.filter(item => item % 4 === 0),
  );
  const refused = await Promise.all([
    collector.add(range(1, 5), wanted),
    collector.add(range(6, 9), wanted),
  ]);
  expect(refused).toEqual([[4], [8]]);
});

test('a failed write fails only the callers in it', async () => {
  const { collector } = createNumbers(
    { maxItems: 2, maxAgeMs: 5 },
    async items => {
      if (items.includes(3)) throw new Error('broken');
      return [];
    },
  );
  const outcomes = await Promise.allSettled([
    collector.add([1, 2], wanted),
    collector.add([3], wanted),
    collector.add([4, 5], wanted),
    collector.add([6], wanted),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'rejected',
    'fulfilled',
  ]);
});

test('a write is wanted as long as one of its callers wants it', async () => {
  const seen: boolean[] = [];
  let firstWants = true;
  let secondWants = true;
  const collector = createCollector<number, number>({
    maxItems: 2,
    maxAgeMs: 5,
    refusedItem: refused => refused,
    async write(_items, isWanted) {
      seen.push(isWanted());
      firstWants = false;
      seen.push(isWanted());
      secondWants = false;
      seen.push(isWanted());
      return [];
    },
  });
  await Promise.all([
    collector.add([1], () => firstWants),
    collector.add([2], () => secondWants),
  ]);
  expect(seen).toEqual([true, true, false]);
});

test('an empty list resolves at once', async () => {
  const write =
    vi.fn<(items: readonly number[]) => Promise<readonly number[]>>();
  const { collector } = createNumbers({ maxItems: 2, maxAgeMs: 60_000 }, write);
  expect(await collector.add([], wanted)).toEqual([]);
  expect(write).not.toHaveBeenCalled();
});
