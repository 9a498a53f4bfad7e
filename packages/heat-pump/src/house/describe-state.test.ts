import { expect, test } from 'vitest';
import type { HeatpumpStatus } from '@homelab/telemetry';
import { describeState } from './describe-state.ts';
import type { Freshness } from './freshness.ts';
import { testStatus } from '../../test/test-status.ts';

const heating = {
  mode: 'heating',
  compressor_running: true,
  supply_temp: 38.2,
  outdoor_temp: -3,
  actual_temp: 20.4,
} as const;

const cases: [string, Partial<HeatpumpStatus>, Freshness, string, string][] = [
  [
    'heating',
    heating,
    'fresh',
    'ok',
    'Heating, 20.4 °C in the room, 38.2 °C supply, −3.0 °C outside',
  ],
  [
    'the room beside its target',
    { ...heating, target_temp: 21 },
    'fresh',
    'ok',
    'Heating, 20.4 °C in the room (target 21.0 °C), 38.2 °C supply, −3.0 °C outside',
  ],
  [
    'an alarm mode before everything else',
    { ...heating, mode: 'alarm', alarm_codes: ['low_pressure', 'brine_flow'] },
    'fresh',
    'act',
    'Alarm: low pressure, brine flow, 20.4 °C in the room, 38.2 °C supply, −3.0 °C outside',
  ],
  [
    'alarm codes even while the mode says heating',
    { ...heating, alarm_codes: ['high_pressure'] },
    'fresh',
    'act',
    'Alarm: high pressure, 20.4 °C in the room, 38.2 °C supply, −3.0 °C outside',
  ],
  [
    'an alarm without a name',
    { mode: 'alarm' },
    'fresh',
    'act',
    'Alarm: see the display of the heat pump',
  ],
  [
    'an auxiliary heater that assists',
    { ...heating, aux_heater_3kw_on: true },
    'fresh',
    'watch',
    'Heating, 20.4 °C in the room, 38.2 °C supply, −3.0 °C outside, auxiliary heater on',
  ],
  [
    'the auxiliary heater alone, mentioned once',
    { mode: 'aux_only', compressor_running: false, aux_heater_6kw_on: true },
    'fresh',
    'watch',
    'Heating with the auxiliary heater only',
  ],
  [
    'hot water with the tank temperature',
    {
      ...heating,
      mode: 'hot_water',
      hot_water_temp: 47,
      outdoor_temp: null,
      supply_temp: 52,
    },
    'fresh',
    'ok',
    'Making hot water, 47.0 °C in the tank, 20.4 °C in the room, 52.0 °C supply',
  ],
  [
    'standby without the supply, which only cools down then',
    { ...heating, mode: 'standby', compressor_running: false },
    'fresh',
    'ok',
    'Standby, 20.4 °C in the room, −3.0 °C outside',
  ],
  [
    'the COP if it is known',
    { ...heating, cop: 4.12 },
    'fresh',
    'ok',
    'Heating, 20.4 °C in the room, 38.2 °C supply, −3.0 °C outside, COP 4.1',
  ],
  ['no mode as unknown', { mode: null }, 'fresh', 'unknown', 'State unknown'],
  [
    'a stale reading as last known',
    heating,
    'stale',
    'unknown',
    'No recent reading, last known: heating, 20.4 °C in the room, 38.2 °C supply, −3.0 °C outside',
  ],
  [
    'an offline alarm as last known',
    { mode: 'alarm', alarm_codes: ['brine_flow'] },
    'offline',
    'unknown',
    'Offline, last known: alarm: brine flow',
  ],
];

test.each(cases)('describes %s', (_, known, freshness, tone, sentence) => {
  const state = describeState(testStatus(known), freshness);
  expect(state.tone).toBe(tone);
  expect(state.sentence.startsWith(state.lead)).toBe(true);
  expect(state.sentence.replaceAll('\u00a0', ' ')).toBe(sentence);
});

test('says that nothing has arrived yet', () => {
  expect(describeState(null)).toMatchObject({
    tone: 'unknown',
    sentence: 'No reading of a heat pump has arrived yet',
  });
});

test.each([
  [-0.04, [], '0.0\u00a0°C outside'],
  [-0.06, [], '−0.1\u00a0°C outside'],
  [-3, ['outdoor_temp'], '−3\u00a0°C outside'],
])(
  'formats %d with a true minus sign, and without decimals for whole degrees',
  (outdoorC, wholeFields, expected) => {
    const status = testStatus({ ...heating, outdoor_temp: outdoorC });
    const { sentence } = describeState(status, 'fresh', wholeFields);
    expect(sentence).toContain(`supply, ${expected}`);
  },
);
