import {
  deadLetterCodes,
  deadLetterHeaders,
  ingestDeadLetterTopic,
  mqttDeliveryHeaders,
  readReading,
  recordHeaders,
  statesTopic,
  topicDefinitions,
} from '@homelab/telemetry';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultLimits, messageOf, routerIn } from '../test/bridge-fixtures.ts';
import { parseObserved } from './assembler/observed-field.ts';
import type { DeviceMessage } from './device-message.ts';
import { goldenMessages } from './dialects/golden-messages.ts';
import { dialectNames } from './dialects/index.ts';
import { ignoredReasons } from './observation.ts';
import { redrivenMessage } from './redriven-message.ts';
import { createTranslate } from './translate-message.ts';

const seed = 20_260_112;
const translate = createTranslate({
  router: routerIn(),
  limits: defaultLimits,
});
const topicNames = new Set(topicDefinitions.map(({ name }) => name));
const codes: ReadonlySet<string> = new Set(deadLetterCodes);
const reasons: ReadonlySet<string> = new Set(ignoredReasons);

/** Whatever comes in ends as readings, as one dead letter with its bytes, or as ignored. */
function expectAnEnd(message: DeviceMessage): void {
  const translation = translate(message);
  const { records, streams, rejected, ignored, defect } = translation;
  if (defect !== undefined) throw defect;
  must(
    'known Kafka topics',
    records.every(({ topic }) => topicNames.has(topic)),
  );
  if (rejected !== undefined) {
    must('a known code', codes.has(rejected));
    must('one dead letter', records.length === 1);
    const bytes = Buffer.from(records[0]?.value ?? 'none');
    must('the original bytes', Buffer.compare(bytes, message.payload) === 0);
  } else if (ignored !== undefined) {
    must('a known reason', reasons.has(ignored));
    must('no record', records.length === 0);
  } else {
    must('a record', records.length > 0);
    for (const [index, { topic, key, value }] of records.entries()) {
      must('a key', typeof key === 'string' && key !== '');
      if (topic === statesTopic) {
        const bytes = Buffer.from(String(value));
        must('an observation', parseObserved({ value: bytes }) !== undefined);
        continue;
      }
      const stored = readReading(
        streams[index] ?? 'energy',
        JSON.parse(String(value)),
      );
      must('a stored reading', stored.ok && stored.outOfRange.length === 0);
    }
  }
}

/** `expect` would cost more than all the parsing. */
function must(what: string, holds: boolean): void {
  if (!holds) throw new Error(`The translation does not give ${what}.`);
}

const mqttTopics = fc.constantFrom(
  ...goldenMessages.map(({ mqttTopic }) => mqttTopic),
  'nobody/knows/this',
  '$SYS/broker/uptime',
  'zigbee2mqtt/',
  '/data',
);

const around = (
  payload: Uint8Array,
  mqttTopic: string,
  retained = false,
): DeviceMessage => ({
  mqttTopic,
  payload,
  retained,
  receivedAtMs: Date.parse('2026-01-12T06:31:10Z'),
});

/** Values that devices, or somebody who means no good, put where a number should be. */
const oddValue = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(
    null,
    true,
    '',
    '-',
    'nan',
    '1e999',
    '0x1',
    -32_768,
    65_535,
    1e308,
    -0,
    '\u0000',
    '\ud800',
    '__proto__',
    'x'.repeat(5000),
    [],
    {},
    [[[]]],
    { total: {} },
    { tC: 'NaN' },
    '2026-99-99',
    '9'.repeat(400),
    '275760-09-13',
    8.64e15,
    8.64e15 + 1,
  ),
  fc.string({ unit: 'binary' }),
  fc.jsonValue({ maxDepth: 3 }),
);

const validFields = goldenMessages.flatMap(golden => {
  try {
    const value: unknown = JSON.parse(String(golden.payload));
    return typeof value === 'object' && value !== null
      ? [{ golden, value }]
      : [];
  } catch {
    return [];
  }
});

/** A golden message with some of its fields, at any depth, replaced or removed. */
const mutated = fc
  .tuple(
    fc.constantFrom(...validFields),
    fc.array(fc.tuple(fc.nat(200), fc.option(oddValue, { nil: undefined })), {
      minLength: 1,
      maxLength: 4,
    }),
    fc.boolean(),
  )
  .map(([{ golden, value }, changes, retained]) => {
    const copy: unknown = structuredClone(value);
    for (const [position, replacement] of changes)
      replaceAt(copy, position, replacement);
    const payload = Buffer.from(JSON.stringify(copy));
    return { ...messageOf(golden), payload, retained };
  });

function replaceAt(
  root: unknown,
  position: number,
  replacement: unknown,
): void {
  const slots: { holder: object; key: string }[] = [];
  const visit = (holder: unknown) => {
    if (typeof holder !== 'object' || holder === null) return;
    for (const key of Object.keys(holder)) {
      slots.push({ holder, key });
      visit(Reflect.get(holder, key));
    }
  };
  visit(root);
  const slot = slots[position % Math.max(slots.length, 1)];
  if (slot === undefined) return;
  if (replacement === undefined) Reflect.deleteProperty(slot.holder, slot.key);
  else Reflect.set(slot.holder, slot.key, structuredClone(replacement));
}

