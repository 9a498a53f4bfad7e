import { kafkaEnv } from '@homelab/kafka';
import { envField, mqttEnv, parseEnv, siteEnv } from '@homelab/service-kit';
import type { Env } from '@homelab/service-kit';
import {
  lifetimes,
  maxLetterPayloadBytes,
  maxMqttPacketBytes,
} from '@homelab/telemetry';
import { z } from 'zod';
import type { PendingLimits } from './delivery.ts';
import type { SettingsValues } from './dialects/define-dialect.ts';
import { dialectSettings, mqttFilters } from './dialects/index.ts';
import type { BatchLimits } from './gather-batch.ts';
import type { MqttConnectionOptions } from './mqtt-connection.ts';
import type { SiteClock } from './payload/read-time.ts';
import type { MessageLimits } from './translate-message.ts';

/** The configuration of the bridge, in the shape its parts expect. */
export interface Config {
  readonly mqtt: MqttConnectionOptions;
  readonly kafka: {
    readonly brokers: readonly string[];
    readonly clientId: string;
  };
  readonly clock: SiteClock;
  /** Settings of the dialects, by environment variable. */
  readonly dialects: SettingsValues;
  readonly limits: MessageLimits;
  readonly delivery: PendingLimits & BatchLimits;
  readonly assembler: {
    /** The interval of ticks. */
    readonly intervalMs: number;
    /** Most bytes that the states of all devices may take. */
    readonly maxBytes: number;
    /** Silence after which other bridges take over a bridge's devices. */
    readonly sessionTimeoutMs: number;
  };
  readonly drainTimeoutMs: number;
}

const kibibyte = 1024;
const mebibyte = 1024 * kibibyte;
/** Below the 1 MiB that a broker accepts per batch; a larger record is sent alone. */
const maxBatchBytes = 800 * kibibyte;
const longestSessionS = 0xffff_fffe;
const maxAgeMs = lifetimes.maxReadingAgeDays * 86_400_000;

