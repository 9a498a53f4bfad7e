import { createDeadLetterTopics } from './deadLetterTopics';

const all = new Set(['orders', 'orders.dlq', 'bills', 'bills.dead', 'a$&.dlq']);

it('maps topics to their dead-letter topics and back', () => {
  const { deadLetterTopicOf, originOf } = createDeadLetterTopics({
    topics: ['*.dlq', 'bills.dead'],
    origins: { 'bills.dead': 'bills' },
  });
  expect(originOf('orders.dlq')).toBe('orders');
  expect(deadLetterTopicOf('orders', all)).toBe('orders.dlq');
  expect(originOf('bills.dead')).toBe('bills');
  expect(deadLetterTopicOf('bills', all)).toBe('bills.dead');
  expect(deadLetterTopicOf('a$&', all)).toBe('a$&.dlq');
  expect(deadLetterTopicOf('orders.dlq', all)).toBeNull();
});

it('prefers a configured origin to the name of the topic', () => {
  const { deadLetterTopicOf } = createDeadLetterTopics({
    topics: ['*.dlq'],
    origins: { 'orders.dlq': 'bills' },
  });
  expect(deadLetterTopicOf('bills', all)).toBe('orders.dlq');
  expect(deadLetterTopicOf('orders', all)).toBeNull();
});

it('ignores dead-letter topics that the configuration does not name', () => {
  const { deadLetterTopicOf } = createDeadLetterTopics({
    topics: ['*.dlq'],
    origins: { 'bills.dead': 'bills' },
  });
  expect(deadLetterTopicOf('bills', all)).toBeNull();
});
