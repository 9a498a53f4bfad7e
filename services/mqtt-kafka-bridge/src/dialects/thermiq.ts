import { envField } from '@homelab/service-kit';
import { z } from 'zod';
import type { DeviceMessage } from '../device-message.ts';
import { holdsMeasurement } from '../finish-reading.ts';
import { ignore, observed, reject } from '../observation.ts';
import type { Adapter } from '../observation.ts';
import { readJsonObject } from '../payload/read-payload.ts';
import type { Fields } from '../payload/read-payload.ts';
import { readDeviceTime } from '../payload/read-time.ts';
import type { SiteClock } from '../payload/read-time.ts';
import { createFieldReader, rounded } from '../payload/read-values.ts';
import type { FieldReader } from '../payload/read-values.ts';
import { defineDialect } from './define-dialect.ts';

/**
 * ThermIQ modules: flat JSON with registers named `d5`, `d005` or, in hex, `r05`. A
 * partial read (`vp_read` MISMATCH) gives the registers that came, if any.
 */
export const thermiq = defineDialect({
  name: 'thermiq',
  description: 'ThermIQ modules in Thermia and Danfoss heat pumps',
  filters: ['+/data', '+/+/data'],
  streams: ['heatpump'],
  delivery: 'readings',
  settings: {
    /** What `Client_Name` begins with, in any case. */
    BRIDGE_THERMIQ_CLIENT_PREFIX: z.string().default('ThermIQ_'),
    /** Accept every `Client_Name`; 0 or none is named by its MQTT topic. */
    BRIDGE_THERMIQ_ANY_CLIENT: envField.boolean().default(false),
  },
  createAdapter: (settings, clock) =>
    createThermiqAdapter(
      settings.BRIDGE_THERMIQ_ANY_CLIENT
        ? ''
        : settings.BRIDGE_THERMIQ_CLIENT_PREFIX,
      clock,
    ),
  golden: () => import('./thermiq.golden.ts'),
});

function createThermiqAdapter(clientPrefix: string, clock: SiteClock): Adapter {
  return message => {
    const payload = readJsonObject(message.payload);
    if (!payload.ok) return payload.rejection;
    const { fields } = payload;
    const device = deviceIdOf(fields, message, clientPrefix);
    if (!device.ok) return device.rejection;
    const reader = createFieldReader(byRegister(fields));
    const measured = heatpumpFields(reader);
    const rejection = reader.rejection(device.id);
    if (rejection !== undefined) return rejection;
    if (isFailedRead(fields) && !holdsMeasurement('heatpump', measured))
      return ignore('gateway');
    return observed({
      stream: 'heatpump',
      deviceId: device.id,
      fields: { source: 'thermiq', ...measured },
      measuredAtMs: readDeviceTime(
        fields.time ?? fields.Time ?? fields.timestamp,
        message,
        clock,
      ),
    });
  };
}

/** The module speaks, the heat pump behind it does not. */
function isFailedRead({ vp_read: outcome }: Fields): boolean {
  return typeof outcome === 'string' && outcome.toLowerCase() !== 'ok';
}

/** The registers under one spelling, `d5`, beside the other fields. */
function byRegister(fields: Fields): Fields {
  const named: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields)) {
    named[registerName(key) ?? key] = value;
  }
  return named;
}

function registerName(key: string): string | undefined {
  const [, decimal] = /^d(\d{1,3})$/i.exec(key) ?? [];
  if (decimal !== undefined) return `d${Number(decimal)}`;
  const [, hexadecimal] = /^r([0-9a-f]{1,2})$/i.exec(key) ?? [];
  return hexadecimal === undefined
    ? undefined
    : `d${Number.parseInt(hexadecimal, 16)}`;
}

function deviceIdOf(fields: Fields, message: DeviceMessage, prefix: string) {
  const name = fields.Client_Name;
  const text = typeof name === 'number' ? String(name) : name;
  if (typeof text === 'string' && text !== '' && beginsWith(text, prefix)) {
    // A module without a name of its own sends 0: its MQTT topic names it then.
    return {
      ok: true,
      id: text === '0' ? nodeOf(message.mqttTopic) : text,
    } as const;
  }
  const missing = text === undefined || text === null || text === '';
  if (missing && prefix === '') {
    return { ok: true, id: nodeOf(message.mqttTopic) } as const;
  }
  const rejection = missing
    ? reject('device_id_missing', 'Field "Client_Name" is missing.')
    : reject(
        'device_id_invalid',
        `Field "Client_Name" does not begin with ${prefix}.`,
      );
  return { ok: false, rejection } as const;
}

/** Older modules name themselves `Thermiq_`: case makes no difference. */
function beginsWith(text: string, prefix: string): boolean {
  return text.toLowerCase().startsWith(prefix.toLowerCase());
}

/** `ThermIQ/ThermIQ-room2/data` is the node `ThermIQ/ThermIQ-room2`. */
function nodeOf(mqttTopic: string): string {
  return mqttTopic.replace(/\/data$/, '');
}

const largestSigned = 32767;
const unsignedSpan = 65536;

