import { letterStorage } from './letterStorage';

const mebibyte = 1024 * 1024;
const settings = {
  retentionMs: 86_400_000,
  retentionBytes: 256 * mebibyte,
};
const partitionsFrom = (...lows: (bigint | null)[]) => ({
  partitions: lows.map((low, partition) => ({
    partition,
    leader: 1,
    low,
    high: 1_000n,
    stable: 1_000n,
    readAtMs: 0,
  })),
});
const sizesOf = (...sizes: number[]) =>
  new Map(sizes.map((size, partition) => [partition, size * mebibyte]));

it.each([
  ['the oldest letter is still there', 0n, 280, settings, false],
  ['it was purged or aged, and is below its limit', 7n, 255, settings, false],
  ['a partition is at its limit', 7n, 256, settings, true],
  ['a partition is over its limit', 7n, 280, settings, true],
  ['there is no limit', 7n, 280, { ...settings, retentionBytes: null }, false],
])('when %s', (_, low, size, given, isFull) => {
  expect(letterStorage(partitionsFrom(low), given, sizesOf(size))).toEqual({
    sizeBytes: size * mebibyte,
    retentionBytes: given.retentionBytes,
    retentionMs: 86_400_000,
    isFull,
  });
});

it('calls a topic full when one of its partitions is', () => {
  expect(
    letterStorage(partitionsFrom(0n, 7n), settings, sizesOf(1, 260)),
  ).toMatchObject({ sizeBytes: 261 * mebibyte, isFull: true });
});

it('is null when Kafka does not report sizes, offsets or settings', () => {
  const problem = { code: 'TOPIC_AUTHORIZATION_FAILED', message: 'No.' };
  const one = partitionsFrom(7n);
  expect(letterStorage(one, settings, undefined)).toBeNull();
  expect(
    letterStorage(partitionsFrom(7n, 7n), settings, sizesOf(250)),
  ).toBeNull();
  expect(
    letterStorage(partitionsFrom(null), settings, sizesOf(250)),
  ).toBeNull();
  expect(letterStorage(one, undefined, sizesOf(250))).toBeNull();
  expect(letterStorage(one, { ...settings, problem }, sizesOf(250))).toBeNull();
});
