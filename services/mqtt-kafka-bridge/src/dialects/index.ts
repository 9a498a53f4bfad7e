import { canonical } from './canonical.ts';
import type { Dialect, SettingsShape } from './define-dialect.ts';
import { heishamon } from './heishamon.ts';
import { saveeye } from './saveeye.ts';
import { shelly } from './shelly.ts';
import { thermiq } from './thermiq.ts';
import { matchesTopicFilter } from './topic-filter.ts';
import { zigbee2mqtt } from './zigbee2mqtt.ts';

/**
 * Every dialect the bridge reads. Where the filters of two select the same MQTT topic,
 * the earlier one reads it.
 */
export const dialects: readonly Dialect[] = [
  canonical,
  zigbee2mqtt,
  saveeye,
  shelly,
  thermiq,
  heishamon,
];

/** Their names, in the same order. */
export const dialectNames: readonly string[] = dialects.map(({ name }) => name);

/** Every MQTT topic filter the bridge subscribes to. */
export const mqttFilters: readonly string[] = dialects.flatMap(
  ({ filters }) => filters,
);

/** The environment variables of all of them. */
export const dialectSettings: SettingsShape = Object.assign(
  {},
  ...dialects.map(({ settings }) => settings),
);

/** The dialect that reads an MQTT topic, or `undefined` when none does. */
export function dialectOf(mqttTopic: string): Dialect | undefined {
  return dialects.find(({ filters }) =>
    filters.some(filter => matchesTopicFilter(filter, mqttTopic)),
  );
}
