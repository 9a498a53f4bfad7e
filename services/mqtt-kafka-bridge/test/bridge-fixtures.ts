import type { GoldenMessage } from '@homelab/telemetry/fixtures';
import type {
  AdapterSettings,
  DeviceMessage,
} from '../src/adapters/adapter.ts';
import type { MessageLimits } from '../src/translate-message.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** The limits that a bridge has by default. */
export const defaultLimits: MessageLimits = {
  maxPayloadBytes: 256 * 1024,
  maxAgeMs: 400 * dayMs,
  maxAheadMs: dayMs,
};

/** Settings of a site in the zone, else as a bridge has them by default. */
export function settingsOf(siteTimeZone = 'Europe/Stockholm'): AdapterSettings {
  return {
    siteTimeZone,
    clockToleranceMs: 5 * 60 * 1000,
    thermiqClientPrefix: 'ThermIQ_',
    fieldTtlMs: 3 * 60 * 60 * 1000,
  };
}

/** A golden message as it would come from the MQTT broker. */
export function messageOf(golden: GoldenMessage): DeviceMessage {
  const { mqttTopic, payload, retained = false, receivedAt } = golden;
  return {
    mqttTopic,
    payload:
      typeof payload === 'string' ? new TextEncoder().encode(payload) : payload,
    retained,
    receivedAtMs: Date.parse(receivedAt),
  };
}
