import {
  fromThermiqRegister,
  thermiqDeviceId,
  thermiqOperatingModes,
  thermiqRegisterName,
} from '@homelab/heat-pump-settings';
import { envField } from '@homelab/service-kit';
import { z } from 'zod';
import type { DeviceMessage } from '../device-message.ts';
import { holdsMeasurement } from '../finish-reading.ts';
import { ignore, observed, reject } from '../observation.ts';
import type { Adapter } from '../observation.ts';
import { readJsonObject } from '../payload/read-payload.ts';
import type { Fields } from '../payload/read-payload.ts';
import { firstDeviceTime } from '../payload/read-time.ts';
import type { SiteClock } from '../payload/read-time.ts';
import { createFieldReader, rounded } from '../payload/read-values.ts';
import type { FieldReader } from '../payload/read-values.ts';
import { defineDialect } from './define-dialect.ts';

/**
 * ThermIQ modules: flat JSON with registers named `d5`, `d005` or, in hex, `r05`. A partial
 * read (`vp_read` MISMATCH) gives the registers that were received, if any.
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
    /** Accept every `Client_Name`; for 0 or none, the MQTT topic names the device. */
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
      // Unix time first: it needs no zone, which the others lack or only name.
      measuredAtMs: firstDeviceTime(
        [fields.timestamp, fields.time, fields.Time],
        message,
        clock,
      ),
    });
  };
}

/** The module is running but could not read the heat pump. */
function isFailedRead({ vp_read: outcome }: Fields): boolean {
  return typeof outcome === 'string' && outcome.toLowerCase() !== 'ok';
}

/** The registers in one spelling, `d5`, along with the other fields. */
function byRegister(fields: Fields): Fields {
  const named: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields)) {
    named[thermiqRegisterName(key) ?? key] = value;
  }
  return named;
}

function deviceIdOf(fields: Fields, message: DeviceMessage, prefix: string) {
  const device = thermiqDeviceId(fields.Client_Name, message.mqttTopic, {
    clientPrefix: prefix,
  });
  if (device.ok) return device;
  const rejection =
    device.why === 'missing'
      ? reject('device_id_missing', 'Field "Client_Name" is missing.')
      : reject(
          'device_id_invalid',
          `Field "Client_Name" does not begin with ${prefix}.`,
        );
  return { ok: false, rejection } as const;
}

function folded(value: number | null): number | null {
  if (value === null) return null;
  const signed = fromThermiqRegister(value);
  return signed === -32768 ? null : signed;
}

const unsignedSpan = 65536;

/** Machine alarms, by bit of register 19. */
const alarms = [
  'high_pressure',
  'low_pressure',
  'motor_breaker',
  'brine_flow',
  'brine_temperature',
] as const;

/** Sensor faults and two machine faults, by bit of register 20. */
const faults = [
  'outdoor_sensor',
  'supply_sensor',
  'return_sensor',
  'hot_water_sensor',
  'indoor_sensor',
  'phase_order',
  'overheating',
] as const;

/** The bits of register 20 that report a machine fault, not a sensor fault. */
const machineFaults = 0b110_0000;

/** The canonical fields of a heat pump from the registers of a ThermIQ, named `d0`, `d1`… */
export function heatpumpFields(reader: FieldReader) {
  const registers = createRegisterReader(reader);
  const { temperature, number, counter, bit } = registers;
  const aux3kwOn = bit('d13', 1);
  const aux6kwOn = bit('d13', 2);
  return {
    rssi: reader.number('rssi'),
    mode: modeOf(registers),
    operating_mode: thermiqOperatingModes[number('d51') ?? -1] ?? null,
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
    runtime_compressor_h: counter('d104'),
    runtime_aux_3kw_h: counter('d106'),
    runtime_hot_water_h: counter('d108'),
    runtime_aux_6kw_h: counter('d114'),
    alarm_codes: alarmCodes(registers),
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
    /** Counters are unsigned, and some modules send them signed: -24306 h is 41230 h. */
    counter(name: string): number | null {
      const value = reader.number(name);
      return value !== null && value < 0 ? value + unsignedSpan : value;
    },
    /**
     * Degrees with tenths; tenths without degrees mean nothing, and degrees with a fraction
     * already include them.
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
function modeOf(registers: RegisterReader): string {
  const { number, bit } = registers;
  const isOn = (name: string, mask: number) => bit(name, mask) === true;
  if (isAlarmed(registers) === true) return 'alarm';
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

/**
 * Whether the heat pump has an alarm; `null` if the message does not say. Its own alarm
 * indication, bit 6 of register 17, decides. The flags in registers 19 and 20 only name the
 * alarm: the flag of a sensor that was never fitted is always set. If a partial read lacks
 * register 17, machine faults count as alarms and sensor flags do not.
 */
function isAlarmed({ bit }: RegisterReader): boolean | null {
  const indicated = bit('d17', 64);
  if (indicated !== null) return indicated;
  const general = bit('d19', allBits(alarms));
  const others = bit('d20', machineFaults);
  return general === null && others === null
    ? null
    : general === true || others === true;
}

/** Names of the active alarms; empty while the heat pump indicates none. */
function alarmCodes(registers: RegisterReader): string[] | null {
  const alarmed = isAlarmed(registers);
  if (alarmed !== true) return alarmed === null ? null : [];
  const { number, bit } = registers;
  const flags = number('d20');
  const meant =
    bit('d17', 64) === null && flags !== null ? flags & machineFaults : flags;
  return [...namesOfBits(number('d19'), alarms), ...namesOfBits(meant, faults)];
}

function allBits(names: readonly string[]): number {
  return (1 << names.length) - 1;
}

function namesOfBits(value: number | null, names: readonly string[]): string[] {
  if (value === null) return [];
  return names.filter((_, index) => (value & (1 << index)) !== 0);
}
