import { ConfigReader } from '@backstage/config';
import {
  readDeadLettersConfig,
  readMaskConfig,
  readRedriveLimits,
  refuseOldKeys,
} from './config';

const read = (config: object, name = 'prod') =>
  readDeadLettersConfig(new ConfigReader({ ...config }), {
    name,
    clientId: 'portal',
  });

it('without configuration recognizes dead-letter topics by name, and writes nowhere', () => {
  const config = read({});
  const topics = ['orders.dlq', 'orders-dlt', 'orders', '__a.dlq'];
  expect(topics.map(config.topics.isDeadLetterTopic)).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(config.topics.originOf('orders.dlq')).toBe('orders');
  expect(config.places).toEqual({
    ledgerTopic: 'consumer-lag.redrives',
    targetOf: {},
    originTopics: [],
    transactionalId: 'portal-redrive',
  });
});

it('the section of a cluster overrides the common one', () => {
  const config = {
    deadLetters: { ledgerTopic: 'common', writableTopics: ['a'] },
    kafka: {
      clusters: [
        { name: 'other' },
        {
          name: 'prod',
          deadLetters: { ledgerTopic: 'own', topics: ['dead.*'] },
        },
      ],
    },
  };
  expect(read(config, 'other').places.ledgerTopic).toBe('common');
  const own = read(config);
  expect(own.places).toMatchObject({
    ledgerTopic: 'own',
    originTopics: ['a'],
  });
  expect(own.topics.isDeadLetterTopic('dead.orders')).toBe(true);
  expect(own.topics.isDeadLetterTopic('orders.dlq')).toBe(false);
});

it('configured headers come before the common ones', () => {
  const { format, topics } = read({
    deadLetters: {
      headers: { code: ['x-reason'] },
      failureHeaders: ['x-*'],
      redriveCountHeader: 'x-redriven',
      origins: { 'orders.dlq': 'orders-v2', 'a.*': 'b.*' },
    },
  });
  expect(format.headers.code[0]).toBe('x-reason');
  expect(format.headers.code).toContain('dlq-code');
  expect(format.failureHeaders).toContain('x-*');
  expect(format.headers.redriveCount[0]).toBe('x-redriven');
  expect(topics.originOf('orders.dlq')).toBe('orders-v2');
  expect(topics.originOf('a.c')).toBe('b.c');
  expect(topics.originOf('a$&.dlq')).toBe('a$&');
});

it.each([
  [{ deadLetters: { ledger: 'x' } }, /deadLetters: .*ledger/],
  [{ deadLetters: { maxExamined: 1 } }, /deadLetters\.maxExamined/],
  [
    { kafka: { clusters: [{ name: 'prod', deadLetters: { topics: 'x' } }] } },
    /kafka\.clusters\[0\]\.deadLetters\.topics/,
  ],
])('refuses %j and names the key', (config, reason) => {
  expect(() => read(config)).toThrow(reason);
});

it('hides values that are not JSON if fields are masked, unless unparsed is false', () => {
  const mask = (config: object) =>
    readMaskConfig(new ConfigReader({ deadLetters: { mask: { ...config } } }));
  expect(mask({}).unparsed).toBe(false);
  expect(mask({ fields: ['a'] }).unparsed).toBe(true);
  expect(mask({ fields: ['a'], unparsed: false }).unparsed).toBe(false);
});

it('a default rate above the maximum is refused', () => {
  const limits = (redrive: object) =>
    readRedriveLimits(
      new ConfigReader({
        deadLetters: { actions: { redrive: { ...redrive } } },
      }),
    );
  expect(limits({ enabled: true })).toEqual({
    defaultRatePerSecond: 50,
    maxRatePerSecond: 1_000,
  });
  expect(() => limits({ maxRatePerSecond: 10 })).toThrow(
    /must not be above maxRatePerSecond/,
  );
});

it('refuses a mask under its old key', () => {
  const config = new ConfigReader({ consumerLag: { mask: { keys: true } } });
  expect(() => refuseOldKeys(config)).toThrow(
    'consumerLag.mask is now deadLetters.mask',
  );
});