/** How many payloads of each kind. */
const runs = {
  bytes: 20_000,
  json: 15_000,
  oddValues: 30_000,
  damaged: 25_000,
  mqttTopics: 15_000,
  redriven: 10_000,
};
const options = (numRuns: number) => ({ seed, numRuns });
const timeoutMs = 120_000;

describe(`whatever comes, parsing ends as readings, dead letter or ignored (seed ${seed})`, () => {
  test(
    'random bytes',
    () => {
      fc.assert(
        fc.property(
          fc.uint8Array({ maxLength: 300 }),
          mqttTopics,
          fc.boolean(),
          (bytes, topic, retained) =>
            expectAnEnd(around(bytes, topic, retained)),
        ),
        options(runs.bytes),
      );
    },
    timeoutMs,
  );

  test(
    'random JSON',
    () => {
      fc.assert(
        fc.property(fc.json(), mqttTopics, (text, topic) =>
          expectAnEnd(around(Buffer.from(text), topic)),
        ),
        options(runs.json),
      );
    },
    timeoutMs,
  );

  test(
    'golden messages with odd values in any field',
    () => {
      fc.assert(fc.property(mutated, expectAnEnd), options(runs.oddValues));
    },
    timeoutMs,
  );

  test(
    'golden messages cut off anywhere or with a bit turned',
    () => {
      const damaged = fc
        .tuple(
          fc.constantFrom(...goldenMessages),
          fc.nat(),
          fc.nat(),
          fc.boolean(),
        )
        .map(([golden, cut, bit, cutting]) => {
          const message = messageOf(golden);
          const payload = Buffer.from(message.payload);
          const length = Math.max(payload.length, 1);
          if (cutting)
            return { ...message, payload: payload.subarray(0, cut % length) };
          const index = cut % length;
          payload[index] = (payload[index] ?? 0) ^ (1 << (bit % 8));
          return { ...message, payload };
        });
      fc.assert(fc.property(damaged, expectAnEnd), options(runs.damaged));
    },
    timeoutMs,
  );

  test(
    'golden messages redriven with any headers and any record timestamp',
    () => {
      const headerName = fc.constantFrom(
        ...Object.values({ ...recordHeaders, ...mqttDeliveryHeaders }),
        deadLetterHeaders.redriveCount,
      );
      const headerText = fc.oneof(
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.constantFrom('true', '+275760-09-13T00:00:00.001Z', '1e400', '-1'),
      );
      const record = fc.record({
        golden: fc.constantFrom(...goldenMessages),
        headers: fc.dictionary(headerName, headerText),
        timestampMs: fc.oneof(fc.double(), fc.integer(), fc.maxSafeInteger()),
      });
      fc.assert(
        fc.property(record, ({ golden, headers, timestampMs }) => {
          const all = {
            [recordHeaders.mqttTopic]: golden.mqttTopic,
            ...headers,
          };
          const message = redrivenMessage(
            {
              offset: '0',
              key: null,
              value: Buffer.from(golden.payload),
              timestampMs,
              headers: Object.fromEntries(
                Object.entries(all).map(([name, text]) => [
                  name,
                  Buffer.from(text),
                ]),
              ),
            },
            Date.parse('2026-01-12T06:31:10Z'),
          );
          expectAnEnd(message);
        }),
        options(runs.redriven),
      );
    },
    timeoutMs,
  );

  test(
    'random MQTT topics',
    () => {
      const valid = Buffer.from(
        '{"timestamp":"2026-01-12T06:31:00Z","device_id":"a","power_kw":1}',
      );
      fc.assert(
        fc.property(fc.string({ unit: 'binary', maxLength: 60 }), topic =>
          expectAnEnd(around(valid, topic)),
        ),
        options(runs.mqttTopics),
      );
    },
    timeoutMs,
  );

  test.each(dialectNames)('very deep and very large JSON to %s', format => {
    const mqttTopic =
      goldenMessages.find(golden => golden.format === format)?.mqttTopic ?? '';
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    for (const text of [
      deep,
      `{"device_id":${deep},"src":${deep},"Client_Name":${deep},"params":${deep}}`,
      `{"temperature":"${'9'.repeat(200_000)}","timestamp":"${'1'.repeat(50_000)}"}`,
      `{"device_id":"${'d'.repeat(200_000)}","timestamp":"2026-01-12T06:31:00Z"}`,
      'x'.repeat(1_000_000),
    ]) {
      expectAnEnd(around(Buffer.from(text), mqttTopic));
    }
  });
});

test('at least 100,000 payloads are tried, of every device format', () => {
  const total = Object.values(runs).reduce((sum, count) => sum + count, 0);
  expect(total).toBeGreaterThanOrEqual(100_000);
  expect(new Set(goldenMessages.map(({ format }) => format))).toEqual(
    new Set(dialectNames),
  );
});

test('an MQTT topic that no format claims goes to the ingest dead-letter topic', () => {
  const translation = translate(around(Buffer.from('{}'), 'nobody/knows/this'));
  expect(translation).toMatchObject({
    format: 'unknown',
    rejected: 'mqtt_topic_unknown',
  });
  expect(translation.records[0]?.topic).toBe(ingestDeadLetterTopic);
});
