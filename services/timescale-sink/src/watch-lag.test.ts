import { expect, test } from 'vitest';
import { lagOf } from './watch-lag.ts';

test('lag is what follows the commit, in every partition', () => {
  const partitions = [
    { partition: 0, low: '0', high: '10' },
    { partition: 1, low: '0', high: '9007199254740999' },
  ];
  expect(
    lagOf(partitions, [
      { partition: 0, offset: '4' },
      { partition: 1, offset: '9007199254740993' },
    ]),
  ).toBe(12);
});

test('a partition counts from its oldest record without a commit or with an expired one', () => {
  const partitions = [
    { partition: 0, low: '5', high: '10' },
    { partition: 1, low: '8', high: '10' },
  ];
  expect(
    lagOf(partitions, [
      { partition: 0, offset: null },
      { partition: 1, offset: '3' },
    ]),
  ).toBe(7);
});

test('a commit past the end, after a topic was created again, is no negative lag', () => {
  expect(
    lagOf(
      [{ partition: 0, low: '0', high: '2' }],
      [{ partition: 0, offset: '9' }],
    ),
  ).toBe(0);
});
