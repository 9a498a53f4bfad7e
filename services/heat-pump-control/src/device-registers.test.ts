import { settingsFormats } from '@homelab/heat-pump-settings';
import { expect, test } from 'vitest';
import { createDeviceRegisters, maxDevices } from './device-registers.ts';

const [thermiq, heishamon] = settingsFormats({ thermiq: { clientPrefix: '' } });
if (!thermiq || !heishamon) throw new Error('There are two formats.');
const live = (atMs: number) => ({ atMs, isRetained: false });
const retained = (atMs: number) => ({ atMs, isRetained: true });

function report(registers: Record<string, number | null>, deviceId = 'pump') {
  const entries = Object.entries(registers);
  return { deviceId, baseTopic: deviceId, registers: new Map(entries) };
}

test('a setting of two registers is known when both are, and as fresh as the newer', () => {
  const registers = createDeviceRegisters();
  expect(
    registers.take(heishamon, report({ Operating_Mode_State: 3 }), retained(1)),
  ).toEqual(['operating_mode']);
  expect(registers.device('pump')?.setting('operating_mode')).toBeUndefined();
  registers.take(heishamon, report({ Heatpump_State: 1 }), live(2));
  expect(registers.device('pump')?.setting('operating_mode')).toEqual({
    value: 'hot_water_only',
    atMs: 2,
    isRetained: false,
  });
  registers.take(heishamon, report({ Heatpump_State: null }), live(3));
  expect(registers.device('pump')?.setting('operating_mode')).toBeUndefined();
});

test('a heat pump behind another gateway keeps nothing of the one before', () => {
  const registers = createDeviceRegisters();
  registers.take(heishamon, report({ DHW_Target_Temp: 48 }), live(1));
  registers.take(thermiq, report({ d50: 20 }), live(2));
  const device = registers.device('pump');
  expect(device?.format).toBe(thermiq);
  expect(device?.setting('hot_water_target_temp')).toBeUndefined();
  expect(device?.setting('target_temp')?.value).toBe(20);
});

test('only so many heat pumps are followed', () => {
  const registers = createDeviceRegisters();
  for (let index = 0; index <= maxDevices; index += 1)
    registers.take(thermiq, report({ d50: 20 }, `pump-${index}`), live(1));
  expect(registers.size).toBe(maxDevices);
  expect(registers.device(`pump-${maxDevices}`)).toBeUndefined();
});
