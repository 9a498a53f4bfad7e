import {
  dash,
  formatNumber,
  formatValue,
  measurementOf,
} from './formatMeasurement';

it.each([
  [null, 1, dash],
  [undefined, 1, dash],
  [0, 1, '0.0'],
  [-0.04, 1, '0.0'],
  [-3, 1, '−3.0'],
  [2.345, 2, '2.35'],
])('writes %p with %d decimals as %s', (value, decimals, expected) => {
  expect(formatNumber(value, decimals)).toBe(expected);
});

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
