import { expect, test } from 'vitest';
import { isHeatPumpControlOn } from './up.ts';

test('heat pumps are controlled only on the exact word', () => {
  expect(isHeatPumpControlOn({})).toBe(false);
  expect(isHeatPumpControlOn({ HEAT_PUMP_CONTROL: 'false' })).toBe(false);
  expect(isHeatPumpControlOn({ HEAT_PUMP_CONTROL: 'true' })).toBe(true);
  expect(() => isHeatPumpControlOn({ HEAT_PUMP_CONTROL: 'on' })).toThrow(
    'HEAT_PUMP_CONTROL must be true or false',
  );
});
