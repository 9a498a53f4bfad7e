import { envField, mqttEnv, parseEnv, postgresEnv } from '@homelab/service-kit';
import type { Env } from '@homelab/service-kit';
import { z } from 'zod';

const schema = z.object({
  ...mqttEnv,
  ...postgresEnv,
  CONTROL_CONFIRM_TIMEOUT: envField
    .durationMs()
    .refine(ms => ms >= 1_000 && ms <= 3_600_000, 'it must be 1s to 1h')
    .default(120_000),
  // The same as the bridge's: both must call a module by the same id.
  BRIDGE_THERMIQ_CLIENT_PREFIX: z.string().default('ThermIQ_'),
  BRIDGE_THERMIQ_ANY_CLIENT: envField.boolean().default(false),
});

/** The environment variables that the service reads. */
export const configKeys: readonly string[] = Object.keys(schema.shape);

/** What the service is told from outside. */
export interface Config {
  readonly mqtt: {
    readonly url: string;
    readonly username: string;
    readonly password: string;
  };
  readonly database: {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly password: string;
    readonly database: string;
  };
  /** How long a device is waited for. */
  readonly confirmTimeoutMs: number;
  /** What the `Client_Name` of a ThermIQ module begins with; empty for any. */
  readonly thermiqClientPrefix: string;
}

/** Reads the environment; throws `ConfigError` that names every bad key. */
export function parseConfig(env: Env): Config {
  const parsed = parseEnv(schema, env);
  return Object.freeze({
    mqtt: {
      url: parsed.MQTT_URL,
      username: parsed.MQTT_USERNAME,
      password: parsed.MQTT_PASSWORD,
    },
    database: {
      host: parsed.PGHOST,
      port: parsed.PGPORT,
      user: parsed.PGUSER,
      password: parsed.PGPASSWORD,
      database: parsed.PGDATABASE,
    },
    confirmTimeoutMs: parsed.CONTROL_CONFIRM_TIMEOUT,
    thermiqClientPrefix: parsed.BRIDGE_THERMIQ_ANY_CLIENT
      ? ''
      : parsed.BRIDGE_THERMIQ_CLIENT_PREFIX,
  });
}
