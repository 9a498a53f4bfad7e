import {
  dialectOf,
  dialectSettings,
} from '@homelab/mqtt-kafka-bridge/dialects';
import { readReading } from '@homelab/telemetry';
import { z } from 'zod';
import { mqttMessagesOf } from '../src/devices/mqtt-messages.ts';
import type { SimulatedMessage } from '../src/devices/simulated-message.ts';

const settings = z.object(dialectSettings).parse({});
const clock = { siteTimeZone: 'Europe/Stockholm', clockToleranceMs: 300_000 };

/** The reading that a bridge with default settings makes of a message as it is published. */
export function readByBridge(message: SimulatedMessage) {
  const { mqttTopic } = message;
  const dialect = dialectOf(mqttMessagesOf(message)[0]?.mqttTopic ?? mqttTopic);
  if (dialect === undefined) throw new Error(`No dialect reads ${mqttTopic}.`);
  const observations = mqttMessagesOf(message).flatMap(published => {
    const result = dialect.createAdapter(
      settings,
      clock,
    )({
      mqttTopic: published.mqttTopic,
      payload: Buffer.from(published.text),
      retained: false,
      receivedAtMs: message.measuredAtMs,
    });
    if (result.kind === 'rejected') throw new Error(result.message);
    return result.kind === 'observed' ? result.observations : [];
  });
  const [first] = observations;
  if (first === undefined) throw new Error(`${mqttTopic} holds no values.`);
  const fields: Record<string, unknown> = Object.assign(
    {},
    ...observations.map(each => each.fields),
  );
  const { stream, deviceId, measuredAtMs = message.measuredAtMs } = first;
  return readReading(stream, {
    ...(dialect.delivery === 'states'
      ? dialect.readingOf(new Map(Object.entries(fields)), settings)
      : fields),
    timestamp: new Date(measuredAtMs).toISOString(),
    device_id: deviceId,
  });
}
