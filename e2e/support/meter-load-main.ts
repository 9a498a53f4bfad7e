/**
 * `node meter-load-main.ts PER_SECOND`: publishes readings of 50 meters until SIGTERM, and then prints
 * how many a second the broker has acknowledged. Prints a line once it publishes.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { canonicalMqttTopic } from '@homelab/telemetry';
import { connectMqtt } from '@homelab/test-kit';

const meters = 50;
const stepMs = 20;
/** A broker that cannot keep up gets less, not ever more at once. */
const maxUnderway = 500;

const perSecond = Number(process.argv[2]);
const cleanUps: (() => Promise<void> | void)[] = [];
const device = await connectMqtt(
  { onTestFinished: cleanUp => void cleanUps.push(cleanUp) },
  'devices',
);
const over = new AbortController();
process.once('SIGTERM', () => over.abort());

let sent = 0;
let acknowledged = 0;
let failed: unknown;
const publish = async () => {
  const deviceId = `load-${sent % meters}`;
  sent += 1;
  const reading = {
    timestamp: new Date().toISOString(),
    device_id: deviceId,
    power_kw: (sent % 300) / 100,
  };
  try {
    await device.publishAsync(
      canonicalMqttTopic('energy', deviceId),
      JSON.stringify(reading),
      { qos: 1 },
    );
    acknowledged += 1;
  } catch (error) {
    failed = error;
    over.abort();
  }
};

process.stdout.write('publishing\n');
const startMs = performance.now();
const seconds = () => (performance.now() - startMs) / 1_000;
while (!over.signal.aborted) {
  const due = seconds() * perSecond;
  while (sent < due && sent - acknowledged < maxUnderway) void publish();
  await delay(stepMs);
}
const rate = acknowledged / seconds();
for (const cleanUp of cleanUps) await cleanUp();
if (failed !== undefined) throw failed;
process.stdout.write(`${rate}\n`);
