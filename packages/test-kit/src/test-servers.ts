import { kafkaEnv } from '@homelab/kafka';
import { ConfigError, envField, parseEnv } from '@homelab/service-kit';
import type { Env } from '@homelab/service-kit';
import { z } from 'zod';
import { jsonField } from './json-field.ts';

/** A user in the access list of the test broker. */
export type MqttUser =
  'bridge' | 'simulator' | 'devices' | 'control' | 'monitor';
const password = z.string().min(1);

const passwordByRole = z.object({
  postgres: password,
  homelab_owner: password,
  homelab_sink: password,
  homelab_control: password,
  homelab_reader: password,
  homelab_api: password,
  homelab_live: password,
  homelab_explorer: password,
  homelab_grafana: password,
  homelab_backup: password,
});

/** A role of the test database server; `postgres` is its superuser. */
export type PostgresRole = keyof z.infer<typeof passwordByRole>;

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

const schema = z.object({
  HOMELAB_TEST_MQTT_URL: envField.url({ protocols: ['mqtt:'] }),
  HOMELAB_TEST_MQTT_PASSWORDS: jsonField(
    z.object({
      bridge: password,
      simulator: password,
      devices: password,
      control: password,
      monitor: password,
    }),
  ),
  HOMELAB_TEST_KAFKA_BROKERS: kafkaEnv.KAFKA_BROKERS,
  HOMELAB_TEST_PG: jsonField(
    z.object({
      host: z.string().min(1),
      port: z.int().min(1).max(65_535),
      passwords: passwordByRole,
    }),
  ),
});

/**
 * Reads the connections of the test servers from the variables `HOMELAB_TEST_…`.
 * Throws an error that says how to start the servers when one is missing or invalid.
 */
export function testServers(env: Env = process.env): TestServers {
  const parsed = parseTestEnv(schema, env);
  return {
    mqtt: {
      url: parsed.HOMELAB_TEST_MQTT_URL,
      passwords: parsed.HOMELAB_TEST_MQTT_PASSWORDS,
    },
    kafka: { brokers: parsed.HOMELAB_TEST_KAFKA_BROKERS },
    postgres: parsed.HOMELAB_TEST_PG,
  };
}

const kafkaProgramSchema = z.object({
  HOMELAB_TEST_KAFKA_PROGRAM: jsonField(
    z.object({
      java: z.string().min(1),
      jvmOptions: z.array(z.string()),
      classPath: z.string().min(1),
      settings: z.record(z.string(), z.string()),
      logging: z.string(),
    }),
  ),
});

/** How to start a Kafka node, and the settings of a small one. */
export type KafkaProgram = z.infer<
  typeof kafkaProgramSchema
>['HOMELAB_TEST_KAFKA_PROGRAM'];

/** Reads how to start Kafka nodes; throws like {@link testServers}. */
export function testKafkaProgram(env: Env = process.env): KafkaProgram {
  return parseTestEnv(kafkaProgramSchema, env).HOMELAB_TEST_KAFKA_PROGRAM;
}

function parseTestEnv<Schema extends z.ZodObject>(
  wanted: Schema,
  env: Env,
): Readonly<z.infer<Schema>> {
  try {
    return parseEnv(wanted, env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new Error(
      `Integration tests need running servers; start them and the tests with \`./homelab test integration\`.\n${error.message}`,
      { cause: error },
    );
  }
}
