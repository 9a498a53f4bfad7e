import { ConfigError, envField, parseEnv } from '@homelab/service-kit';
import type { Env } from '@homelab/service-kit';
import { z } from 'zod';

/** A user in the access list of the test broker. */
export type MqttUser = 'bridge' | 'simulator' | 'devices' | 'monitor';
/** A role of the test database server. */
export type PostgresRole =
  'postgres' | 'homelab_owner' | 'homelab_sink' | 'homelab_reader';

/** The real servers that integration tests run against. */
export interface TestServers {
  readonly mqtt: {
    readonly url: string;
    readonly passwords: Readonly<Record<MqttUser, string>>;
  };
  readonly kafka: { readonly brokers: readonly string[] };
  readonly postgres: {
    readonly host: string;
    readonly port: number;
    readonly passwords: Readonly<Record<PostgresRole, string>>;
  };
}

const password = z.string().min(1);

const schema = z.object({
  HOMELAB_TEST_MQTT_URL: envField.url({ protocols: ['mqtt:'] }),
  HOMELAB_TEST_MQTT_PASSWORDS: jsonField(
    z.object({
      bridge: password,
      simulator: password,
      devices: password,
      monitor: password,
    }),
  ),
  HOMELAB_TEST_KAFKA_BROKERS: envField.brokers(),
  HOMELAB_TEST_PG: jsonField(
    z.object({
      host: z.string().min(1),
      port: z.int().min(1).max(65_535),
      passwords: z.object({
        postgres: password,
        homelab_owner: password,
        homelab_sink: password,
        homelab_reader: password,
      }),
    }),
  ),
});

/**
 * Gives how to reach the test servers, from the variables `HOMELAB_TEST_…`.
 * Throws an error that says how to start them when one is missing or wrong.
 */
export function testServers(env: Env = process.env): TestServers {
  try {
    const parsed = parseEnv(schema, env);
    return {
      mqtt: {
        url: parsed.HOMELAB_TEST_MQTT_URL,
        passwords: parsed.HOMELAB_TEST_MQTT_PASSWORDS,
      },
      kafka: { brokers: parsed.HOMELAB_TEST_KAFKA_BROKERS },
      postgres: parsed.HOMELAB_TEST_PG,
    };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new Error(
      `Integration tests need running servers; start them and the tests with \`./homelab test integration\`.\n${error.message}`,
      { cause: error },
    );
  }
}

function jsonField<Schema extends z.ZodType>(inner: Schema) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue('it must be JSON');
        return z.NEVER;
      }
    })
    .pipe(inner);
}
