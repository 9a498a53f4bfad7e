/** The formats of the simulated house, with the MQTT topic that a device speaks on. */
const mqttTopics = {
  heishamon: (name: string) => name,
  thermiq: (name: string) => `${name}/data`,
  saveeye: () => 'saveeye/telemetry',
  shelly: (name: string) => `${name}/events/rpc`,
  zigbee2mqtt: (name: string) => `zigbee2mqtt/${name}`,
} as const;

/** A format that the devices of the simulated house speak. */
export type HouseFormat = keyof typeof mqttTopics;

/** What the simulator counts messages by; history is canonical. */
export const publishedFormats = [
  'canonical',
  'heishamon',
  'thermiq',
  'saveeye',
  'shelly',
  'zigbee2mqtt',
] as const satisfies ('canonical' | HouseFormat)[];

/** One of {@link publishedFormats}. */
export type PublishedFormat = (typeof publishedFormats)[number];

/** One message of one device, exactly as the device would say it. */
export interface Said<Format extends HouseFormat, Payload> {
  readonly format: Format;
  readonly mqttTopic: string;
  /** When the device measured; its payload says so in its own way. */
  readonly measuredAtMs: number;
  /** What goes over MQTT as JSON; of a HeishaMon gateway each value by itself. */
  readonly payload: Payload;
}

/** The MQTT topic a device of that name speaks on, as the real one would. */
export function deviceMqttTopic(format: HouseFormat, name: string): string {
  return mqttTopics[format](name);
}
