import { ConfigError } from '@homelab/service-kit';
import { expect, test } from 'vitest';
import { parseConfig } from './config.ts';

const env = {
  KAFKA_BROKERS: '127.0.0.1:9092',
  PGHOST: '127.0.0.1',
  PGPORT: '5433',
  PGUSER: 'homelab_sink',
  PGPASSWORD: 'a-secret',
  PGDATABASE: 'homelab',
};

test('only the servers are required', () => {
  expect(parseConfig(env)).toEqual({
    streams: ['energy', 'heatpump', 'temperature'],
    kafka: {
      brokers: ['127.0.0.1:9092'],
      clientId: 'timescale-sink',
      sessionTimeoutMs: 30_000,
    },
    database: {
      host: '127.0.0.1',
      port: 5433,
      user: 'homelab_sink',
      password: 'a-secret',
      database: 'homelab',
      connections: 4,
    },
    batch: { maxRows: 5_000, maxAgeMs: 20 },
  });
});

test('streams and limits can be chosen', () => {
  const config = parseConfig({
    ...env,
    SINK_STREAMS: 'heatpump, energy,heatpump',
    SINK_BATCH_MAX_ROWS: '500',
    SINK_BATCH_MAX_AGE: '1s',
    SINK_DATABASE_CONNECTIONS: '1',
  });
  expect(config).toMatchObject({
    streams: ['heatpump', 'energy'],
    database: { connections: 1 },
    batch: { maxRows: 500, maxAgeMs: 1_000 },
  });
});

test('every bad key is listed, never a value', () => {
  const parse = () =>
    parseConfig({
      ...env,
      SINK_STREAMS: 'energy,water',
      SINK_BATCH_MAX_ROWS: '0',
      PGPORT: '',
    });
  expect(parse).toThrow(ConfigError);
  expect(parse).toThrow(
    /SINK_STREAMS[^]*SINK_BATCH_MAX_ROWS|SINK_BATCH_MAX_ROWS[^]*SINK_STREAMS/,
  );
  expect(parse).toThrow('PGPORT');
  expect(parse).not.toThrow('water');
});
