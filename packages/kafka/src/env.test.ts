import { ConfigError, parseEnv } from '@homelab/service-kit';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { brokerListField, kafkaEnv } from './env.ts';

const brokersOf = (text: string) =>
  parseEnv(z.object(kafkaEnv), { KAFKA_BROKERS: text }).KAFKA_BROKERS;

test('brokers are split and trimmed, in the environment and in a file', () => {
  const brokers = ['a:9092', '127.0.0.1:9093'];
  expect(brokersOf('a:9092, 127.0.0.1:9093')).toEqual(brokers);
  expect(brokerListField.parse('a:9092, 127.0.0.1:9093')).toEqual(brokers);
  expect(brokerListField.parse(brokers)).toEqual(brokers);
});

test.each(['a', 'a:0', 'a:99999', 'a:9092,', 'kafka://a:9092'])(
  'the brokers "%s" are refused',
  text => {
    expect(() => brokersOf(text)).toThrow(ConfigError);
    expect(brokerListField.safeParse(text).success).toBe(false);
  },
);
