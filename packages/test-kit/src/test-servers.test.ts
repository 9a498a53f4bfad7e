import { expect, test } from 'vitest';
import { testServers } from './test-servers.ts';

const env = {
  HOMELAB_TEST_MQTT_URL: 'mqtt://127.0.0.1:1883',
  HOMELAB_TEST_MQTT_PASSWORDS: JSON.stringify({
    bridge: 'b',
    simulator: 's',
    devices: 'd',
    control: 'c',
    monitor: 'm',
  }),
  HOMELAB_TEST_KAFKA_BROKERS: '127.0.0.1:9092',
  HOMELAB_TEST_PG: JSON.stringify({
    host: '127.0.0.1',
    port: 5433,
    passwords: {
      postgres: 'p',
      homelab_owner: 'o',
      homelab_sink: 's',
      homelab_control: 'c',
      homelab_reader: 'r',
      homelab_api: 'a',
      homelab_live: 'l',
      homelab_explorer: 'e',
      homelab_grafana: 'g',
      homelab_backup: 'b',
      backstage: 'not ours',
    },
  }),
};

test('gives the servers of the environment', () => {
  const servers = testServers(env);
  expect(servers.mqtt.passwords.devices).toBe('d');
  expect(servers.kafka.brokers).toEqual(['127.0.0.1:9092']);
  expect(servers.postgres.port).toBe(5433);
});

test('without servers says how to start them, and which variables are missing', () => {
  expect(() => testServers({})).toThrow(
    /start them and the tests with `\.\/homelab test integration`\.\n.*HOMELAB_TEST_MQTT_URL/,
  );
});

test.each([
  '{broken',
  '{"host":"h","port":5433,"passwords":{"postgres":"hunter2"}}',
])('a wrong variable is named without its value', text => {
  const read = () => testServers({ ...env, HOMELAB_TEST_PG: text });
  expect(read).toThrow('HOMELAB_TEST_PG');
  expect(read).not.toThrow('hunter2');
});
