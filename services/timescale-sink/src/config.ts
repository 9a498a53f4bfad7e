import { kafkaEnv } from '@homelab/kafka';
import { envField, parseEnv, postgresEnv } from '@homelab/service-kit';
import type { Env } from '@homelab/service-kit';
import { isStream, streams } from '@homelab/telemetry';
import type { Stream } from '@homelab/telemetry';
import { z } from 'zod';

const streamList = z.string().transform((text, context): readonly Stream[] => {
  const names = [...new Set(text.split(',').map(name => name.trim()))];
  if (names.every(isStream)) return names;
  context.addIssue(
    `it must list streams out of ${streams.join(', ')}, separated by commas`,
  );
  return z.NEVER;
});

const schema = z.object({
  ...kafkaEnv,
  ...postgresEnv,
  SINK_STREAMS: streamList.default(streams),
  SINK_BATCH_MAX_ROWS: envField.integer({ min: 1, max: 20_000 }).default(5_000),
  SINK_BATCH_MAX_AGE: envField.durationMs().default(20),
  SINK_DATABASE_CONNECTIONS: envField.integer({ min: 1, max: 20 }).default(4),
  SINK_SESSION_TIMEOUT: envField.durationMs().default(30_000),
});

/** The environment variables that the sink reads. */
export const configKeys: readonly string[] = Object.keys(schema.shape);

/** The configuration of the sink. */
export interface Config {
  /** The streams that this process stores; another process may store others. */
  readonly streams: readonly Stream[];
  readonly kafka: {
    readonly brokers: readonly string[];
    readonly clientId: string;
    /** Silence after which the group gives this member's partitions to others. */
    readonly sessionTimeoutMs: number;
  };
  readonly database: {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly password: string;
    readonly database: string;
    /** Most connections, and so most batches written at once. */
    readonly connections: number;
  };
  readonly batch: {
    /** Most rows in one statement. */
    readonly maxRows: number;
    /** Longest time a row waits for others to share its statement. */
    readonly maxAgeMs: number;
  };
}

/** Reads the configuration; throws `ConfigError` that names every bad key. */
export function parseConfig(env: Env): Config {
  const parsed = parseEnv(schema, env);
  return Object.freeze({
    streams: parsed.SINK_STREAMS,
    kafka: {
      brokers: parsed.KAFKA_BROKERS,
      clientId: parsed.KAFKA_CLIENT_ID ?? 'timescale-sink',
      sessionTimeoutMs: parsed.SINK_SESSION_TIMEOUT,
    },
    database: {
      host: parsed.PGHOST,
      port: parsed.PGPORT,
      user: parsed.PGUSER,
      password: parsed.PGPASSWORD,
      database: parsed.PGDATABASE,
      connections: parsed.SINK_DATABASE_CONNECTIONS,
    },
    batch: {
      maxRows: parsed.SINK_BATCH_MAX_ROWS,
      maxAgeMs: parsed.SINK_BATCH_MAX_AGE,
    },
  });
}
