import { createParser } from 'eventsource-parser';
import { connectAsync } from 'mqtt';
import { mqttFilters } from '@homelab/mqtt-kafka-bridge/dialects';
import { z } from 'zod';

/** What the measurement needs of a running stack. */
export interface LatencyProbe {
  mqttUrl: string;
  /** Password of the MQTT user `monitor`, who may read everything. */
  mqttPassword: string;
  portalUrl: string;
  /** Ends the measurement early, without a result. */
  signal: AbortSignal;
}

const signInSchema = z.object({
  backstageIdentity: z.object({ token: z.string() }),
});
const readingEventSchema = z.object({
  deviceReading: z.object({ deviceId: z.string() }),
});

/** Most messages remembered while they are on their way. */
const maxUnderway = 200;

/**
 * Watches device messages on MQTT and the portal's live stream, and gives the time in
 * milliseconds that the first one took from one to the other. Sends no messages itself.
 *
 * @throws when the broker or the portal cannot be reached, or when `signal` aborts
 */
export async function measureLatencyMs(probe: LatencyProbe): Promise<number> {
  const underway: { text: string; seenAtMs: number }[] = [];
  const monitor = await connectAsync(
    probe.mqttUrl,
    {
      protocolVersion: 5,
      username: 'monitor',
      password: probe.mqttPassword,
      reconnectPeriod: 0,
    },
    false,
  );
  try {
    monitor.on('message', (topic, payload) => {
      underway.push({
        text: `${topic} ${payload}`,
        seenAtMs: performance.now(),
      });
      if (underway.length > maxUnderway) underway.shift();
    });
    await monitor.subscribeAsync([...mqttFilters]);
    for await (const deviceId of liveDeviceIds(probe)) {
      // Every format names its device in the payload or in the MQTT topic.
      const sent = underway.findLast(({ text }) => text.includes(deviceId));
      if (sent) return performance.now() - sent.seenAtMs;
    }
    throw new Error('The live stream of the portal ended.');
  } finally {
    await monitor.endAsync(true);
  }
}

/** The device of each reading in the portal's live stream. */
async function* liveDeviceIds({
  portalUrl,
  signal,
}: LatencyProbe): AsyncGenerator<string> {
  const response = await fetch(`${portalUrl}/api/heat-pump/live`, {
    headers: { authorization: `Bearer ${await signIn(portalUrl, signal)}` },
    signal,
  });
  if (!response.ok || !response.body) {
    throw new Error(`The portal answered ${response.status}.`);
  }
  const deviceIds: string[] = [];
  const parser = createParser({
    onEvent: ({ event, data }) => {
      if (event !== 'reading') return;
      const { deviceReading } = readingEventSchema.parse(JSON.parse(data));
      deviceIds.push(deviceReading.deviceId);
    },
  });
  const decoder = new TextDecoder();
  for await (const chunk of response.body) {
    parser.feed(decoder.decode(chunk, { stream: true }));
    yield* deviceIds.splice(0);
  }
}

async function signIn(portalUrl: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(`${portalUrl}/api/auth/guest/refresh`, {
    signal,
  });
  const { backstageIdentity } = signInSchema.parse(await response.json());
  return backstageIdentity.token;
}
