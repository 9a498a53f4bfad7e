import { expect, test } from 'vitest';
import { controlSettings } from '../house-model/control-settings.ts';
import { supplyOfCurve } from '../house-model/heat-pump-control.ts';
import { settingsAfter } from './written-settings.ts';

const { ground, air } = controlSettings;
const write = (payload: string) =>
  settingsAfter('ground', ground, { mqttTopic: 'node/write', payload });
const command = (name: string, payload: string) =>
  settingsAfter('air', air, { mqttTopic: `base/commands/${name}`, payload });

test('a ThermIQ module takes registers, several at once', () => {
  expect(write('{"d50":22,"d84":55}')).toMatchObject({
    roomC: 22,
    hotWaterStopC: 55,
    hotWaterStartC: 50,
  });
  expect(write('{"d51":4}').mode).toBe(4);
  expect(supplyOfCurve(0, write('{"d52":42}'))).toBeCloseTo(42, 6);
});

test('a HeishaMon gateway takes one value for each command', () => {
  expect(command('SetHeatpump', '0').isOn).toBe(false);
  expect(command('SetOperationMode', '3').mode).toBe(3);
  expect(command('SetZ1HeatRequestTemperature', '-3').curveShiftK).toBe(-3);
  expect(command('SetDHWTemp', '52').hotWaterStopC).toBe(52);
});

test.each([
  ['{"d50":31}'],
  ['{"d50":65533}'],
  ['{"d50":"22"}'],
  ['{"d50":20.5}'],
  ['{"d51":5}'],
  ['{"d84":60}'],
  ['{"d99":1}'],
  ['{"toString":1}'],
  ['[50]'],
  ['null'],
  ['{broken'],
])('the ground machine ignores %s', payload => {
  expect(write(payload)).toBe(ground);
});

test.each([
  ['SetDHWTemp', '65'],
  ['SetDHWTemp', '50.5'],
  ['SetDHWTemp', ''],
  ['SetOperationMode', '1'],
  ['SetForceDefrost', '1'],
  ['toString', '1'],
])('the air machine ignores %s %s', (name, payload) => {
  expect(command(name, payload)).toBe(air);
});
