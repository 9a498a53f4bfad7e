import { expect, test } from 'vitest';
import { parseConfig } from './config.ts';

const env = {
  MQTT_URL: 'mqtt://127.0.0.1:1883',
  MQTT_USERNAME: 'control',
  MQTT_PASSWORD: 'secret',
  PGHOST: '127.0.0.1',
  PGPORT: '5433',
  PGUSER: 'homelab_control',
  PGPASSWORD: 'secret',
  PGDATABASE: 'homelab',
};

test('a device is waited for two minutes, and modules are named as in the bridge', () => {
  expect(parseConfig(env)).toMatchObject({
    confirmTimeoutMs: 120_000,
    thermiqClientPrefix: 'ThermIQ_',
  });
  const any = { ...env, BRIDGE_THERMIQ_ANY_CLIENT: 'true' };
  expect(parseConfig(any).thermiqClientPrefix).toBe('');
});

test('every bad key is named at once, never with its value', () => {
  const parse = () =>
    parseConfig({ ...env, PGPORT: 'x', CONTROL_CONFIRM_TIMEOUT: '9h' });
  expect(parse).toThrow(/PGPORT[\s\S]*CONTROL_CONFIRM_TIMEOUT/);
  expect(parse).not.toThrow('9h');
});
