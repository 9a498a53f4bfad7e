/** The formats of the simulated devices, with the MQTT topic each publishes to. */
const mqttTopics = {
  heishamon: (name: string) => name,
  thermiq: (name: string) => `${name}/data`,
  saveeye: () => 'saveeye/telemetry',
  shelly: (name: string) => `${name}/events/rpc`,
  zigbee2mqtt: (name: string) => `zigbee2mqtt/${name}`,
} as const;

/** A format that the simulated devices publish. */
export type HouseFormat = keyof typeof mqttTopics;

/** The formats that messages are counted by; history is canonical. */
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

/** One message of one device, exactly as the real device would send it. */
export interface DeviceMessage<Format extends HouseFormat, Payload> {
  readonly format: Format;
  readonly mqttTopic: string;
  /** When the device measured; the payload holds it in the device's own way. */
  readonly measuredAtMs: number;
  /** Published as JSON; a HeishaMon gateway publishes each value by itself. */
  readonly payload: Payload;
}

/** The MQTT topic that a device of that name publishes to, as the real one would. */
export function deviceMqttTopic(format: HouseFormat, name: string): string {
  return mqttTopics[format](name);
}
