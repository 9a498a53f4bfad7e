import { heatpumpMeasurements } from './measurements-heatpump.ts';

/** A setting that is a number in steps. */
export interface NumberSetting {
  readonly kind: 'number';
  /** The name shown on pages. */
  readonly label: string;
  readonly description: string;
  readonly unit: string;
  readonly decimals: number;
  /** Nothing outside `min`..`max` is ever written, whatever a heat pump accepts. */
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** A setting that is one of a closed set of words. */
export interface WordSetting {
  readonly kind: 'word';
  readonly label: string;
  readonly description: string;
  /** Each word with the text shown on pages. */
  readonly words: Readonly<Record<string, string>>;
}

/** What a setting may be. */
export type Setting = NumberSetting | WordSetting;

/** The value of a setting: a number, or a word. */
export type SettingValue = number | string;

const { target_temp: room, hot_water_target_temp: hotWater } =
  heatpumpMeasurements;

const whole = { kind: 'number', decimals: 0, step: 1 } as const;

/**
 * The registry of settings: what a person may change on a heat pump, with bounds that are safe for
 * house and people. Which of them a heat pump has, and which words it knows, depends on its device
 * format; where a measurement shows the same, it has the same name.
 */
export const heatPumpSettings = {
  target_temp: {
    ...whole,
    label: room.label,
    description: room.description,
    unit: room.unit,
    min: 10,
    max: 30,
  },
  heating_curve: {
    ...whole,
    label: 'Heating curve',
    description: 'Supply temperature at 0 °C outdoors',
    unit: '°C',
    min: 22,
    max: 56,
  },
  heating_curve_shift: {
    ...whole,
    label: 'Heating curve shift',
    description: 'Moves the supply temperature up or down in all weathers',
    unit: 'K',
    min: -5,
    max: 5,
  },
  hot_water_target_temp: {
    ...whole,
    label: hotWater.label,
    description: hotWater.description,
    unit: hotWater.unit,
    min: 40,
    max: 65,
  },
  operating_mode: {
    kind: 'word',
    label: heatpumpMeasurements.operating_mode.label,
    description: 'What the heat pump may do',
    words: {
      off: 'Off',
      auto: 'Automatic',
      auto_and_hot_water: 'Automatic and hot water',
      heating: 'Heating only',
      heating_and_hot_water: 'Heating and hot water',
      hot_water_only: 'Hot water only',
      heatpump_only: 'Heat pump only, no auxiliary heater',
      aux_only: 'Auxiliary heater only',
      cooling: 'Cooling only',
      cooling_and_hot_water: 'Cooling and hot water',
    },
  },
} as const satisfies Record<string, Setting>;

/** The name of a setting. */
export type SettingName = keyof typeof heatPumpSettings;

/** Every name, in the order of pages. */
export const settingNames = Object.keys(
  heatPumpSettings,
) as readonly SettingName[];

/** Whether a text names a setting. */
export function isSettingName(text: string): text is SettingName {
  return Object.hasOwn(heatPumpSettings, text);
}
