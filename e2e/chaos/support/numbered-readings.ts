import { canonicalMqttTopic, streams } from '@homelab/telemetry';
import type { Stream } from '@homelab/telemetry';
import type { Fate, LedgerEntry } from './ledger.ts';

/** The field of each stream that carries the number of a reading. */
export const numberField = {
  energy: 'total_energy_kwh',
  heatpump: 'total_consumed_kwh',
  temperature: 'room',
} as const satisfies Record<Stream, string>;

/** A device of a scenario. */
export interface Device {
  readonly stream: Stream;
  readonly deviceId: string;
}

/** The prefix of every device of the tier, so that a scenario can tell what another left behind. */
export const devicePrefix = 'chaos-';

/** `count` devices, spread over the streams, under a name of the scenario. */
export function devicesOf(scenario: string, count: number): Device[] {
  return Array.from({ length: count }, (_, index) => ({
    stream: streams[index % streams.length] ?? 'energy',
    deviceId: `${scenario}-${index}`,
  }));
}

/**
 * The message with this number of a device. The number is in the device time, a
 * millisecond each, and in a value, so that a mix-up shows.
 */
export function numberedReading(
  { stream, deviceId }: Device,
  options: { startMs: number; number: number; fate?: Fate; extra?: object },
): LedgerEntry {
  const { startMs, number, fate = 'stored', extra = {} } = options;
  const measuredAtMs = startMs + number;
  const payload = JSON.stringify({
    timestamp: new Date(measuredAtMs).toISOString(),
    device_id: deviceId,
    ...numbered(stream, number),
    ...extra,
  });
  return {
    number,
    mqttTopic: canonicalMqttTopic(stream, deviceId),
    payload: Buffer.from(payload),
    reading: { stream, deviceId, measuredAtMs },
    fate,
    acknowledged: false,
  };
}

/** No measurement of a room can hold any number, so its name does, along with a measurement. */
function numbered(stream: Stream, number: number): object {
  return stream === 'temperature'
    ? { [numberField.temperature]: String(number), temperature: 20 }
    : { [numberField[stream]]: number };
}

/** An unreadable message; each contains its number, so that no two are the same. */
export function poison(
  { stream, deviceId }: Device,
  options: { startMs: number; number: number },
): LedgerEntry {
  const { startMs, number } = options;
  const timestamp = new Date(startMs + number).toISOString();
  const good = { timestamp, device_id: deviceId, ...numbered(stream, number) };
  const mqttTopic = canonicalMqttTopic(stream, deviceId);
  const kinds: readonly [string, string | Buffer][] = [
    [mqttTopic, `{"timestamp":"${timestamp}","number":${number}`],
    [mqttTopic, Buffer.from([0xff, 0xfe, ...Buffer.from(String(number)), 0])],
    [mqttTopic, JSON.stringify([number])],
    [mqttTopic, JSON.stringify({ ...good, rssi: { number } })],
    [mqttTopic, JSON.stringify({ ...good, device_id: `bad\u0007${number}` })],
    [mqttTopic, JSON.stringify({ ...good, device_id: undefined, number })],
    [mqttTopic, JSON.stringify({ ...good, timestamp: `never ${number}` })],
    [
      mqttTopic,
      JSON.stringify({ ...good, timestamp: '1999-01-01T00:00:00Z', number }),
    ],
    [`homelab/weather/${deviceId}`, JSON.stringify({ wind: number })],
  ];
  const [topic, payload] = kinds[number % kinds.length] ?? [mqttTopic, ''];
  return {
    number,
    mqttTopic: topic,
    payload: Buffer.from(payload),
    fate: 'dead-lettered',
    acknowledged: false,
  };
}
