import { ConfigError } from '@homelab/service-kit';
import { expect, test } from 'vitest';
import { parseConfig } from './config.ts';

const env = {
  PGHOST: '127.0.0.1',
  PGPORT: '5433',
  PGUSER: 'homelab_live',
  PGPASSWORD: 'secret',
  PGDATABASE: 'homelab',
  KAFKA_BROKERS: '127.0.0.1:9092',
  LIVE_PORT: '7009',
};

test('listens on loopback for programs only, unless told otherwise', () => {
  expect(parseConfig(env)).toMatchObject({
    host: '127.0.0.1',
    port: 7009,
    origins: [],
    limits: { batchMs: 50 },
    oidc: undefined,
  });
  expect(
    parseConfig({
      ...env,
      LIVE_ORIGINS: 'https://house.example, http://localhost:3000',
    }).origins,
  ).toEqual(['https://house.example', 'http://localhost:3000']);
});

test('names every bad key, and never a value', () => {
  const bad = {
    ...env,
    PGPASSWORD: '',
    LIVE_ORIGINS: 'https://house.example/path',
    LIVE_PORT: 'secret-port',
  };
  const message = () => {
    try {
      parseConfig(bad);
      return '';
    } catch (error) {
      return error instanceof ConfigError ? error.message : 'another error';
    }
  };
  for (const key of ['PGPASSWORD', 'LIVE_ORIGINS', 'LIVE_PORT'])
    expect(message()).toContain(key);
  expect(message()).not.toContain('secret-port');
});
