import { expect, test } from 'vitest';
import { runHouse } from '../../test/run-house.ts';
import { sampleHouse, sampleMs } from '../../test/sample-house.ts';
import type { HouseState } from '../house-model/house.ts';
import { heatPumpElectricW } from '../house-model/heat-pump.ts';
import { saveEyeMessage } from './saveeye.ts';

const device = { serial: 'HOME0001' };
const payloadOf = (state: HouseState, houseMs = state.timeMs) =>
  saveEyeMessage(state, { measuredAtMs: houseMs, houseMs, rssi: -41 }, device)
    .payload;

test('publishes W, Wh, V, mA and % in UTC', () => {
  const message = saveEyeMessage(
    sampleHouse(),
    { measuredAtMs: sampleMs, houseMs: sampleMs, rssi: -41 },
    device,
  );
  expect(message.mqttTopic).toBe('saveeye/telemetry');
  expect(message.payload).toEqual({
    saveeyeDeviceSerialNumber: 'HOME0001',
    timestamp: '2026-01-12T06:31:00Z',
    wifiRssi: -41,
    activeActualConsumption: { L1: 1911, L2: 1022, L3: 1133, total: 4066 },
    activeActualProduction: { total: 0 },
    activeTotalConsumption: { total: 100_000_668 },
    activeTotalProduction: { total: 0 },
    rmsVoltage: { L1: 231, L2: 232, L3: 232 },
    rmsCurrent: { L1: 8892, L2: 4735, L3: 5249 },
    powerFactor: { total: 93 },
  });
});

test('inside a step the counter rises with the power of the step', () => {
  const state = sampleHouse();
  const atS = (seconds: number) =>
    payloadOf(state, state.timeMs - 30_000 + seconds * 1000)
      .activeTotalConsumption.total;
  const endWh = state.counters.importWh;
  expect(atS(30)).toBe(Math.floor(endWh));
  expect(atS(10)).toBe(Math.floor(endWh - (4066.2 * 20) / 3600));
});

test('every 10 s: phases add up, hold the heat pump, and the counter is their integral', () => {
  let integralWh = 0;
  let firstWh: number | undefined;
  let latestWh = 0;
  const { last } = runHouse({
    seed: 10,
    from: '2026-01-20',
    days: 3,
    each(state) {
      for (const seconds of [10, 20, 30]) {
        const payload = payloadOf(
          state,
          state.timeMs - 30_000 + seconds * 1000,
        );
        const { L1, L2, L3, total } = payload.activeActualConsumption;
        if (L1 + L2 + L3 !== total)
          throw new Error('The phases miss the total.');
        if (total < heatPumpElectricW(state.heatPump) - 2) {
          throw new Error('The meter does not see the heat pump.');
        }
        const countedWh = payload.activeTotalConsumption.total;
        if (countedWh < latestWh) throw new Error('The counter fell.');
        firstWh ??= countedWh;
        integralWh += (total * 10) / 3600;
        latestWh = countedWh;
      }
    },
  });
  expect((latestWh - (firstWh ?? 0)) / integralWh).toBeCloseTo(1, 2);
  expect(latestWh).toBe(Math.floor(last.counters.importWh));
});
