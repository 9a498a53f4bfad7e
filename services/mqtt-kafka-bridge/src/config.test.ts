import { ConfigError } from '@homelab/service-kit';
import { expect, test } from 'vitest';
import { parseConfig } from './config.ts';

const required = {
  MQTT_URL: 'mqtt://127.0.0.1:1883',
  MQTT_USERNAME: 'bridge',
  MQTT_PASSWORD: 'a-secret-word',
  KAFKA_BROKERS: '127.0.0.1:9092,127.0.0.1:9192',
};

test('gives every part its settings, with defaults', () => {
  const config = parseConfig({
    ...required,
    SITE_TIME_ZONE: 'Europe/Stockholm',
  });
  expect(config).toMatchObject({
    mqtt: {
      clientId: 'homelab-bridge',
      receiveMaximum: 2000,
      sessionExpiryS: 604_800,
      keepAliveS: 30,
    },
    kafka: {
      brokers: ['127.0.0.1:9092', '127.0.0.1:9192'],
      clientId: 'homelab-bridge',
    },
    clock: {
      siteTimeZone: 'Europe/Stockholm',
      clockToleranceMs: 300_000,
    },
    dialects: {
      BRIDGE_THERMIQ_CLIENT_PREFIX: 'ThermIQ_',
      BRIDGE_THERMIQ_ANY_CLIENT: false,
      BRIDGE_FIELD_TTL: 10_800_000,
    },
    limits: {
      maxPayloadBytes: 262_144,
      maxAgeMs: 83 * 86_400_000,
      maxAheadMs: 86_400_000,
    },
    delivery: {
      maxPendingMessages: 10_000,
      maxPendingBytes: 67_108_864,
      lingerMs: 1,
    },
  });
  expect(config.mqtt.filters).toContain('homelab/+/+');
  expect(Object.isFrozen(config)).toBe(true);
});

test('a dialect gets its own variables', () => {
  const config = parseConfig({
    ...required,
    BRIDGE_THERMIQ_ANY_CLIENT: 'true',
  });
  expect(config.dialects).toMatchObject({ BRIDGE_THERMIQ_ANY_CLIENT: true });
});

test('an instance can read a subset of the MQTT topics', () => {
  const filtersOf = (BRIDGE_MQTT_FILTERS: string) =>
    parseConfig({ ...required, BRIDGE_MQTT_FILTERS }).mqtt.filters;
  expect(filtersOf('homelab/energy/+, zigbee2mqtt/#')).toEqual([
    'homelab/energy/+',
    'zigbee2mqtt/#',
  ]);
  for (const wrong of ['a,,b', 'a/#/b', 'a#', 'a/b+']) {
    expect(() => filtersOf(wrong)).toThrow('BRIDGE_MQTT_FILTERS');
  }
});

test('no reading is let in that would be deleted before it is aggregated', () => {
  const maxAgeOf = (BRIDGE_MAX_AGE: string) =>
    parseConfig({ ...required, BRIDGE_MAX_AGE }).limits.maxAgeMs;
  expect(maxAgeOf('83d')).toBe(83 * 86_400_000);
  expect(() => maxAgeOf('84d')).toThrow('deleted after 90 days');
});

test('names every bad key and never a value', () => {
  const parse = () =>
    parseConfig({
      ...required,
      MQTT_PASSWORD: '',
      KAFKA_BROKERS: 'no-port-here',
      BRIDGE_RECEIVE_MAXIMUM: '0',
      BRIDGE_MAX_AGE: 'a year or so',
      BRIDGE_FIELD_TTL: 'until tea',
      SITE_TIME_ZONE: 'Middle/Earth',
    });
  expect(parse).toThrow(ConfigError);
  for (const key of [
    'MQTT_PASSWORD',
    'KAFKA_BROKERS',
    'BRIDGE_RECEIVE_MAXIMUM',
    'BRIDGE_MAX_AGE',
    'BRIDGE_FIELD_TTL',
    'SITE_TIME_ZONE',
  ]) {
    expect(parse).toThrow(key);
  }
  expect(parse).not.toThrow(/no-port-here|a year or so|until tea|Middle/);
});
