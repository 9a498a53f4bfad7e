import { envField } from '@homelab/service-kit';
import { deviceIdSchema } from '@homelab/telemetry';
import { ignore, observed, reject } from '../observation.ts';
import type { Adapter } from '../observation.ts';
import { isAbsentWord, readNumber, wrongType } from '../payload/read-values.ts';
import { defineDialect } from './define-dialect.ts';
import { heatpumpFields } from './heishamon-fields.ts';

/**
 * HeishaMon gateways in Panasonic heat pumps: one value per MQTT topic, as text, under a
 * base topic of one or two levels that names the heat pump. Each is sent when it changes,
 * and all of them every five minutes.
 */
export const heishamon = defineDialect({
  name: 'heishamon',
  description: 'HeishaMon gateways in Panasonic heat pumps',
  filters: [
    '+/main/+',
    '+/extra/+',
    '+/s0/+/+',
    '+/LWT',
    '+/+/main/+',
    '+/+/extra/+',
    '+/+/s0/+/+',
    '+/+/LWT',
  ],
  streams: ['heatpump'],
  delivery: 'states',
  settings: {
    /** How long a value holds without a new one; the default tolerates two missed full rounds. */
    BRIDGE_HEISHAMON_FIELD_TTL: envField.durationMs().default(15 * 60_000),
    /** The meter on S0 port 1 counts the electricity of the heat pump. */
    BRIDGE_HEISHAMON_S0: envField.boolean().default(true),
    /** Electric power of the internal heater in kW: 3, 6 or 9, by model. */
    BRIDGE_HEISHAMON_HEATER_KW: envField.number({ min: 0, max: 30 }).default(3),
  },
  lifetimes: settings => ({ defaultMs: settings.BRIDGE_HEISHAMON_FIELD_TTL }),
  unreadTopic(mqttTopic) {
    // It reports the state of the gateway, not of the heat pump behind it.
    if (mqttTopic.endsWith('/LWT')) return 'availability';
    return valueOf(mqttTopic) === undefined ? 'nothing_we_read' : undefined;
  },
  createAdapter,
  readingOf: (state, settings) =>
    heatpumpFields(state, {
      hasMeter: settings.BRIDGE_HEISHAMON_S0,
      heaterKw: settings.BRIDGE_HEISHAMON_HEATER_KW,
    }),
  golden: () => import('./heishamon.golden.ts'),
});

const topicOfValue = /^(.+?)\/((?:main|extra)\/[^/]+|s0\/[^/]+\/[^/]+)$/;

/** `panasonic_heat_pump/main/DHW_Temp` is the value `main/DHW_Temp` of that base topic. */
function valueOf(mqttTopic: string) {
  const [, base, name] = topicOfValue.exec(mqttTopic) ?? [];
  const read = name === undefined ? undefined : readers[name];
  return base !== undefined && name !== undefined && read !== undefined
    ? { base, name, read }
    : undefined;
}

function createAdapter(): Adapter {
  return ({ mqttTopic, payload }) => {
    const value = valueOf(mqttTopic);
    if (value === undefined) return ignore('nothing_we_read');
    const { base, name, read } = value;
    if (!deviceIdSchema.safeParse(base).success) {
      return reject(
        'device_id_invalid',
        'The base topic is not a valid device id: it is too long or has invalid characters.',
      );
    }
    const text = Buffer.from(payload).toString('utf8').trim();
    if (text === '') {
      return reject('payload_empty', 'The payload is empty.', base);
    }
    const found = read(text);
    if (found === wrongType) {
      return reject(
        'field_wrong_type',
        `The value of "${name}" cannot be read.`,
        base,
      );
    }
    return observed({
      stream: 'heatpump',
      deviceId: base,
      fields: { [name]: found },
    });
  };
}

type Read = (text: string) => number | string | null | typeof wrongType;

/** Reads a number; `null` for those that mean no value. */
function numberUnless(isAbsent: (value: number) => boolean): Read {
  return text => {
    const value = readNumber(text);
    return typeof value === 'number' && isAbsent(value) ? null : value;
  };
}

/** A missing sensor reads as the smallest value of its byte, or as an open circuit. */
const degrees = numberUnless(
  value => value === -127 || value === -128 || value === -78,
);

/** A state is -1 when the heat pump has not reported it. */
const state = numberUnless(value => value < 0);
const counter = state;

/**
 * One byte in steps of 200 W; 0 is sent as -200 and means no data. Newer series use it for
 * something else, which reads as about 29.6 kW: more than any of these pumps has.
 */
const coarseWatts = numberUnless(value => value < 0 || value > 25_000);

/** In steps of 1 W; -1 when the heat pump does not send them. */
const watts = numberUnless(value => value < 0);

/** `No error`, or a code such as `H76`. */
function errorText(text: string): string | null {
  return isAbsentWord(text) || text === '-1' ? null : text.slice(0, 100);
}

/** The values that are read, by the MQTT topic below the base topic. */
const readers: Readonly<Record<string, Read | undefined>> = {
  'main/Heatpump_State': state,
  'main/Operating_Mode_State': state,
  'main/ThreeWay_Valve_State': state,
  'main/Defrosting_State': state,
  'main/Sterilization_State': state,
  'main/Internal_Heater_State': state,
  'main/Error': errorText,
  'main/Outside_Temp': degrees,
  'main/Main_Outlet_Temp': degrees,
  'main/Main_Inlet_Temp': degrees,
  'main/Main_Target_Temp': degrees,
  'main/DHW_Temp': degrees,
  'main/DHW_Target_Temp': degrees,
  'main/Room_Thermostat_Temp': degrees,
  'main/Pump_Flow': counter,
  'main/Compressor_Freq': counter,
  'main/Operations_Hours': counter,
  'main/Operations_Counter': counter,
  'main/Heat_Power_Production': coarseWatts,
  'main/Heat_Power_Consumption': coarseWatts,
  'main/DHW_Power_Production': coarseWatts,
  'main/DHW_Power_Consumption': coarseWatts,
  'main/Cool_Power_Production': coarseWatts,
  'main/Cool_Power_Consumption': coarseWatts,
  'extra/Heat_Power_Production_Extra': watts,
  'extra/Heat_Power_Consumption_Extra': watts,
  'extra/DHW_Power_Production_Extra': watts,
  'extra/DHW_Power_Consumption_Extra': watts,
  'extra/Cool_Power_Production_Extra': watts,
  'extra/Cool_Power_Consumption_Extra': watts,
  's0/Watt/1': watts,
  's0/WatthourTotal/1': counter,
};
