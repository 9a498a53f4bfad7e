import { readPoints, transitionRowsSchema } from './rows';

const start = {
  start_ms: 60_000,
  first_ms: 61_000,
  last_ms: 119_000,
  readings: 30,
};

it('keeps the peak of a point along with its mean', () => {
  const { series } = readPoints(
    [{ ...start, f0_mean: 2.00049, f0_min: 0, f0_max: 11.2 }],
    ['power_kw'],
  );
  expect(series).toEqual([
    { field: 'power_kw', mean: [2], min: [0], max: [11.2] },
  ]);
});

it('omits a field without values and distinguishes null from zero', () => {
  const { series } = readPoints(
    [
      {
        ...start,
        f0_mean: null,
        f0_min: null,
        f0_max: null,
        f1_mean: 0,
        f1_min: 0,
        f1_max: 0,
      },
      {
        ...start,
        f0_mean: null,
        f0_min: null,
        f0_max: null,
        f1_mean: null,
        f1_min: null,
        f1_max: null,
      },
    ],
    ['cop', 'power_kw'],
  );
  expect(series).toEqual([
    { field: 'power_kw', mean: [0, null], min: [0, null], max: [0, null] },
  ]);
});

it('rejects rows that are not numbers', () => {
  expect(() => readPoints([{ ...start, readings: '30' }], [])).toThrow();
});

it('parses transitions with readable names of alarms', () => {
  const [transition] = transitionRowsSchema.parse([
    {
      time_ms: 1,
      previous_ms: null,
      alarm: true,
      defrost: false,
      aux_heater: false,
      hot_water: false,
      compressor: false,
      alarm_names: 'low_pressure, brine_flow',
    },
  ]);
  expect(transition?.alarmNames).toBe('low pressure, brine flow');
});
