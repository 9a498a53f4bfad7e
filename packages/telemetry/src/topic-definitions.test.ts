import { expect, test } from 'vitest';
import { kafkaTopics, streams } from './streams.ts';
import {
  deadLetterTopic,
  ingestDeadLetterTopic,
  topicDefinitions,
} from './topic-definitions.ts';

test('every stream has its topic and its dead-letter topic, and strays have theirs', () => {
  const wanted = [
    ...streams.flatMap(stream => [
      kafkaTopics[stream],
      deadLetterTopic(kafkaTopics[stream]),
    ]),
    ingestDeadLetterTopic,
  ];
  expect(topicDefinitions.map(({ name }) => name).toSorted()).toEqual(
    wanted.toSorted(),
  );
  expect(deadLetterTopic('homelab.energy')).toBe('homelab.energy.dlq');
});

test('dead letters are kept at least as long as what they come from', () => {
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
