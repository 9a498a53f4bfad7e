import { mqttSourceOf } from '@homelab/telemetry';
import type { DeviceFormat, Stream } from '@homelab/telemetry';
import type { Adapter, AdapterSettings } from './adapter.ts';
import { createCanonicalAdapter, streamOf } from './canonical.ts';
import { createSaveEyeAdapter } from './saveeye.ts';
import { createShellyAdapter } from './shelly.ts';
import { createThermiqAdapter } from './thermiq.ts';
import { createZigbee2MqttAdapter } from './zigbee2mqtt.ts';

/** Who reads an MQTT topic. */
export interface Route {
  readonly format: DeviceFormat;
  readonly adapter: Adapter;
  /** The stream that its unreadable messages are dead-lettered for, if it is known. */
  readonly stream: Stream | null;
}

/** Finds the route of an MQTT topic; `undefined` when no format is known for it. */
export type Router = (mqttTopic: string) => Route | undefined;

const maxRememberedTopics = 10_000;

/** Creates one adapter per device format, as the telemetry contract lists them. */
export function createAdapters(
  settings: AdapterSettings,
): Readonly<Record<DeviceFormat, Adapter>> {
  return {
    canonical: createCanonicalAdapter(),
    thermiq: createThermiqAdapter(settings),
    saveeye: createSaveEyeAdapter(settings),
    shelly: createShellyAdapter(settings),
    zigbee2mqtt: createZigbee2MqttAdapter(settings),
  };
}

/** Creates the router over all adapters; it remembers the MQTT topics it has seen. */
export function createRouter(settings: AdapterSettings): Router {
  const adapters = createAdapters(settings);
  const remembered = new Map<string, Route | undefined>();
  return mqttTopic => {
    const known = remembered.get(mqttTopic);
    if (known !== undefined || remembered.has(mqttTopic)) return known;
    const source = mqttSourceOf(mqttTopic);
    const route = source && {
      format: source.format,
      adapter: adapters[source.format],
      stream:
        source.stream === 'by-topic'
          ? (streamOf(mqttTopic) ?? null)
          : source.stream,
    };
    // Somebody may publish under ever new names.
    if (remembered.size >= maxRememberedTopics) remembered.clear();
    remembered.set(mqttTopic, route);
    return route;
  };
}
