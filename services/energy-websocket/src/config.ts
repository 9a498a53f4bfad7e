import { kafkaEnv } from '@homelab/kafka';
import { envField, parseEnv, postgresEnv } from '@homelab/service-kit';
import type { Env } from '@homelab/service-kit';
import { z } from 'zod';

const mebibyte = 1_048_576;

/** The environment variables, each with what it means. */
export const configSchema = z.object({
  ...postgresEnv,
  ...kafkaEnv,
  LIVE_HOST: envField
    .text()
    .default('127.0.0.1')
    .describe('Address that the server listens on'),
  LIVE_PORT: envField
    .integer({ min: 0, max: 65_535 })
    .describe('Port of the server; 0 takes any free one'),
  LIVE_ORIGINS: z
    .string()
    .transform((text, context) => {
      const origins = text
        .split(',')
        .map(origin => origin.trim())
        .filter(origin => origin !== '');
      if (origins.every(isOrigin)) return origins;
      context.addIssue(
        'it must list origins such as https://house.example, separated by commas',
      );
      return z.NEVER;
    })
    .default([])
    .describe(
      'Origins of pages that may connect, separated by commas; by default programs only',
    ),
  LIVE_MAX_CONNECTIONS: envField
    .integer({ min: 1, max: 100_000 })
    .default(2_000)
    .describe('Most connections at the same time; more get 503'),
  LIVE_BATCH_INTERVAL: envField
    .durationMs()
    .default(50)
    .describe('Shortest time between two frames of changes of a subscription'),
  LIVE_SOFT_LIMIT_BYTES: envField
    .integer({ min: 1_024, max: 64 * mebibyte })
    .default(mebibyte / 4)
    .describe(
      'Bytes that wait for a client before it gets only the newest reading of each device',
    ),
  LIVE_HARD_LIMIT_BYTES: envField
    .integer({ min: 1_024, max: 64 * mebibyte })
    .default((3 * mebibyte) / 4)
    .describe('Bytes that wait for a client before it is disconnected'),
  LIVE_PING_INTERVAL: envField
    .durationMs()
    .default(30_000)
    .describe('How often a client is asked whether it is there'),
  LIVE_RESUME_READINGS: envField
    .integer({ min: 0, max: 1_000_000 })
    .default(5_000)
    .describe('Readings of each stream that a client may have missed'),
  LIVE_RESUME_AGE: envField
    .durationMs()
    .default(600_000)
    .describe('Age of the oldest reading that a restarted server remembers'),
  LIVE_OIDC_ISSUER: envField
    .url({ protocols: ['http:', 'https:'] })
    .optional()
    .describe('OpenID Connect issuer whose access tokens are accepted as well'),
  LIVE_OIDC_AUDIENCE: envField
    .text()
    .default('homelab-api')
    .describe('Audience that such a token must name'),
});

/** The environment variables that the server reads. */
export const configKeys: readonly string[] = Object.keys(configSchema.shape);

/** What the server is told from outside. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly database: {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly password: string;
    readonly database: string;
  };
  readonly kafka: {
    readonly brokers: readonly string[];
    readonly clientId: string;
  };
  /** Origins of pages that may connect. */
  readonly origins: readonly string[];
  readonly limits: {
    readonly connections: number;
    readonly batchMs: number;
    readonly softBytes: number;
    readonly hardBytes: number;
    readonly pingMs: number;
  };
  readonly resume: {
    /** Of each stream. */
    readonly readings: number;
    readonly ageMs: number;
  };
  readonly oidc:
    { readonly issuer: string; readonly audience: string } | undefined;
}

/** Reads the configuration; throws `ConfigError` that names every bad key. */
export function parseConfig(env: Env): Config {
  const parsed = parseEnv(configSchema, env);
  return Object.freeze({
    host: parsed.LIVE_HOST,
    port: parsed.LIVE_PORT,
    database: {
      host: parsed.PGHOST,
      port: parsed.PGPORT,
      user: parsed.PGUSER,
      password: parsed.PGPASSWORD,
      database: parsed.PGDATABASE,
    },
    kafka: {
      brokers: parsed.KAFKA_BROKERS,
      clientId: parsed.KAFKA_CLIENT_ID ?? 'energy-websocket',
    },
    origins: parsed.LIVE_ORIGINS,
    limits: {
      connections: parsed.LIVE_MAX_CONNECTIONS,
      batchMs: parsed.LIVE_BATCH_INTERVAL,
      softBytes: parsed.LIVE_SOFT_LIMIT_BYTES,
      hardBytes: parsed.LIVE_HARD_LIMIT_BYTES,
      pingMs: parsed.LIVE_PING_INTERVAL,
    },
    resume: {
      readings: parsed.LIVE_RESUME_READINGS,
      ageMs: parsed.LIVE_RESUME_AGE,
    },
    oidc:
      parsed.LIVE_OIDC_ISSUER === undefined
        ? undefined
        : {
            issuer: parsed.LIVE_OIDC_ISSUER,
            audience: parsed.LIVE_OIDC_AUDIENCE,
          },
  });
}

function isOrigin(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && url.origin === text;
}
