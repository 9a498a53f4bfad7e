import { createDeadLetterTopics } from './deadLetterTopics';

const all = new Set(['orders', 'orders.dlq', 'bills', 'bills.dead', 'a$&.dlq']);

it('says of a topic where its letters go, and of those whose they are', () => {
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

it('believes an origin that is named more than the name of the topic', () => {
  const { deadLetterTopicOf } = createDeadLetterTopics({
    topics: ['*.dlq'],
    origins: { 'orders.dlq': 'bills' },
  });
  expect(deadLetterTopicOf('bills', all)).toBe('orders.dlq');
  expect(deadLetterTopicOf('orders', all)).toBeNull();
});

it('takes no topic for one of dead letters that the configuration does not name', () => {
  const { deadLetterTopicOf } = createDeadLetterTopics({
    topics: ['*.dlq'],
    origins: { 'bills.dead': 'bills' },
  });
  expect(deadLetterTopicOf('bills', all)).toBeNull();
});
