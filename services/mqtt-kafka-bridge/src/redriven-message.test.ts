import type { ConsumedRecord } from '@homelab/kafka';
import { deadLetterHeaders, mqttDeliveryHeaders } from '@homelab/telemetry';
import { expect, test } from 'vitest';
import { defaultLimits, routerIn } from '../test/bridge-fixtures.ts';
import { redrivenMessage } from './redriven-message.ts';
import { createTranslate } from './translate-message.ts';

const readAtMs = Date.parse('2026-02-01T10:00:00Z');
const translate = createTranslate({
  router: routerIn(),
  limits: defaultLimits,
});

function recordOf(
  headers: Readonly<Record<string, string>>,
  timestampMs: number,
): ConsumedRecord {
  return {
    offset: '0',
    key: null,
    value: Buffer.from('not json'),
    timestampMs,
    headers: Object.fromEntries(
      Object.entries({ 'mqtt-topic': 'saveeye/telemetry', ...headers }).map(
        ([name, text]) => [name, Buffer.from(text)],
      ),
    ),
  };
}

const noTimes = [
  8.64e15 + 1,
  -8.64e15 - 1,
  Number(2n ** 63n - 1n),
  Number(-(2n ** 63n)),
  -1,
  NaN,
  Infinity,
];

test.each(noTimes)(
  'a record with the timestamp %d counts as received when it is read',
  timestampMs => {
    const message = redrivenMessage(recordOf({}, timestampMs), readAtMs);
    expect(message.receivedAtMs).toBe(readAtMs);
  },
);

test.each([
  ['received-at', '+275760-09-13T00:00:00.001Z'],
  ['received-at', '-271821-04-19T23:59:59.999Z'],
  ['received-at', '8.64e15'],
  ['received-at', '99999-01-01'],
  ['received-at', 'no time'],
  [mqttDeliveryHeaders.waitedSince, '+275760-09-13T00:00:00.001Z'],
  [mqttDeliveryHeaders.waitedSince, 'yesterday'],
  [deadLetterHeaders.redriveCount, '9'.repeat(400)],
  [deadLetterHeaders.redriveCount, '-1'],
])(
  'a redriven record with the header %s: %s is dead-lettered',
  (name, text) => {
    for (const timestampMs of [...noTimes, 0, readAtMs]) {
      const message = redrivenMessage(
        recordOf({ [name]: text }, timestampMs),
        readAtMs,
      );
      const { rejected, records } = translate(message);
      expect(rejected).toBe('payload_not_json');
      for (const header of [
        'received-at',
        'dlq-origin-timestamp',
        'dlq-first-failed-at',
        'dlq-last-failed-at',
      ]) {
        const time = String(records[0]?.headers?.[header]);
        expect(new Date(time).toISOString()).toBe(time);
      }
    }
  },
);
