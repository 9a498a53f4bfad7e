import { mqttSources } from '@homelab/telemetry';
import type { DeviceFormat } from '@homelab/telemetry';

/** The formats that the devices of the simulated house speak. */
export type HouseFormat = Exclude<DeviceFormat, 'canonical'>;

/** One message of one device, exactly as the device would say it. */
export interface Said<Format extends HouseFormat, Payload> {
  readonly format: Format;
  readonly mqttTopic: string;
  /** When the device measured; its payload says so in its own way. */
  readonly measuredAtMs: number;
  /** What goes over MQTT as JSON. */
  readonly payload: Payload;
}

/**
 * The MQTT topic a device speaks on: the first topic filter of its format with the
 * device's name in place of the wildcard.
 */
export function deviceMqttTopic(format: HouseFormat, name: string): string {
  const source = mqttSources.find(each => each.format === format);
  const filter = source?.filters[0];
  if (filter === undefined) {
    throw new Error(
      `telemetry names no MQTT topic filter for ${format}; add one.`,
    );
  }
  return filter.replace(/[+#]/, name);
}
