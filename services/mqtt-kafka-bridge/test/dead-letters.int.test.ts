import {
  deadLetterHeaders,
  deadLetterTopic,
  ingestDeadLetterTopic,
  kafkaTopics,
  recordHeaders,
} from '@homelab/telemetry';
import {
  eventually,
  fileScope,
  seededRandom,
  uniqueName,
} from '@homelab/test-kit';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { connectDevice, ensureTopics, startBridge } from './bridge-harness.ts';
import { followTopics, withKey } from './kafka-tail.ts';

const t = { onTestFinished };

const file = fileScope(afterAll);
beforeAll(() => ensureTopics(file));

/** Follows a dead-letter topic for these bytes; gives a function that waits for them. */
async function expectLetter(topic: string, bytes: Buffer) {
  const letters = await followTopics(
    t,
    [topic],
    ({ value }) => value !== null && value.equals(bytes),
  );
  return () =>
    eventually(() => {
      const [letter] = letters;
      if (letter === undefined)
        throw new Error('No dead letter has these bytes yet.');
      return letter;
    });
}

test('an unreadable payload goes to the dead-letter topic of its stream, bytes untouched', async () => {
  const mqttTopic = `homelab/heatpump/${uniqueName('pump')}`;
  const bridge = await startBridge(t, { mqttTopics: [mqttTopic] });
  const device = await connectDevice(t);
  const garbage = Buffer.concat([
    Buffer.from(uniqueName('garbage')),
    seededRandom(7).bytes(2000),
    Buffer.from([0, 255, 254, 10]),
  ]);
  const letterOf = await expectLetter(
    deadLetterTopic(kafkaTopics.heatpump),
    garbage,
  );
  await device.publish(mqttTopic, garbage);

  const letter = await letterOf();
  const header = (name: string) => String(letter.headers[name]);
  expect(letter.key?.toString()).toBe(mqttTopic);
  expect(header(recordHeaders.mqttTopic)).toBe(mqttTopic);
  expect(header(deadLetterHeaders.code)).toBe('payload_not_json');
  expect(header(deadLetterHeaders.stage)).toBe('bridge');
  expect(header(deadLetterHeaders.originTopic)).toBe('mqtt');
  expect(header(deadLetterHeaders.attempts)).toBe('1');
  expect(header(deadLetterHeaders.message)).not.toBe('');
  expect(Date.parse(header(deadLetterHeaders.firstFailedAt))).toBeGreaterThan(
    0,
  );
  expect(
    await bridge.metric('homelab_bridge_rejected_total'),
  ).toBeGreaterThanOrEqual(1);
});

test('a message of a stream that does not exist goes to the ingest dead-letter topic', async () => {
  const mqttTopic = `homelab/weather/${uniqueName('station')}`;
  await startBridge(t, { mqttTopics: [mqttTopic] });
  const device = await connectDevice(t);
  const payload = Buffer.from(JSON.stringify({ wind: uniqueName('wind') }));
  const letterOf = await expectLetter(ingestDeadLetterTopic, payload);
  await device.publish(mqttTopic, payload);
  const letter = await letterOf();
  expect(String(letter.headers[deadLetterHeaders.code])).toBe(
    'mqtt_topic_unknown',
  );
});

const dayMs = 24 * 60 * 60 * 1000;
const isoAt = (offsetMs: number) =>
  new Date(Date.now() + offsetMs).toISOString();

test.each([
  [
    'a device id with control characters',
    'device_id_invalid',
    { device_id: 'meter\u0007\n1' },
  ],
  [
    'a field of the wrong type',
    'field_wrong_type',
    { power_kw: { value: 'lots' } },
  ],
  ['a time that is none', 'timestamp_invalid', { timestamp: 'half past six' }],
  [
    'a time in the far past',
    'timestamp_out_of_window',
    { timestamp: isoAt(-4000 * dayMs) },
  ],
  [
    'a time in the far future',
    'timestamp_out_of_window',
    { timestamp: isoAt(4000 * dayMs) },
  ],
  ['no field that we know', 'no_measurement', { power_kw: undefined }],
])(
  '%s is counted as %s, and its bytes are kept',
  async (_what, code, fields) => {
    const mqttTopic = `homelab/energy/${uniqueName('meter')}`;
    const bridge = await startBridge(t, { mqttTopics: [mqttTopic] });
    const device = await connectDevice(t);
    const good = { timestamp: isoAt(0), device_id: 'meter-1', power_kw: 1 };
    const payload = Buffer.from(
      JSON.stringify({ ...good, note: uniqueName('note'), ...fields }),
    );
    const letterOf = await expectLetter(
      deadLetterTopic(kafkaTopics.energy),
      payload,
    );
    await device.publish(mqttTopic, payload);
    const letter = await letterOf();
    expect(letter.value).toEqual(payload);
    expect(String(letter.headers[deadLetterHeaders.code])).toBe(code);
    const counted = (labels?: Record<string, string>) =>
      bridge.metric('homelab_bridge_rejected_total', labels);
    expect(await counted({ reason: code })).toBe(1);
    expect(await counted()).toBe(1);
  },
);

test('a payload of 1 MiB is kept whole, beside others in the same moment', async () => {
  const mqttTopic = `homelab/energy/${uniqueName('meter')}`;
  const bridge = await startBridge(t, { mqttTopics: [mqttTopic] });
  const device = await connectDevice(t);
  const topic = deadLetterTopic(kafkaTopics.energy);
  const large = Buffer.alloc(1024 * 1024, uniqueName('1MiB'));
  const letterOf = await expectLetter(topic, large);
  const small = Buffer.from(uniqueName('small'));
  const smallOf = await expectLetter(topic, small);
  await Promise.all(
    [small, large, large, small].map(payload =>
      device.publish(mqttTopic, payload),
    ),
  );
  expect(String((await letterOf()).headers[deadLetterHeaders.code])).toBe(
    'payload_too_large',
  );
  await smallOf();
  await eventually(async () =>
    expect(
      await bridge.metric('homelab_bridge_produced_total', { topic }),
    ).toBe(4),
  );
});

test('a payload over the limit is kept whole, and good messages behind it pass', async () => {
  const meter = uniqueName('meter');
  await startBridge(t, { mqttTopics: [`homelab/energy/${meter}`] });
  const device = await connectDevice(t);
  const large = Buffer.from(uniqueName('large').padEnd(700_000, 'x'));
  const letterOf = await expectLetter(
    deadLetterTopic(kafkaTopics.energy),
    large,
  );
  const readings = await followTopics(t, [kafkaTopics.energy], withKey(meter));
  await device.publish(`homelab/energy/${meter}`, large);
  await device.publish(`homelab/energy/${meter}`, '');
  await device.publish(`homelab/energy/${meter}`, {
    timestamp: new Date().toISOString(),
    device_id: meter,
    power_kw: 2,
  });
  const letter = await letterOf();
  expect(String(letter.headers[deadLetterHeaders.code])).toBe(
    'payload_too_large',
  );
  await eventually(() => expect(readings).toHaveLength(1));
});
