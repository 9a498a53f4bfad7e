import { heatPumpSettings } from '@homelab/telemetry';
import type { SettingName, SettingValue } from '@homelab/telemetry';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { refusalOf, settingsFormats } from './index.ts';
import type { Registers, SettingsFormat } from './index.ts';
import { fromThermiqRegister, toThermiqRegister } from './thermiq.ts';

const formats = settingsFormats({ thermiq: { clientPrefix: 'ThermIQ_' } });
const [thermiq, heishamon] = formats as [SettingsFormat, SettingsFormat];

function written(
  format: SettingsFormat,
  name: SettingName,
  value: SettingValue,
) {
  return format.settings[name]?.encode(value, 'pump') ?? [];
}

function known(report: ReturnType<SettingsFormat['read']>): Registers {
  const entries = [...(report?.registers ?? [])];
  return new Map(
    entries.flatMap(([key, value]) => (value === null ? [] : [[key, value]])),
  );
}

test("ThermIQ takes a register as JSON, in 16-bit two's complement", () => {
  expect(written(thermiq, 'target_temp', 21)).toEqual([
    { mqttTopic: 'pump/write', payload: '{"d50":21}' },
  ]);
  expect(toThermiqRegister(-3)).toBe(65_533);
  expect(() => toThermiqRegister(20.5)).toThrow('20.5');
  expect(() => toThermiqRegister(40_000)).toThrow('40000');
  fc.assert(
    fc.property(fc.integer({ min: -32_767, max: 32_767 }), value => {
      const register = toThermiqRegister(value);
      expect(register).toBeGreaterThanOrEqual(0);
      expect(fromThermiqRegister(register)).toBe(value);
    }),
  );
});

test.each([
  ['off', 0],
  ['auto', 1],
  ['heatpump_only', 2],
  ['aux_only', 3],
  ['hot_water_only', 4],
])('ThermIQ mode %s is %d', (word, number) => {
  expect(written(thermiq, 'operating_mode', word)).toEqual([
    { mqttTopic: 'pump/write', payload: `{"d51":${number}}` },
  ]);
});

test.each([
  ['heating', 0],
  ['auto', 2],
  ['hot_water_only', 3],
  ['heating_and_hot_water', 4],
  ['auto_and_hot_water', 6],
])('HeishaMon mode %s is %d, and switches the heat pump on', (word, number) => {
  expect(written(heishamon, 'operating_mode', word)).toEqual([
    { mqttTopic: 'pump/commands/SetOperationMode', payload: String(number) },
    { mqttTopic: 'pump/commands/SetHeatpump', payload: '1' },
  ]);
});

test('HeishaMon is switched off by one command, and reads as off whatever its mode', () => {
  expect(written(heishamon, 'operating_mode', 'off')).toEqual([
    { mqttTopic: 'pump/commands/SetHeatpump', payload: '0' },
  ]);
  const { operating_mode: mode } = heishamon.settings;
  const off = new Map([
    ['Heatpump_State', 0],
    ['Operating_Mode_State', 6],
  ]);
  expect(mode?.valueOf(off)).toBe('off');
  expect(mode?.valueOf(new Map([['Operating_Mode_State', 6]]))).toBeNull();
});

test('HeishaMon shifts the curve by kelvins, and a supply temperature in that register is no shift', () => {
  expect(written(heishamon, 'heating_curve_shift', -3)).toEqual([
    {
      mqttTopic: 'pump/commands/SetZ1HeatRequestTemperature',
      payload: '-3',
    },
  ]);
  const { heating_curve_shift: shift } = heishamon.settings;
  expect(shift?.valueOf(new Map([['Z1_Heat_Request_Temp', -3]]))).toBe(-3);
  expect(shift?.valueOf(new Map([['Z1_Heat_Request_Temp', 35]]))).toBeNull();
});

