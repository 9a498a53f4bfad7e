import { heatPumpSettings } from '@homelab/telemetry';
import type { SettingName, SettingValue } from '@homelab/telemetry';

/** A value as a person reads it: `21 °C`, `Hot water only`, or a dash. */
export function settingText(
  name: SettingName,
  value: SettingValue | null,
): string {
  const setting = heatPumpSettings[name];
  if (value === null) return '–';
  if (setting.kind === 'number') return `${numberText(value)} ${setting.unit}`;
  const words: Readonly<Record<string, string>> = setting.words;
  return words[value] ?? String(value);
}

function numberText(value: SettingValue): string {
  return String(value).replace(/^-/, '−');
}

/** What a change is, in one line: `Room target 20 → 21 °C`. */
export function changeText(
  name: SettingName,
  from: SettingValue | null,
  to: SettingValue,
): string {
  const setting = heatPumpSettings[name];
  const before =
    setting.kind === 'number' && from !== null
      ? numberText(from)
      : settingText(name, from);
  return `${setting.label} ${before} → ${settingText(name, to)}`;
}

/** What a change means for the house, as sentences; the first says the change itself. */
export function consequencesOf(
  name: SettingName,
  from: SettingValue | null,
  to: SettingValue,
): string[] {
  return [`${changeText(name, from, to)}.`, ...meaningOf(name, from, to)];
}

function meaningOf(
  name: SettingName,
  from: SettingValue | null,
  to: SettingValue,
): string[] {
  switch (name) {
    case 'target_temp':
      return [
        'The rooms follow over some hours. One degree is about 5 % of the energy for heating.',
      ];
    case 'heating_curve':
      return [
        `At 0 °C outdoors the water to the emitters becomes ${settingText(name, to)} instead of ${settingText(name, from)}.`,
        ...warmerWater(from, to),
      ];
    case 'heating_curve_shift':
      return [
        `The water to the emitters becomes ${shiftWords(to)} than the curve says, in all weathers.`,
        ...warmerWater(from, to),
      ];
    case 'hot_water_target_temp':
      return hotWaterMeaning(Number(to));
    case 'operating_mode':
      return modeMeaning(String(to));
  }
}

function warmerWater(from: SettingValue | null, to: SettingValue): string[] {
  return from !== null && to > from
    ? ['Warmer water costs about 2 % more electricity for each degree.']
    : [];
}

function shiftWords(to: SettingValue): string {
  const kelvin = Number(to);
  if (kelvin === 0) return 'neither warmer nor cooler';
  return `${Math.abs(kelvin)} K ${kelvin > 0 ? 'warmer' : 'cooler'}`;
}

const scaldC = 60;
const legionellaC = 50;

function hotWaterMeaning(toC: number): string[] {
  if (toC >= scaldC)
    return ['Water of 60 °C scalds: taps need a mixing valve.'];
  if (toC < legionellaC)
    return [
      'Below 50 °C legionella can grow: keep the weekly hot run of the tank on.',
    ];
  return ['The tank follows when it is heated next.'];
}

function modeMeaning(mode: string): string[] {
  switch (mode) {
    case 'off':
      return [
        'The house is not heated and the water in the tank cools down. In frost pipes may freeze.',
      ];
    case 'hot_water_only':
      return ['The rooms are not heated. In frost pipes may freeze.'];
    case 'heating':
      return ['The water in the tank is not heated.'];
    case 'aux_only':
      return [
        'The compressor stops and electric heaters take over: about three times the electricity.',
      ];
    case 'heatpump_only':
      return ['No electric heater helps in great cold.'];
    default:
      return [];
  }
}
