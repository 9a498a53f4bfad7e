import { expect, test } from 'vitest';
import { rollUp, testRules } from '../../test/counter-lives.ts';
import {
  risesFromReadings,
  risesFromRollups,
} from '../energy/counter-energy.ts';
import { hourMs, minuteMs } from '../time/units.ts';

/** What one hour of readings, a few minutes apart, counts: as such and rolled up. */
function countBoth(values: readonly number[]) {
  const readings = values.map((value, index) => ({
    atMs: (7 + index * 5) * minuteMs,
    value,
  }));
  const rules = { ...testRules, maxPerHour: 12, intervalMs: 5 * minuteMs };
  return [
    risesFromReadings(readings, [0, hourMs], rules),
    risesFromRollups(rollUp(readings), [0, hourMs], rules),
  ].map(({ buckets, resets }) => ({
    amount: buckets[0].amount,
    resets: resets.length,
  }));
}

// The counter is so young that an hour of use could reach any of these values.
test.each([
  ['rises', [1, 1.5, 2.5], 1.5, 0],
  ['was reset', [2, 2.5, 3, 0, 0.5], 1.5, 1],
  ['was reset and rose past where it began', [1, 2, 0, 0.8, 1.6], 2.6, 1],
  ['dipped to 0', [3, 0, 3.1, 3.2, 3.3, 3.4], 0.4, 0],
  ['stands still and dipped to 0', [3, 3, 0, 3, 3], 0, 0],
  ['showed a spike', [3, 3.5, 5000, 3.6, 4], 1, 0],
  ['showed a spike, then a dip', [3, 3.5, 5000, 3.6, 0, 4], 1, 0],
  ['lost a last digit', [3, 3.6, 3.5], 0.6, 0],
])('an hour in which a counter %s', (_, values, amount, resets) => {
  for (const counted of countBoth(values)) {
    expect(counted.amount).toBeCloseTo(amount);
    expect(counted.resets).toBe(resets);
  }
});
