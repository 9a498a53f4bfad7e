import { expect, test } from 'vitest';
import { replicasOf } from './admin.ts';

test.each([
  [[1], [1, 2, 3], 3, [1, 2, 3]],
  [[2], [3, 1, 2], 2, [2, 3]],
  // The leader stays the first, and no copy is taken away.
  [[3, 1], [1, 2, 3], 1, [3, 1]],
  [[1], [1], 1, [1]],
])(
  'copies on %j of brokers %j for %i become %j',
  (current, nodes, factor, wanted) => {
    expect(replicasOf(current, nodes, factor)).toEqual(wanted);
  },
);