const configSchema = z.object({
  ...mqttEnv,
  ...kafkaEnv,
  ...siteEnv,
  BRIDGE_CLIENT_ID: envField.text().default('homelab-bridge'),
  BRIDGE_MQTT_FILTERS: filterList().default([...mqttFilters]),
  BRIDGE_SHARED_GROUP: envField
    .text()
    .refine(
      name => !/[/+#]/.test(name),
      'it must be a name without "/", "+" and "#"',
    )
    .optional(),
  BRIDGE_RETIRE: envField.boolean().default(false),
  BRIDGE_RECEIVE_MAXIMUM: envField
    .integer({ min: 1, max: 65_535 })
    .default(2000),
  BRIDGE_SESSION_EXPIRY: envField.durationMs().default(7 * 86_400_000),
  BRIDGE_KEEP_ALIVE: envField.durationMs().default(30_000),
  BRIDGE_MAX_PAYLOAD_BYTES: envField
    .integer({ min: kibibyte, max: maxLetterPayloadBytes })
    .default(256 * kibibyte),
  BRIDGE_MAX_AGE: envField
    .durationMs()
    .refine(
      ms => ms <= maxAgeMs,
      `it must be at most ${lifetimes.maxReadingAgeDays}d: readings are deleted after ${lifetimes.rawDays} days, and an older one would be lost`,
    )
    .default(maxAgeMs),
  BRIDGE_MAX_AHEAD: envField.durationMs().default(86_400_000),
  BRIDGE_CLOCK_TOLERANCE: envField.durationMs().default(5 * 60_000),
  BRIDGE_BATCH_RECORDS: envField.integer({ min: 1, max: 10_000 }).default(1000),
  BRIDGE_LINGER: envField.durationMs().default(1),
  BRIDGE_MAX_PENDING_MESSAGES: envField
    .integer({ min: 1, max: 1_000_000 })
    .default(10_000),
  BRIDGE_MAX_PENDING_BYTES: envField
    .integer({ min: mebibyte, max: 4096 * mebibyte })
    .default(64 * mebibyte),
  BRIDGE_STATE_INTERVAL: envField
    .durationMs()
    .refine(ms => ms >= 1000 && ms <= 3_600_000, 'it must be 1s to 1h')
    .default(5000),
  BRIDGE_STATE_MAX_BYTES: envField
    .integer({ min: mebibyte, max: 4096 * mebibyte })
    .default(32 * mebibyte),
  BRIDGE_STATE_SESSION_TIMEOUT: envField
    .durationMs()
    .refine(ms => ms >= 6000 && ms <= 300_000, 'it must be 6s to 5m')
    .default(10_000),
  BRIDGE_DRAIN_TIMEOUT: envField.durationMs().default(6000),
});

/** The environment variables of the bridge itself, without those of its dialects. */
export const bridgeVariables: readonly string[] = Object.keys(
  configSchema.shape,
);

/**
 * Reads the configuration of the bridge.
 * Throws a `ConfigError` that names every bad key, never a value.
 */
export function parseConfig(env: Env): Config {
  const all = parseEnv(configSchema.extend(dialectSettings), env);
  // A test ensures that the dialects' variables have different names.
  const parsed = all as z.output<typeof configSchema>;
  const config: Config = {
    mqtt: mqttOptions(parsed),
    kafka: {
      brokers: parsed.KAFKA_BROKERS,
      clientId: parsed.KAFKA_CLIENT_ID ?? parsed.BRIDGE_CLIENT_ID,
    },
    clock: {
      siteTimeZone: parsed.SITE_TIME_ZONE,
      clockToleranceMs: parsed.BRIDGE_CLOCK_TOLERANCE,
    },
    dialects: Object.fromEntries(
      Object.keys(dialectSettings).map(name => [name, all[name]]),
    ),
    limits: {
      maxPayloadBytes: parsed.BRIDGE_MAX_PAYLOAD_BYTES,
      maxAgeMs: parsed.BRIDGE_MAX_AGE,
      maxAheadMs: parsed.BRIDGE_MAX_AHEAD,
    },
    delivery: {
      maxPendingMessages: parsed.BRIDGE_MAX_PENDING_MESSAGES,
      maxPendingBytes: parsed.BRIDGE_MAX_PENDING_BYTES,
      maxBatchRecords: parsed.BRIDGE_BATCH_RECORDS,
      maxBatchBytes,
      lingerMs: parsed.BRIDGE_LINGER,
    },
    assembler: {
      intervalMs: parsed.BRIDGE_STATE_INTERVAL,
      maxBytes: parsed.BRIDGE_STATE_MAX_BYTES,
      sessionTimeoutMs: parsed.BRIDGE_STATE_SESSION_TIMEOUT,
    },
    drainTimeoutMs: parsed.BRIDGE_DRAIN_TIMEOUT,
  };
  return Object.freeze(config);
}

function mqttOptions(
  parsed: z.output<typeof configSchema>,
): MqttConnectionOptions {
  return {
    url: parsed.MQTT_URL,
    username: parsed.MQTT_USERNAME,
    password: parsed.MQTT_PASSWORD,
    clientId: parsed.BRIDGE_CLIENT_ID,
    filters: sharedFilters(
      parsed.BRIDGE_MQTT_FILTERS,
      parsed.BRIDGE_SHARED_GROUP,
    ),
    isRetiring: parsed.BRIDGE_RETIRE,
    receiveMaximum: parsed.BRIDGE_RECEIVE_MAXIMUM,
    maxPacketBytes: maxMqttPacketBytes,
    sessionExpiryS: Math.min(
      Math.round(parsed.BRIDGE_SESSION_EXPIRY / 1000),
      longestSessionS,
    ),
    keepAliveS: Math.max(
      1,
      Math.min(Math.round(parsed.BRIDGE_KEEP_ALIVE / 1000), 65_535),
    ),
    connectTimeoutMs: 10_000,
  };
}

/** With a shared subscription, the broker delivers each message to only one member of the group. */
function sharedFilters(
  filters: readonly string[],
  group: string | undefined,
): readonly string[] {
  return group === undefined
    ? filters
    : filters.map(filter => `$share/${group}/${filter}`);
}

/** Comma-separated MQTT topic filters; a wildcard takes up a whole level, `#` the last one. */
function filterList() {
  return z
    .string()
    .transform(text => text.split(',').map(filter => filter.trim()))
    .refine(
      filters => filters.every(isTopicFilter),
      'it must list MQTT topic filters, separated by commas',
    );
}

function isTopicFilter(filter: string): boolean {
  const levels = filter.split('/');
  return (
    filter !== '' &&
    levels.every(
      (level, index) =>
        level === '+' ||
        (level === '#' && index === levels.length - 1) ||
        !['+', '#', '\0'].some(character => level.includes(character)),
    )
  );
}
