import { ignore, reject } from './adapter.ts';
import type { Adapter, AdapterSettings, DeviceMessage } from './adapter.ts';
import { finishReading, hasNoMeasurement } from './finish-reading.ts';
import { readJsonObject } from './read-payload.ts';
import type { Fields } from './read-payload.ts';
import { measuredAtMs, timestampText } from './read-time.ts';
import { createFieldReader } from './read-values.ts';
import { heatpumpFields } from './thermiq-registers.ts';

/**
 * Reads ThermIQ modules: flat JSON with registers named `d5`, `d005` or, in hex,
 * `r05`. A partial read (`vp_read` MISMATCH) gives the registers that came, if any.
 */
export function createThermiqAdapter(settings: AdapterSettings): Adapter {
  return message => {
    const payload = readJsonObject(message.payload);
    if (!payload.ok) return payload.rejection;
    const { fields } = payload;
    const device = deviceIdOf(fields, message, settings.thermiqClientPrefix);
    if (!device.ok) return device.rejection;
    const timeMs = measuredAtMs(
      fields.time ?? fields.Time ?? fields.timestamp,
      message,
      settings,
    );
    if (timeMs === null) return ignore('retained_without_time');
    const reader = createFieldReader(byRegister(fields));
    const measured = heatpumpFields(reader);
    const wrongField = reader.wrongField();
    if (wrongField !== undefined) {
      return reject(
        'field_wrong_type',
        `Field "${wrongField}" cannot be read.`,
        device.id,
      );
    }
    const result = finishReading(
      'heatpump',
      {
        timestamp: timestampText(timeMs),
        device_id: device.id,
        source: 'thermiq',
        ...measured,
      },
      device.id,
    );
    return hasNoMeasurement(result) && isFailedRead(fields)
      ? ignore('gateway')
      : result;
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
