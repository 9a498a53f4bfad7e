import { canonicalMqttTopic, streams } from '@homelab/telemetry';
import { expect, test } from 'vitest';
import { bridgeVariables } from '../config.ts';
import { dialectNames, dialectOf, dialects } from './index.ts';

test.each([
  ['homelab/energy/meter-1', 'canonical'],
  // Two filters select it; a canonical name ends as it likes.
  ['homelab/energy/data', 'canonical'],
  ['zigbee2mqtt/upstairs/data', 'zigbee2mqtt'],
  ['zigbee2mqtt/bridge/state', 'zigbee2mqtt'],
  ['saveeye/telemetry', 'saveeye'],
  ['shellyhtg3-aabbcc/events/rpc', 'shelly'],
  ['shellies/bedroom/events/rpc', 'shelly'],
  ['thermiq_heatpump/data', 'thermiq'],
  ['ThermIQ/ThermIQ-room2/data', 'thermiq'],
  ['a/b/c/data', undefined],
  ['homelab/energy', undefined],
  ['$SYS/data', undefined],
])('%s is read as %s', (topic, format) => {
  expect(dialectOf(topic)?.name).toBe(format);
});

test('no two dialects share a name or an environment variable with each other or the bridge', () => {
  expect(new Set(dialectNames).size).toBe(dialects.length);
  const variables = dialects.flatMap(({ settings }) => Object.keys(settings));
  expect(new Set(variables).size).toBe(variables.length);
  for (const name of variables) {
    expect(name).toMatch(/^BRIDGE_/);
    expect(bridgeVariables).not.toContain(name);
  }
});

test('a canonical MQTT topic is one that the canonical filter selects, whatever the id', () => {
  for (const stream of streams) {
    for (const id of ['meter-1', 'a/b', '+', '#', 'hall way', 'ö']) {
      const topic = canonicalMqttTopic(stream, id);
      expect(dialectOf(topic)?.name).toBe('canonical');
      expect(topic.split('/')).toHaveLength(3);
      expect(topic).not.toMatch(/[+#]/);
      expect(decodeURIComponent(topic.split('/')[2] ?? '')).toBe(id);
    }
  }
});
