import { expect, test } from 'vitest';
import { describeYear } from '../test/describe-year.ts';
import { measured } from '../test/follow-year.ts';
import type { Figure } from '../test/follow-year.ts';

describeYear('air', Object.keys(measured) as Figure[], season => {
  test('defrosts some times a day in winter, for 1 to 3 % of the heat', () => {
    const { defrosts, defrostShare } = season();
    expect(defrosts).toBeGreaterThan(500);
    expect(defrosts).toBeLessThan(3000);
    expect(defrostShare).toBeGreaterThan(0.01);
    expect(defrostShare).toBeLessThan(0.03);
  });
});
