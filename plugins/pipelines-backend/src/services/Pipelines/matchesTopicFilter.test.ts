import { matchesTopicFilter } from './matchesTopicFilter';

it.each([
  ['homelab/+/+', 'homelab/energy/meter', true],
  ['homelab/+/+', 'homelab/energy', false],
  ['homelab/+', 'homelab/energy/meter', false],
  ['zigbee2mqtt/#', 'zigbee2mqtt/kitchen', true],
  ['zigbee2mqtt/#', 'zigbee2mqtt', true],
  ['#', 'a/b', true],
  ['#', '$SYS/broker', false],
  ['+/data', '/data', true],
  ['a/b', 'a/b', true],
  ['a/b', 'a/c', false],
])('%s and %s: %s', (filter, topic, expected) => {
  expect(matchesTopicFilter(filter, topic)).toBe(expected);
});
