import { allowedCompressionsAlgorithms, Producer } from '@platformatic/kafka';
import { testServers, uniqueName } from '@homelab/test-kit';
import { expect, onTestFinished, test } from 'vitest';
import {
  createRedriveFixture,
  numbersOf,
  sinkLetter,
  upTo,
} from './redrive-fixture.ts';

const t = { onTestFinished };

test.each(allowedCompressionsAlgorithms)(
  'letters in batches compressed with %s go back unchanged',
  async compression => {
    const fixture = await createRedriveFixture(t);
    const producer = new Producer<string, string, string, string>({
      clientId: uniqueName('compressing'),
      bootstrapBrokers: [...testServers().kafka.brokers],
      compression,
      serializers: {
        key: text => Buffer.from(text ?? ''),
        value: text => Buffer.from(text ?? ''),
        headerKey: text => Buffer.from(text ?? ''),
        headerValue: text => Buffer.from(text ?? ''),
      },
    });
    t.onTestFinished(() => producer.close());
    await producer.send({
      messages: upTo(120).map(index => {
        const { topic, key, value, headers } = sinkLetter(fixture, index);
        return {
          topic,
          key: String(key),
          value: String(value),
          headers: new Map(
            Object.entries(headers ?? {}).map(([name, one]) => [
              name,
              String(one),
            ]),
          ),
        };
      }),
    });
    const outcome = await fixture.redrive();
    expect(outcome).toMatchObject({
      end: 'complete',
      sent: new Map([[fixture.origin, 120]]),
    });
    const sent = await fixture.recordsOf(fixture.origin, 120);
    expect(numbersOf(sent)).toEqual(upTo(120));
    expect(String(sent[0]?.headers['mqtt-topic'])).toBe(
      'homelab/energy/device',
    );
  },
);
