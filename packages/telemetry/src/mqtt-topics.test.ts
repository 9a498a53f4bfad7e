import { describe, expect, test } from 'vitest';
import {
  canonicalMqttTopic,
  deviceFormats,
  matchesTopicFilter,
  mqttSourceOf,
  mqttSources,
} from './mqtt-topics.ts';
import { streams } from './streams.ts';

describe('topic filters', () => {
  test.each([
    ['a/b', 'a/b', true],
    ['a/b', 'a/b/c', false],
    ['a/b', 'a', false],
    ['a/+', 'a/b', true],
    ['a/+', 'a/', true],
    ['a/+', 'a', false],
    ['a/+', 'a/b/c', false],
    ['+/+', '/b', true],
    ['a/#', 'a/b/c', true],
    ['a/#', 'a', true],
    ['a/#', 'ab', false],
    ['#', 'a/b', true],
    ['#', '$SYS/broker/uptime', false],
    ['+/broker/uptime', '$SYS/broker/uptime', false],
    ['$SYS/#', '$SYS/broker/uptime', true],
  ])('%s on %s: %s', (filter, topic, selected) =>
    expect(matchesTopicFilter(filter, topic)).toBe(selected),
  );
});

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
  expect(mqttSourceOf(topic)?.format).toBe(format);
});

test('each format has one source', () => {
  expect(mqttSources.map(({ format }) => format).toSorted()).toEqual(
    [...deviceFormats].toSorted(),
  );
});

test('a canonical MQTT topic is one that the canonical filter selects, whatever the id', () => {
  for (const stream of streams) {
    for (const id of ['meter-1', 'a/b', '+', '#', 'hall way', 'ö']) {
      const topic = canonicalMqttTopic(stream, id);
      expect(mqttSourceOf(topic)?.format).toBe('canonical');
      expect(topic.split('/')).toHaveLength(3);
      expect(topic).not.toMatch(/[+#]/);
      expect(decodeURIComponent(topic.split('/')[2] ?? '')).toBe(id);
    }
  }
});
