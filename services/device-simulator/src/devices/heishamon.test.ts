import { expect, test } from 'vitest';
import { createRange, runHouse } from '../../test/run-house.ts';
import { heatOutputW, heatPumpElectricW } from '../house-model/heat-pump.ts';
import type { HouseState } from '../house-model/house.ts';
import { minuteMs } from '../house-model/units.ts';
import { createGateway } from './heishamon-gateway.ts';
import { heishamonMessage } from './heishamon.ts';
import type { HeishamonMessage, HeishamonValues } from './heishamon.ts';
import { mqttMessagesOf } from './mqtt-messages.ts';

const device = { base: 'panasonic_heat_pump' };

function messageOf(
  state: HouseState,
  measuredAtMs = state.timeMs,
): HeishamonMessage {
  const { source } = state.heatPump;
  if (source.kind !== 'air') throw new Error('The house has an outdoor unit.');
  return heishamonMessage(state, source, { measuredAtMs }, device);
}

/** The gateway's values in cold, damp weather, with the state of the house. */
function runDays(days: number) {
  const moments: { values: HeishamonValues; state: HouseState }[] = [];
  runHouse({
    house: 'air',
    seed: 1,
    from: '2026-02-02',
    days,
    each: state => moments.push({ values: messageOf(state).payload, state }),
  });
  return moments;
}

test('every value is a number as text, in the steps of a real gateway', () => {
  const steps: Record<string, number> = {
    'main/Outside_Temp': 1,
    'main/Main_Outlet_Temp': 0.25,
    'main/Main_Inlet_Temp': 0.25,
    'main/Main_Target_Temp': 1,
    'main/DHW_Temp': 1,
    'main/Pump_Flow': 0.01,
    'main/Heat_Power_Production': 200,
    'main/DHW_Power_Consumption': 200,
    'extra/Heat_Power_Production_Extra': 1,
    's0/Watt/1': 1,
    's0/WatthourTotal/1': 1,
  };
  const moments = runDays(1).map(({ values }) => values);
  const textsOf = (name: string) =>
    new Set(moments.map(values => values[name] ?? 'missing'));
  const isNumber = /^(?!-0+(\.0+)?$)-?\d+(\.\d+)?$/;
  for (const name of Object.keys(moments[0] ?? {})) {
    const texts = [...textsOf(name)];
    if (name === 'main/Error') expect(texts).toEqual(['No error']);
    else expect(texts.filter(text => !isNumber.test(text))).toEqual([]);
  }
  for (const [name, step] of Object.entries(steps)) {
    const inSteps = [...textsOf(name)].map(text => Number(text) / step);
    const between = inSteps.filter(
      value => !(Math.abs(value - Math.round(value)) < 1e-6),
    );
    expect(between).toEqual([]);
  }
});

test('the meter on S0 counts the electricity of the whole machine, and never falls', () => {
  const moments = runDays(2);
  const rises = createRange();
  let drawnWh = 0;
  for (const [index, { values, state }] of moments.entries()) {
    const before = moments[index - 1]?.values;
    if (before === undefined) continue;
    const counter = 's0/WatthourTotal/1';
    rises.add(Number(values[counter]) - Number(before[counter]));
    drawnWh += heatPumpElectricW(state.heatPump) / 120;
    expect(Number(values['s0/Watt/1'])).toBeCloseTo(
      heatPumpElectricW(state.heatPump),
      -0.3,
    );
  }
  expect(rises.min).toBeGreaterThanOrEqual(0);
  const counted =
    Number(moments.at(-1)?.values['s0/WatthourTotal/1']) -
    Number(moments[0]?.values['s0/WatthourTotal/1']);
  expect(Math.abs(counted - drawnWh)).toBeLessThanOrEqual(1);
});

test('a defrost shows in its flag; its power has no sign', () => {
  const defrosts = runDays(2).filter(
    ({ state }) => heatOutputW(state.heatPump) < 0,
  );
  expect(defrosts.length).toBeGreaterThan(10);
  for (const { values } of defrosts) {
    expect(values).toMatchObject({
      'main/Defrosting_State': '1',
      'main/ThreeWay_Valve_State': '0',
      'main/Fan1_Motor_Speed': '0',
      'extra/Heat_Power_Production_Extra': '4000',
      'main/Heat_Power_Production': '4000',
    });
    const spreadK =
      Number(values['main/Main_Outlet_Temp']) -
      Number(values['main/Main_Inlet_Temp']);
    expect(spreadK).toBeLessThan(-0.5);
  }
});

test('hot water has powers of its own', () => {
  const hotWater = runDays(1).filter(
    ({ values }) => values['main/ThreeWay_Valve_State'] === '1',
  );
  expect(hotWater.length).toBeGreaterThan(20);
  for (const { values, state } of hotWater) {
    expect(values['extra/Heat_Power_Production_Extra']).toBe('0');
    expect(Number(values['extra/DHW_Power_Production_Extra'])).toBeCloseTo(
      heatOutputW(state.heatPump),
      -0.3,
    );
  }
});

test('the gateway publishes all values at first and every five minutes, changes in between, and its meter every minute', () => {
  const [one, other] = runDays(1).map(({ state }) => state);
  if (one === undefined || other === undefined) throw new Error('No day.');
  const gateway = createGateway({
    allEveryMs: 5 * minuteMs,
    meterEveryMs: minuteMs,
  });
  const startMs = 5 * minuteMs * 1000 + 10_000;
  const at = (state: HouseState, afterMs: number) =>
    gateway.changesIn(messageOf(state, startMs + afterMs));
  const { payload: all } = messageOf(one);
  expect(at(one, 0)?.payload).toEqual(all);
  expect(at(one, 10_000)).toBeUndefined();
  const changed = at(other, 20_000)?.payload ?? {};
  expect(Object.keys(changed).length).toBeGreaterThan(0);
  expect(Object.keys(changed).length).toBeLessThan(Object.keys(all).length);
  expect({ ...all, ...changed }).toEqual(messageOf(other).payload);
  expect(Object.keys(at(other, 50_000)?.payload ?? {}).toSorted()).toEqual([
    's0/Watt/1',
    's0/WatthourTotal/1',
  ]);
  expect(at(other, 290_000)?.payload).toEqual({
    ...messageOf(other).payload,
    LWT: 'Online',
  });
});

test('each value is published by itself and retained, except LWT', () => {
  const payload = { 'main/Outside_Temp': '4', LWT: 'Online' };
  const message = {
    format: 'heishamon',
    mqttTopic: device.base,
    measuredAtMs: 0,
    payload,
  } as const;
  expect(mqttMessagesOf(message)).toEqual([
    {
      mqttTopic: 'panasonic_heat_pump/main/Outside_Temp',
      text: '4',
      retain: true,
    },
    { mqttTopic: 'panasonic_heat_pump/LWT', text: 'Online', retain: false },
  ]);
});
