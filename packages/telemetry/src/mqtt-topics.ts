import type { Stream } from './streams.ts';

/** The formats that devices speak on MQTT, each read by one adapter of the bridge. */
export const deviceFormats = [
  'canonical',
  'thermiq',
  'saveeye',
  'shelly',
  'zigbee2mqtt',
] as const;

/** One of {@link deviceFormats}. */
export type DeviceFormat = (typeof deviceFormats)[number];

/** Where one device format appears on MQTT. */
export interface MqttSource {
  /** The format of the payloads. */
  format: DeviceFormat;
  /** The MQTT topic filters that select them. */
  filters: readonly string[];
  /** The stream that unreadable payloads are dead-lettered for. */
  stream: Stream | 'by-topic';
  /** One line for a reader of the generated topic table. */
  description: string;
}

/**
 * The largest MQTT packet the broker takes, in bytes: room for a payload of 1 MiB, and
 * small enough for a dead letter with its headers (see `maxMessageBytes` of the topics).
 */
export const maxMqttPacketBytes = 1280 * 1024;

const canonicalPrefix = 'homelab';

/**
 * Every MQTT topic filter the bridge subscribes to. The order decides which format
 * reads an MQTT topic that two filters match: the first one wins.
 */
export const mqttSources: readonly MqttSource[] = [
  {
    format: 'canonical',
    filters: [`${canonicalPrefix}/+/+`],
    stream: 'by-topic',
    description: 'Canonical readings, one MQTT topic per stream and device',
  },
  {
    format: 'zigbee2mqtt',
    filters: ['zigbee2mqtt/#'],
    stream: 'temperature',
    description: 'Zigbee2MQTT climate sensors',
  },
  {
    format: 'saveeye',
    filters: ['saveeye/telemetry'],
    stream: 'energy',
    description: 'SaveEye electricity meter readers',
  },
  {
    format: 'shelly',
    // Owners give the MQTT prefix levels of its own, such as `shellies/bedroom`.
    filters: ['+/events/rpc', '+/+/events/rpc'],
    stream: 'temperature',
    description: 'Shelly Gen2+ H&T sensors',
  },
  {
    format: 'thermiq',
    filters: ['+/data', '+/+/data'],
    stream: 'heatpump',
    description: 'ThermIQ modules in Thermia and Danfoss heat pumps',
  },
];

/**
 * The MQTT topic of a device's canonical readings, such as `homelab/energy/meter-1`.
 * Characters of the id that mean something to MQTT are percent-encoded.
 */
export function canonicalMqttTopic(stream: Stream, deviceId: string): string {
  return `${canonicalPrefix}/${stream}/${encodeURIComponent(deviceId)}`;
}

/** Tells whether an MQTT topic filter (with `+` and `#`) selects an MQTT topic. */
export function matchesTopicFilter(filter: string, topic: string): boolean {
  const wanted = filter.split('/');
  const levels = topic.split('/');
  // A filter that starts with a wildcard never selects the broker's own $SYS topics.
  if (topic.startsWith('$') && !filter.startsWith('$')) return false;
  for (const [index, part] of wanted.entries()) {
    if (part === '#') return true;
    if (index >= levels.length) return false;
    if (part !== '+' && part !== levels[index]) return false;
  }
  return wanted.length === levels.length;
}

/** The source that reads an MQTT topic, or `undefined` when none does. */
export function mqttSourceOf(topic: string): MqttSource | undefined {
  return mqttSources.find(source =>
    source.filters.some(filter => matchesTopicFilter(filter, topic)),
  );
}
