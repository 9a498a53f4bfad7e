import { expect, test } from 'vitest';
import { describeYear } from '../test/describe-year.ts';

// What does not depend on the source of the heat.
describeYear('ground', ['tankCop', 'startsPerHour', 'dutyPct'], season => {
  test('has the SPF of measured ground-source homes', () => {
    // Seven of them lie between these.
    expect(season().figures.performance.value).toBeGreaterThan(3.3);
    expect(season().figures.performance.value).toBeLessThan(6);
  });

  test('has no coil to defrost', () => {
    expect(season().defrosts).toBe(0);
  });
});
