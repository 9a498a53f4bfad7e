import { expect, test } from 'vitest';
import { kafkaProperties } from './config.ts';

test('keeps Kafka on loopback and without undeclared topics', () => {
  const lines = kafkaProperties({
    kafka: 9092,
    kafkaController: 9093,
    dataDir: '/d',
  }).split('\n');
  expect(lines).toContain(
    'listeners=PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093',
  );
  expect(lines).toContain('auto.create.topics.enable=false');
});