/** Registers are 16 bits wide; some modules send negative ones unsigned. */
function folded(value: number | null): number | null {
  if (value === null || value <= largestSigned) return value;
  const signed = value - unsignedSpan;
  return signed === -32768 ? null : signed;
}

/** Sensor alarms by the bit of register 20. */
const sensorAlarms = [
  'outdoor_sensor',
  'supply_sensor',
  'return_sensor',
  'hot_water_sensor',
  'indoor_sensor',
  'phase_order',
  'overheating',
] as const;

/** Alarms by the bit of register 19. */
const alarms = [
  'high_pressure',
  'low_pressure',
  'motor_breaker',
  'brine_flow',
  'brine_temperature',
] as const;

/** What the owner has chosen, by the number in register 51. */
const operatingModeByNumber = [
  'off',
  'auto',
  'heatpump_only',
  'aux_only',
  'hot_water_only',
] as const;

/** The canonical fields of a heat pump from the registers of a ThermIQ, named `d0`, `d1`… */
export function heatpumpFields(reader: FieldReader) {
  const registers = createRegisterReader(reader);
  const { temperature, number, bit } = registers;
  const aux3kwOn = bit('d13', 1);
  const aux6kwOn = bit('d13', 2);
  return {
    rssi: reader.number('rssi'),
    mode: modeOf(registers),
    operating_mode: operatingModeByNumber[number('d51') ?? -1] ?? null,
    actual_temp:
      reader.temperature('INDR_T') ?? registers.withTenths('d1', 'd2'),
    target_temp: registers.withTenths('d3', 'd4') ?? temperature('d50'),
    outdoor_temp: temperature('d0'),
    supply_temp: temperature('d5'),
    supply_target_temp: temperature('d14'),
    return_temp: temperature('d6'),
    hot_water_temp: temperature('d7'),
    hot_water_target_temp: temperature('d84'),
    brine_out_temp: temperature('d8'),
    brine_in_temp: temperature('d9'),
    compressor_running: bit('d16', 2),
    brine_pump_on: bit('d16', 1),
    circulation_pump_on: bit('d16', 4),
    hot_water_active: bit('d16', 8),
    circulation_pump_pct: number('d30'),
    brine_pump_pct: number('d31'),
    defrost_active: positive(number('d27')),
    aux_heater_3kw_on: aux3kwOn,
    aux_heater_6kw_on: aux6kwOn,
    aux_heater_kw:
      aux3kwOn === null || aux6kwOn === null
        ? null
        : (aux3kwOn ? 3 : 0) + (aux6kwOn ? 6 : 0),
    degree_minutes: folded(number('d25')),
    // Counters are unsigned: 41230 h is not -24306 h.
    runtime_compressor_h: number('d104'),
    runtime_aux_3kw_h: number('d106'),
    runtime_hot_water_h: number('d108'),
    runtime_aux_6kw_h: number('d114'),
    alarm_codes: alarmCodes(number('d19'), number('d20')),
  };
}

type RegisterReader = ReturnType<typeof createRegisterReader>;

function createRegisterReader(reader: FieldReader) {
  function temperature(name: string): number | null {
    const value = folded(reader.temperature(name));
    return value === -127 ? null : value;
  }
  return {
    temperature,
    number: reader.number,
    /**
     * Degrees with tenths; a tenth without its degrees means nothing, and beside
     * degrees that have a fraction it is in them already.
     */
    withTenths(degrees: string, tenths: string): number | null {
      const whole = temperature(degrees);
      const part = reader.number(tenths);
      return whole === null || part === null || !Number.isInteger(whole)
        ? whole
        : rounded(whole + part / 10);
    },
    bit(name: string, mask: number): boolean | null {
      const value = reader.number(name);
      return value === null ? null : (value & mask) !== 0;
    },
  };
}

/** What the heat pump is doing, the most urgent first. */
function modeOf({ number, bit }: RegisterReader): string {
  const isOn = (name: string, mask: number) => bit(name, mask) === true;
  if (isOn('d17', 64) || isOn('d19', 0x1f) || isOn('d20', 0x7f)) return 'alarm';
  if (positive(number('d27'))) return 'defrost';
  if (bit('d16', 0xff) === null) return 'unknown';
  if (isOn('d16', 8)) return 'hot_water';
  if (isOn('d17', 16 + 32)) return 'cooling';
  if (isOn('d16', 2)) return 'heating';
  if (isOn('d13', 1 + 2) || isOn('d16', 16 + 128)) return 'aux_only';
  return number('d51') === 0 ? 'off' : 'standby';
}

function positive(value: number | null): boolean | null {
  return value === null ? null : value > 0;
}

function alarmCodes(
  general: number | null,
  sensors: number | null,
): string[] | null {
  if (general === null && sensors === null) return null;
  return [
    ...namesOfBits(general, alarms),
    ...namesOfBits(sensors, sensorAlarms),
  ];
}

function namesOfBits(value: number | null, names: readonly string[]): string[] {
  if (value === null) return [];
  return names.filter((_, index) => (value & (1 << index)) !== 0);
}
