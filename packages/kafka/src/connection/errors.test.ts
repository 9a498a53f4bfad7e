import {
  KafkaJSConnectionError,
  KafkaJSNumberOfRetriesExceeded,
  KafkaJSProtocolError,
} from '@homelab/kafkajs';
import { expect, test } from 'vitest';
import {
  isRebalance,
  KafkaError,
  kafkaClientCodes,
  toKafkaError,
} from './errors.ts';

function protocolError(type: string, retriable: boolean) {
  return new KafkaJSProtocolError(
    Object.assign(new Error(`broker said ${type}`), {
      type,
      code: 1,
      retriable,
    }),
  );
}

test("carries the broker's own error name, through the wrappers of kafkajs", () => {
  const wrapped = new KafkaJSNumberOfRetriesExceeded(
    protocolError('UNKNOWN_TOPIC_OR_PARTITION', true),
    { retryCount: 5, retryTime: 1_000 },
  );
  const error = toKafkaError(wrapped);
  expect(error).toMatchObject({
    code: 'UNKNOWN_TOPIC_OR_PARTITION',
    retryable: true,
    message: 'broker said UNKNOWN_TOPIC_OR_PARTITION',
  });
  expect(error.cause).toBe(wrapped);
});

test('a rejected record is not retryable', () => {
  expect(toKafkaError(protocolError('MESSAGE_TOO_LARGE', false))).toMatchObject(
    {
      code: 'MESSAGE_TOO_LARGE',
      retryable: false,
    },
  );
});

test('a lost connection is retryable', () => {
  expect(
    toKafkaError(new KafkaJSConnectionError('Connection timeout')),
  ).toMatchObject({
    code: kafkaClientCodes.connectionFailed,
    retryable: true,
  });
});

test('a rebalance is retryable and recognised as one', () => {
  const error = toKafkaError(protocolError('ILLEGAL_GENERATION', false));
  expect(error.retryable).toBe(true);
  expect(isRebalance(error)).toBe(true);
  expect(
    isRebalance(toKafkaError(protocolError('MESSAGE_TOO_LARGE', false))),
  ).toBe(false);
});

test('leaves its own errors alone and accepts values that are not errors', () => {
  const own = new KafkaError('m', { code: 'C', retryable: true });
  expect(toKafkaError(own)).toBe(own);
  expect(toKafkaError('just text')).toMatchObject({
    code: kafkaClientCodes.other,
    retryable: false,
    message: 'just text',
  });
});
