import { dialectOf } from '@homelab/mqtt-kafka-bridge/dialects';
import { goldenMessages } from '@homelab/mqtt-kafka-bridge/golden-messages';
import * as fc from 'fast-check';

/** A message that a device or an attacker may send. */
export interface FuzzMessage {
  readonly mqttTopic: string;
  readonly payload: Buffer;
}

const mebibyte = 1024 * 1024;

/**
 * The golden messages that the broker accepts from a device. At most one reading each, and no
 * single values that become readings later, so that messages can be counted by the records that
 * Kafka acknowledged.
 */
const goldenOnes = goldenMessages.filter(
  ({ mqttTopic: topic, expected }) =>
    dialectOf(topic)?.delivery === 'readings' &&
    (expected.kind !== 'readings' || expected.readings.length === 1),
);

const mqttTopic = fc.constantFrom(
  ...goldenOnes.map(each => each.mqttTopic),
  'homelab/weather/station',
  'zigbee2mqtt/',
  'zigbee2mqtt/bridge/log',
  '/data',
);

/** Values in place of a number: too large, not a number, other types, deeply nested. */
const oddText = fc.constantFrom(
  '1e999',
  '-1e999',
  '9'.repeat(400),
  '0.1e-400',
  'NaN',
  '"NaN"',
  '"Infinity"',
  'null',
  'true',
  '""',
  '"\\u0000"',
  '"\\ud800"',
  '"__proto__"',
  '[[[]]]',
  '{"a":{"b":{}}}',
  '-32768',
  '65535',
  `${'['.repeat(2_000)}${']'.repeat(2_000)}`,
  `"${'x'.repeat(3_000)}"`,
  '"275760-09-13T00:00:00Z"',
);

const golden = fc.constantFrom(...goldenOnes);

/** A golden message with some of its values replaced. */
const withOddValues = fc
  .tuple(
    golden,
    fc.array(fc.tuple(fc.nat(), oddText), { minLength: 1, maxLength: 3 }),
  )
  .map(([{ mqttTopic: topic, payload }, changes]) => {
    let text = Buffer.from(payload).toString();
    for (const [position, odd] of changes)
      text = replaceValue(text, position, odd);
    return { mqttTopic: topic, payload: Buffer.from(text) };
  });

function replaceValue(text: string, position: number, odd: string): string {
  const values = [...text.matchAll(/(?<=:\s*)(?:"[^"]*"|[\w.+-]+)/g)];
  const value = values[position % Math.max(values.length, 1)];
  if (value === undefined) return text;
  const end = value.index + value[0].length;
  return text.slice(0, value.index) + odd + text.slice(end);
}

/** A golden message that is truncated or has one bit flipped. */
const damaged = fc
  .tuple(golden, fc.nat(), fc.nat(7), fc.boolean())
  .map(([{ mqttTopic: topic, payload }, position, bit, cutting]) => {
    const bytes = Buffer.from(payload);
    const index = position % Math.max(bytes.length, 1);
    if (cutting) return { mqttTopic: topic, payload: bytes.subarray(0, index) };
    bytes[index] = (bytes[index] ?? 0) ^ (1 << bit);
    return { mqttTopic: topic, payload: bytes };
  });

const around = (payload: fc.Arbitrary<Buffer>) =>
  fc.record({ mqttTopic, payload });

const randomBytes = around(
  fc.uint8Array({ maxLength: 300 }).map(bytes => Buffer.from(bytes)),
);
const randomJson = around(fc.json().map(text => Buffer.from(text)));
const untouched = golden.map(({ mqttTopic: topic, payload }) => ({
  mqttTopic: topic,
  payload: Buffer.from(payload),
}));

/** Rare, because each is as large as thousands of others. */
const large = around(
  fc.constantFrom(
    Buffer.alloc(mebibyte, 'x'),
    Buffer.from(`"${'\\u0000'.repeat(mebibyte / 6 - 1)}"`),
    Buffer.from('['.repeat(mebibyte)),
    Buffer.from(`{"device_id":"${'d'.repeat(mebibyte - 20)}"}`),
  ),
);

/** `count` messages of every kind and every device format, the same for the same seed. */
export function fuzzMessages(seed: number, count: number): FuzzMessage[] {
  const kinds = fc.oneof(
    { arbitrary: withOddValues, weight: 40 },
    { arbitrary: damaged, weight: 30 },
    { arbitrary: randomBytes, weight: 15 },
    { arbitrary: randomJson, weight: 10 },
    { arbitrary: untouched, weight: 5 },
  );
  const largeCount = Math.ceil(count / 500);
  return [
    ...fc.sample(kinds, { seed, numRuns: count - largeCount }),
    ...fc.sample(large, { seed, numRuns: largeCount }),
  ];
}
