import { deviceIdSchema, heatPumpSettings } from '@homelab/telemetry';
import type { NumberSetting, SettingName } from '@homelab/telemetry';
import type { FormatSetting, SettingsFormat } from './settings-format.ts';
import { withWords } from './settings-format-parts.ts';

/** The operating mode that the owner has chosen, by the number in register 51. */
export const thermiqOperatingModes = [
  'off',
  'auto',
  'heatpump_only',
  'aux_only',
  'hot_water_only',
] as const;

const unsignedSpan = 65_536;
const largestSigned = 32_767;

/**
 * A register as a number with a sign: it is 16 bits wide, and some modules send negative ones
 * unsigned.
 */
export function fromThermiqRegister(value: number): number {
  return value > largestSigned ? value - unsignedSpan : value;
}

/** A whole number as ThermIQ takes it: two's complement of 16 bits, so -3 is 65533. */
export function toThermiqRegister(value: number): number {
  if (!Number.isInteger(value) || Math.abs(value) > largestSigned)
    throw new RangeError(`A register cannot hold ${value}.`);
  return value < 0 ? value + unsignedSpan : value;
}

/** The name `d5` of a register that a module calls `d5`, `d005` or, in hexadecimal, `r05`. */
export function thermiqRegisterName(key: string): string | undefined {
  const [, decimal] = /^d(\d{1,3})$/i.exec(key) ?? [];
  if (decimal !== undefined) return `d${Number(decimal)}`;
  const [, hexadecimal] = /^r([0-9a-f]{1,2})$/i.exec(key) ?? [];
  return hexadecimal === undefined
    ? undefined
    : `d${Number.parseInt(hexadecimal, 16)}`;
}

/** Which `Client_Name` is accepted. */
export interface ThermiqNames {
  /** What it begins with, in any case; empty accepts every one, and none. */
  readonly clientPrefix: string;
}

/**
 * The id of a ThermIQ module from `Client_Name`; for 0, or none where every name is accepted, from
 * the MQTT topic. Gives `missing` or `refused` when there is none.
 */
export function thermiqDeviceId(
  clientName: unknown,
  mqttTopic: string,
  { clientPrefix }: ThermiqNames,
):
  | { readonly ok: true; readonly id: string }
  | { readonly ok: false; readonly why: 'missing' | 'refused' } {
  const text = typeof clientName === 'number' ? `${clientName}` : clientName;
  if (typeof text === 'string' && text !== '') {
    // Older modules call themselves `Thermiq_`, so case is ignored.
    const isAccepted = text
      .toLowerCase()
      .startsWith(clientPrefix.toLowerCase());
    if (!isAccepted) return { ok: false, why: 'refused' };
    // An unnamed module sends 0: its MQTT topic becomes its id.
    return { ok: true, id: text === '0' ? nodeOf(mqttTopic) : text };
  }
  const isMissing = text === undefined || text === null || text === '';
  if (isMissing && clientPrefix === '')
    return { ok: true, id: nodeOf(mqttTopic) };
  return { ok: false, why: isMissing ? 'missing' : 'refused' };
}

/** `ThermIQ/ThermIQ-room2/data` is the node `ThermIQ/ThermIQ-room2`. */
function nodeOf(mqttTopic: string): string {
  return mqttTopic.replace(/\/data$/, '');
}

const settings = {
  target_temp: numberIn('d50', heatPumpSettings.target_temp),
  heating_curve: numberIn('d52', heatPumpSettings.heating_curve),
  hot_water_target_temp: numberIn('d84', {
    ...heatPumpSettings.hot_water_target_temp,
    max: 60,
  }),
  operating_mode: {
    allowed: withWords(heatPumpSettings.operating_mode, thermiqOperatingModes),
    registers: ['d51'],
    valueOf: registers =>
      thermiqOperatingModes[registers.get('d51') ?? -1] ?? null,
    encode: (value, baseTopic) =>
      write(
        baseTopic,
        'd51',
        thermiqOperatingModes.findIndex(one => one === value),
      ),
  },
} satisfies Partial<Record<SettingName, FormatSetting>>;

function numberIn(register: string, allowed: NumberSetting): FormatSetting {
  return {
    allowed,
    registers: [register],
    valueOf: registers => registers.get(register) ?? null,
    encode: (value, baseTopic) => write(baseTopic, register, Number(value)),
  };
}

function write(baseTopic: string, register: string, value: number) {
  return [
    {
      mqttTopic: `${baseTopic}/write`,
      payload: JSON.stringify({ [register]: toThermiqRegister(value) }),
    },
  ];
}

const settingRegisters: ReadonlySet<string> = new Set(
  Object.values(settings).flatMap(({ registers }) => registers),
);

/** Creates the format of ThermIQ modules: a register is written as JSON to `<node>/write`. */
export function createThermiqSettings(names: ThermiqNames): SettingsFormat {
  return {
    name: 'thermiq',
    reportFilters: ['+/data', '+/+/data'],
    writeFilters: ['+/write', '+/+/write'],
    settings,
    read({ mqttTopic, payload }) {
      const fields = fieldsOf(payload);
      if (fields === undefined || !mqttTopic.endsWith('/data'))
        return undefined;
      const device = thermiqDeviceId(fields.Client_Name, mqttTopic, names);
      if (!device.ok || !deviceIdSchema.safeParse(device.id).success)
        return undefined;
      const registers = new Map<string, number>();
      for (const [key, value] of Object.entries(fields)) {
        const name = thermiqRegisterName(key);
        if (name === undefined || !settingRegisters.has(name)) continue;
        if (typeof value !== 'number' || !Number.isFinite(value)) continue;
        registers.set(name, fromThermiqRegister(value));
      }
      if (registers.size === 0) return undefined;
      return {
        deviceId: device.id,
        baseTopic: nodeOf(mqttTopic),
        registers,
      };
    },
  };
}

function fieldsOf(payload: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(payload);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? { ...value }
      : undefined;
  } catch {
    return undefined;
  }
}