/** The message by which a device would report a written value. */
function reportOf(
  format: SettingsFormat,
  name: SettingName,
  value: SettingValue,
) {
  const registers = new Map<string, number>();
  for (const { mqttTopic, payload } of written(format, name, value)) {
    if (format === thermiq) {
      const [entry] = Object.entries<number>(JSON.parse(payload));
      const message = {
        mqttTopic: 'pump/data',
        payload: JSON.stringify({
          Client_Name: 'ThermIQ_1',
          [entry?.[0] ?? '']: entry?.[1],
        }),
      };
      return known(format.read(message));
    }
    const topicOf: Record<string, string> = {
      SetHeatpump: 'Heatpump_State',
      SetOperationMode: 'Operating_Mode_State',
      SetZ1HeatRequestTemperature: 'Z1_Heat_Request_Temp',
      SetDHWTemp: 'DHW_Target_Temp',
    };
    const command = mqttTopic.split('/').at(-1) ?? '';
    const report = format.read({
      mqttTopic: `pump/main/${topicOf[command]}`,
      payload,
    });
    for (const [key, read] of known(report)) registers.set(key, read);
  }
  return registers;
}

describe.each(formats)('$name', format => {
  const settings = Object.entries(format.settings) as [
    SettingName,
    NonNullable<SettingsFormat['settings'][SettingName]>,
  ][];

  test.each(settings)(
    'every allowed value of %s is read back from the same register as it was written',
    (name, { allowed, valueOf }) => {
      const values =
        allowed.kind === 'word'
          ? Object.keys(allowed.words)
          : Array.from(
              { length: (allowed.max - allowed.min) / allowed.step + 1 },
              (_, index) => allowed.min + index * allowed.step,
            );
      for (const value of values) {
        expect(refusalOf(allowed, value)).toBeUndefined();
        expect(valueOf(reportOf(format, name, value))).toBe(value);
      }
    },
  );

  test.each(settings)(
    'the bounds of %s are within the registry',
    (name, { allowed }) => {
      const registry = heatPumpSettings[name];
      expect(allowed.kind).toBe(registry.kind);
      if (allowed.kind !== 'number' || registry.kind !== 'number') return;
      expect(allowed.min).toBeGreaterThanOrEqual(registry.min);
      expect(allowed.max).toBeLessThanOrEqual(registry.max);
    },
  );

  test('everything written matches a write filter, and no message throws', () => {
    const patterns = format.writeFilters.map(
      filter => new RegExp(`^${filter.replaceAll('+', '[^/]+')}$`),
    );
    for (const [, { allowed, encode }] of settings) {
      const value =
        allowed.kind === 'word' ? Object.keys(allowed.words)[0] : allowed.min;
      for (const { mqttTopic } of encode(value ?? '', 'one/two'))
        expect(patterns.some(pattern => pattern.test(mqttTopic))).toBe(true);
    }
    fc.assert(
      fc.property(fc.string(), fc.string(), (mqttTopic, payload) => {
        format.read({ mqttTopic: `${mqttTopic}/data`, payload });
        format.read({
          mqttTopic: `${mqttTopic}/main/DHW_Target_Temp`,
          payload,
        });
      }),
    );
  });
});

test('a value outside of the bounds, between steps or of another kind is refused in a sentence', () => {
  const { target_temp: room, operating_mode: mode } = heatPumpSettings;
  for (const value of [9, 31, 20.5, Number.NaN, '21'])
    expect(refusalOf(room, value)).toBe(
      'Room target is 10 to 30 °C in steps of 1.',
    );
  expect(refusalOf(mode, 'turbo')).toContain('Operating mode is one of off,');
  expect(refusalOf(mode, 'toString')).toBeDefined();
});

test('ThermIQ modules are named as their readings are', () => {
  const payload = (name: unknown) =>
    JSON.stringify({ Client_Name: name, r32: 20 });
  const read = (name: unknown) =>
    thermiq.read({ mqttTopic: 'a/b/data', payload: payload(name) });
  expect(read('ThermIQ_vp1')).toMatchObject({
    deviceId: 'ThermIQ_vp1',
    baseTopic: 'a/b',
  });
  expect(known(read('ThermIQ_vp1')).get('d50')).toBe(20);
  expect(read('Other')).toBeUndefined();
  expect(read(undefined)).toBeUndefined();
  const [anyName] = settingsFormats({ thermiq: { clientPrefix: '' } });
  expect(
    anyName?.read({ mqttTopic: 'a/data', payload: payload(0) })?.deviceId,
  ).toBe('a');
});
