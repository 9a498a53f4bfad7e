import type { Message } from 'kafkajs';
import { expect, test } from 'vitest';
import { createPlacingPartitioner } from './partitioner.ts';

const partitionMetadata = Array.from({ length: 6 }, (_, partitionId) => ({
  partitionId,
  partitionErrorCode: 0,
  leader: 1,
  replicas: [1],
  isr: [1],
}));

function place(message: Message) {
  const choose = createPlacingPartitioner();
  return choose({ topic: 't', partitionMetadata, message });
}

// Values of Kafka's own producer, utils murmur2: toPositive(murmur2(key)) % 6.
test.each([
  ['21', toPositive(-973932308) % 6],
  ['foobar', toPositive(-790332482) % 6],
  ['a-little-bit-long-string', toPositive(-985981536) % 6],
])('the key %s goes where the Java client sends it', (key, expected) => {
  const message: Message = { key, value: 'v' };
  expect(place(message)).toBe(expected);
  expect(message.partition).toBe(expected);
});

test('a message without a key keeps its partition when it is sent again', () => {
  const choose = createPlacingPartitioner();
  const message: Message = { key: null, value: 'v' };
  const first = choose({ topic: 't', partitionMetadata, message });
  const again = Array.from({ length: 5 }, () =>
    choose({ topic: 't', partitionMetadata, message }),
  );
  expect(new Set([first, ...again]).size).toBe(1);
});

function toPositive(hash: number): number {
  return hash & 0x7fffffff;
}
