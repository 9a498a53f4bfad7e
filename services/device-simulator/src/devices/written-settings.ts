import type { ControlSettings } from '../house-model/control-settings.ts';
import { curveOfSupply } from '../house-model/heat-pump-control.ts';
import type { HouseKind } from '../house-model/house-kinds.ts';
import { hasMode } from '../house-model/operating-modes.ts';

/** A message that may change a setting. */
export interface WrittenMessage {
  readonly mqttTopic: string;
  readonly payload: string;
}

/** The tank is heated again when it is this much below its target. */
const tankHysteresisK = 5;

type Change = (
  settings: ControlSettings,
  value: number,
) => Partial<ControlSettings>;

interface Writable {
  /** Anything else is ignored, as the machine does. */
  accepts(value: number): boolean;
  readonly change: Change;
}

const between = (min: number, max: number) => (value: number) =>
  Number.isInteger(value) && value >= min && value <= max;

const hotWater: Change = (_settings, value) => ({
  hotWaterStopC: value,
  hotWaterStartC: value - tankHysteresisK,
});

/** The registers of a ThermIQ module; this machine's tank gets no hotter than 57 °C. */
const registers: Readonly<Record<string, Writable>> = {
  d50: {
    accepts: between(10, 30),
    change: (_settings, value) => ({ roomC: value }),
  },
  d51: {
    accepts: value => hasMode('ground', value),
    change: (_settings, value) => ({ mode: value }),
  },
  d52: {
    accepts: between(22, 56),
    change: ({ roomC }, value) => ({ curve: curveOfSupply(value, roomC) }),
  },
  d84: { accepts: between(40, 57), change: hotWater },
};

/** The commands of a HeishaMon gateway; this machine's tank gets no hotter than 60 °C. */
const commands: Readonly<Record<string, Writable>> = {
  SetHeatpump: {
    accepts: between(0, 1),
    change: (_settings, value) => ({ isOn: value === 1 }),
  },
  SetOperationMode: {
    accepts: value => hasMode('air', value),
    change: (_settings, value) => ({ mode: value }),
  },
  SetZ1HeatRequestTemperature: {
    accepts: between(-5, 5),
    change: (_settings, value) => ({ curveShiftK: value }),
  },
  SetDHWTemp: { accepts: between(40, 60), change: hotWater },
};

/** Where the device of a house takes settings. */
export function writeFilters(
  kind: HouseKind,
  names: { readonly node: string; readonly base: string },
): readonly string[] {
  return kind === 'ground'
    ? [`${names.node}/write`]
    : Object.keys(commands).map(name => `${names.base}/commands/${name}`);
}

/** The settings after a message; the same ones when the machine does not take it. Never throws. */
export function settingsAfter(
  kind: HouseKind,
  settings: ControlSettings,
  message: WrittenMessage,
): ControlSettings {
  let changed = settings;
  for (const [name, value] of valuesOf(kind, message)) {
    const table = kind === 'ground' ? registers : commands;
    const writable = Object.hasOwn(table, name) ? table[name] : undefined;
    if (writable?.accepts(value))
      changed = { ...changed, ...writable.change(changed, value) };
  }
  return changed;
}

function valuesOf(
  kind: HouseKind,
  { mqttTopic, payload }: WrittenMessage,
): readonly (readonly [string, number])[] {
  if (kind === 'air') {
    const value = /^-?\d{1,3}$/.test(payload) ? Number(payload) : NaN;
    return [[mqttTopic.split('/').at(-1) ?? '', value]];
  }
  try {
    const fields: unknown = JSON.parse(payload);
    return Object.entries(Object(fields)).map(([name, value]) => [
      name,
      typeof value === 'number' ? value : NaN,
    ]);
  } catch {
    return [];
  }
}
