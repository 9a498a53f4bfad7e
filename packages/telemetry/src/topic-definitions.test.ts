import { expect, test } from 'vitest';
import { kafkaTopics, streams } from './streams.ts';
import { maxLetterPayloadBytes } from './mqtt-topics.ts';
import {
  deadLetterTopic,
  deadLetterTopics,
  ingestDeadLetterTopic,
  ingestRedriveTopic,
  keptForever,
  redriveLedgerTopic,
  statesTopic,
  topicDefinitions,
  topicSettings,
} from './topic-definitions.ts';

test('there is a topic and a dead-letter topic per stream, and topics for unknown messages, redrives and states', () => {
  const wanted = [
    ...streams.flatMap(stream => [
      kafkaTopics[stream],
      deadLetterTopic(kafkaTopics[stream]),
    ]),
    ingestDeadLetterTopic,
    ingestRedriveTopic,
    redriveLedgerTopic,
    statesTopic,
  ];
  expect(topicDefinitions.map(({ name }) => name).toSorted()).toEqual(
    wanted.toSorted(),
  );
  expect(deadLetterTopic('homelab.energy')).toBe('homelab.energy.dlq');
});

test('dead letters are kept at least as long as their original records', () => {
  const retentionOf = (name: string) =>
    topicDefinitions.find(definition => definition.name === name)
      ?.retentionMs ?? 0;
  for (const stream of streams) {
    const topic = kafkaTopics[stream];
    expect(retentionOf(deadLetterTopic(topic))).toBeGreaterThanOrEqual(
      retentionOf(topic),
    );
  }
});

test('dead-letter and redrive topics accept the largest payload with its headers', () => {
  const headroomBytes = 64 * 1024;
  const holdLetters = topicDefinitions.filter(
    ({ kind }) => kind === 'dead-letter' || kind === 'redrive',
  );
  expect(holdLetters.map(({ name }) => name)).toEqual([
    ...deadLetterTopics,
    ingestRedriveTopic,
  ]);
  for (const { maxMessageBytes } of holdLetters) {
    expect(maxMessageBytes).toBeGreaterThan(
      maxLetterPayloadBytes + headroomBytes,
    );
  }
});

test('the size limit of dead letters spans many segments', () => {
  for (const topic of topicDefinitions) {
    if (topic.kind !== 'dead-letter') continue;
    const settings = topicSettings(topic);
    expect(settings['retention.bytes']).toBe(String(256 * 1024 * 1024));
    expect(Number(settings['segment.bytes'])).toBeGreaterThan(
      2 * topic.maxMessageBytes,
    );
    expect(Number(settings['segment.bytes'])).toBeLessThan(
      Number(settings['retention.bytes']) / 4,
    );
  }
});

test('entries of the redrive ledger never expire, they are only replaced', () => {
  const ledger = topicDefinitions.find(
    ({ name }) => name === redriveLedgerTopic,
  );
  expect(ledger).toMatchObject({
    partitions: 1,
    retentionMs: keptForever,
    cleanupPolicy: 'compact',
  });
  expect(
    topicSettings({
      retentionMs: 1,
      cleanupPolicy: 'delete',
      maxMessageBytes: 2,
    }),
  ).toEqual({
    'retention.ms': '1',
    'cleanup.policy': 'delete',
    'max.message.bytes': '2',
  });
});

test('states are compacted late enough to replay a day, and old ones are deleted', () => {
  const states = topicDefinitions.find(({ name }) => name === statesTopic);
  expect(states && topicSettings(states)).toEqual({
    'retention.ms': '604800000',
    'cleanup.policy': 'compact,delete',
    'max.message.bytes': String(1024 * 1024 + 12),
    'min.compaction.lag.ms': '86400000',
    'segment.ms': '86400000',
  });
});
