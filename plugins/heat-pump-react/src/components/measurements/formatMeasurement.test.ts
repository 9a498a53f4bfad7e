import { dash } from '@homelab/portal-react/ui';
import { formatValue, measurementOf } from './formatMeasurement';

it.each([
  ['compressor_running', false, 'Off'],
  ['mode', 'hot_water', 'Hot water'],
  ['alarm_codes', [], 'none'],
  ['alarm_codes', ['low_pressure'], 'Low pressure'],
  ['supply_temp', 38, '38.0 °C'],
  ['cop', 4.25, '4.3'],
  ['source', null, dash],
])('writes %s %p as %s', (field, value, expected) => {
  const measurement = measurementOf('heatpump', field);
  expect(measurement && formatValue(measurement, value)).toBe(expected);
});
