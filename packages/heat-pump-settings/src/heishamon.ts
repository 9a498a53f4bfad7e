import { deviceIdSchema, heatPumpSettings } from '@homelab/telemetry';
import type { NumberSetting, SettingName } from '@homelab/telemetry';
import type { FormatSetting, SettingsFormat } from './settings-format.ts';
import { withWords } from './settings-format-parts.ts';

/**
 * The operating mode by the number of `Operating_Mode_State`. Automatic modes are written as 2 and
 * 6 and read as 7 and 8 while they cool.
 */
const modeByNumber = [
  'heating',
  'cooling',
  'auto',
  'hot_water_only',
  'heating_and_hot_water',
  'cooling_and_hot_water',
  'auto_and_hot_water',
  'auto',
  'auto_and_hot_water',
] as const;

/** Not cooling: emitters that are not made for it get wet. */
const writableModes = [
  'off',
  'heating',
  'heating_and_hot_water',
  'hot_water_only',
  'auto',
  'auto_and_hot_water',
] as const;

const commands = {
  power: 'SetHeatpump',
  mode: 'SetOperationMode',
  shift: 'SetZ1HeatRequestTemperature',
  hotWater: 'SetDHWTemp',
} as const;

const registers = {
  power: 'Heatpump_State',
  mode: 'Operating_Mode_State',
  shift: 'Z1_Heat_Request_Temp',
  hotWater: 'DHW_Target_Temp',
} as const;

const largestShift = 5;

const settings = {
  heating_curve_shift: numberIn('shift', heatPumpSettings.heating_curve_shift),
  hot_water_target_temp: numberIn(
    'hotWater',
    heatPumpSettings.hot_water_target_temp,
  ),
  operating_mode: {
    allowed: withWords(heatPumpSettings.operating_mode, writableModes),
    registers: [registers.power, registers.mode],
    valueOf(values) {
      const power = values.get(registers.power);
      if (power === undefined) return null;
      if (power === 0) return 'off';
      return modeByNumber[values.get(registers.mode) ?? -1] ?? null;
    },
    encode(value, baseTopic) {
      if (value === 'off') return [write(baseTopic, 'power', 0)];
      const number = modeByNumber.findIndex(word => word === value);
      return [write(baseTopic, 'mode', number), write(baseTopic, 'power', 1)];
    },
  },
} satisfies Partial<Record<SettingName, FormatSetting>>;

function numberIn(
  name: keyof typeof registers,
  allowed: NumberSetting,
): FormatSetting {
  return {
    allowed,
    registers: [registers[name]],
    valueOf(values) {
      const value = values.get(registers[name]) ?? null;
      // A zone without a heating curve has its supply temperature in the register of the shift.
      const isOther = name === 'shift' && Math.abs(value ?? 0) > largestShift;
      return isOther ? null : value;
    },
    encode: (value, baseTopic) => [write(baseTopic, name, Number(value))],
  };
}

function write(baseTopic: string, name: keyof typeof commands, value: number) {
  return {
    mqttTopic: `${baseTopic}/commands/${commands[name]}`,
    payload: String(value),
  };
}

const reportTopic = new RegExp(
  `^(.+?)/main/(${Object.values(registers).join('|')})$`,
);

/** Every topic below base topics of one or two levels. */
function below(names: readonly string[]): string[] {
  return names.flatMap(name => [`+/${name}`, `+/+/${name}`]);
}

/** HeishaMon gateways: one command for each setting, as text, below `<base>/commands`. */
export const heishamonSettings: SettingsFormat = {
  name: 'heishamon',
  reportFilters: below(Object.values(registers).map(name => `main/${name}`)),
  writeFilters: below(Object.values(commands).map(name => `commands/${name}`)),
  settings,
  read({ mqttTopic, payload }) {
    const [, base, register] = reportTopic.exec(mqttTopic) ?? [];
    if (base === undefined || register === undefined) return undefined;
    if (!deviceIdSchema.safeParse(base).success) return undefined;
    const text = payload.trim();
    if (!/^-?\d{1,4}(\.\d{1,4})?$/.test(text)) return undefined;
    const value = Number(text);
    const isState = register === registers.power || register === registers.mode;
    // -1 is a state that the heat pump has not reported.
    const known = isState && value < 0 ? null : value;
    return {
      deviceId: base,
      baseTopic: base,
      registers: new Map([[register, known]]),
    };
  },
};
