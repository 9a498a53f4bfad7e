import { expect, test } from 'vitest';
import { createRange, runHouse, site } from '../../test/run-house.ts';
import { sampleHouse, sampleMs } from '../../test/sample-house.ts';
import type { GroundSource } from '../house-model/ground-source.ts';
import type { HouseState } from '../house-model/house.ts';
import { thermiqMessage } from './thermiq.ts';

const device = { node: 'thermiq_heatpump', clientName: 'ThermIQ_home' };
const messageOf = (state: HouseState) =>
  thermiqMessage(
    state,
    boreholeOf(state),
    { measuredAtMs: state.timeMs, rssi: -60, site },
    device,
  );

function boreholeOf({ heatPump: { source } }: HouseState): GroundSource {
  if (source.kind !== 'ground') throw new Error('The house has a borehole.');
  return source;
}

test('publishes whole degrees, split tenths, status bits and local time', () => {
  const { mqttTopic, measuredAtMs, payload } = messageOf(sampleHouse());
  expect(mqttTopic).toBe('thermiq_heatpump/data');
  expect(measuredAtMs).toBe(sampleMs);
  expect(payload).toMatchObject({
    Client_Name: 'ThermIQ_home',
    time: '2026-01-12 07:31:00',
    vp_read: 'Ok',
    rssi: -60,
    d0: -3,
    d1: 20,
    d2: 5,
    d3: 21,
    d4: 0,
    d5: 38,
    d6: 33,
    d8: -1,
    d9: 2,
    d12: 4,
    d13: 0,
    d14: 39,
    d16: 7,
    d17: 0,
    d19: 0,
    d25: -42,
    d30: 60,
    d31: 70,
    d50: 21,
    d51: 1,
    d104: 41_230,
    d106: 452,
    d108: 3150,
    d114: 470,
  });
});

test('tenths carry over into the whole degree', () => {
  const state = sampleHouse();
  const { payload } = messageOf({
    ...state,
    building: { ...state.building, roomC: 20.97 },
  });
  expect([payload.d1, payload.d2]).toEqual([21, 0]);
});

test('every heater and the tank have their bits', () => {
  const state = sampleHouse();
  const bits = (control: Partial<HouseState['heatPump']['control']>) => {
    const heatPump = {
      ...state.heatPump,
      control: { ...state.heatPump.control, ...control },
    };
    const { payload } = messageOf({ ...state, heatPump });
    return [payload.d13, payload.d16];
  };
  expect(bits({ auxKw: 3 })).toEqual([1, 7 + 16]);
  expect(bits({ auxKw: 6 })).toEqual([2, 7 + 16]);
  expect(bits({ auxKw: 9 })).toEqual([3, 7 + 16]);
  expect(bits({ destination: 'tank' })).toEqual([0, 7 + 8]);
  expect(bits({ compressorOn: false })).toEqual([0, 5]);
});

test('a reading just below zero is 0 and not -0', () => {
  const state = sampleHouse();
  const { payload } = messageOf({
    ...state,
    weather: { ...state.weather, temperatureC: -0.3 },
  });
  expect(Object.is(payload.d0, 0)).toBe(true);
});

test('in whole degrees supply is never below return, and all are whole numbers', () => {
  const spreadK = createRange();
  const runningSpreadK = createRange();
  runHouse({
    seed: 9,
    from: '2026-02-01',
    days: 10,
    each(state) {
      const { payload } = messageOf(state);
      spreadK.add(payload.d5 - payload.d6);
      if ((payload.d16 & 2) !== 0) runningSpreadK.add(payload.d5 - payload.d6);
      for (const value of Object.values(payload)) {
        if (typeof value === 'number' && !Number.isInteger(value)) {
          throw new Error(`${value} is not a whole number.`);
        }
      }
    },
  });
  expect(spreadK.min).toBe(0);
  expect(runningSpreadK.min).toBeGreaterThanOrEqual(1);
});
