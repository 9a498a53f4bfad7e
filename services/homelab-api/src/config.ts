import { envField, parseEnv, postgresEnv } from '@homelab/service-kit';
import type { Env } from '@homelab/service-kit';
import { z } from 'zod';

/** The environment variables, each with what it means. */
export const configSchema = z.object({
  ...postgresEnv,
  API_HOST: envField
    .text()
    .default('127.0.0.1')
    .describe('Address that the API listens on'),
  API_PORT: envField
    .integer({ min: 0, max: 65_535 })
    .describe('Port of the API; 0 takes any free one'),
  API_DATABASE_CONNECTIONS: envField
    .integer({ min: 1, max: 50 })
    .default(8)
    .describe('Maximum number of database connections'),
  API_DATABASE_QUEUE: envField
    .integer({ min: 0, max: 10_000 })
    .default(500)
    .describe(
      'Maximum number of requests waiting for a connection; more get 503',
    ),
  API_STATEMENT_TIMEOUT: envField
    .durationMs()
    .default(5_000)
    .describe(
      'Maximum duration of a query; the role has its own limit as well',
    ),
  API_REQUESTS_PER_MINUTE: envField
    .integer({ min: 1, max: 1_000_000 })
    .default(1_200)
    .describe('Maximum number of requests per token and minute'),
  API_POINTS_PER_MINUTE: envField
    .integer({ min: 1_000, max: 1_000_000_000 })
    .default(20_000_000)
    .describe(
      'Maximum number of stored values that the queries of a token may read per minute, as estimated',
    ),
  API_MAX_POINTS: envField
    .integer({ min: 1_000, max: 100_000_000 })
    .default(5_000_000)
    .describe(
      'Maximum number of stored values that one query may read, as estimated',
    ),
  API_CONCURRENT_EXPORTS: envField
    .integer({ min: 1, max: 100 })
    .default(4)
    .describe('Maximum number of concurrent exports'),
  API_SLOW_CLIENT_TIMEOUT: envField
    .durationMs()
    .default(15_000)
    .describe('Maximum time that a client may neither send nor read data'),
  API_HEAT_PUMP_CONTROL: envField
    .boolean()
    .default(false)
    .describe('Whether settings of heat pumps may be changed'),
  API_COMMAND_TIMEOUT: envField
    .durationMs()
    .default(60_000)
    .describe('Longest time until a change is sent to the heat pump'),
  API_COMMANDS_PER_HOUR: envField
    .integer({ min: 1, max: 1_000 })
    .default(30)
    .describe(
      'Most changes of one heat pump in an hour; its memory wears with each',
    ),
  API_OIDC_ISSUER: envField
    .url({ protocols: ['http:', 'https:'] })
    .optional()
    .describe('OpenID Connect issuer whose access tokens are accepted as well'),
  API_OIDC_AUDIENCE: envField
    .text()
    .default('homelab-api')
    .describe('Audience that such a token must name'),
  API_TARIFF_FILE: envField
    .text()
    .optional()
    .describe(
      'Path of the tariff, in YAML or JSON; without it there are no costs',
    ),
  API_HEAT_PUMPS_FILE: envField
    .text()
    .optional()
    .describe(
      'Path of the settings of heat pumps (parts, estimates, legionella interval), in YAML or JSON',
    ),
});

/** The environment variables that the API reads. */
export const configKeys: readonly string[] = Object.keys(configSchema.shape);

/** What the API is told from outside. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly database: {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly password: string;
    readonly database: string;
    readonly connections: number;
    /** The most requests that wait for a connection. */
    readonly queue: number;
    readonly statementTimeoutMs: number;
  };
  readonly limits: {
    readonly requestsPerMinute: number;
    /** Stored values that the queries of one token may touch in a minute. */
    readonly pointsPerMinute: number;
    /** Stored values that one query may touch. */
    readonly maxPoints: number;
    readonly concurrentExports: number;
    readonly slowClientTimeoutMs: number;
  };
  readonly control: {
    readonly isOn: boolean;
    readonly commandTimeoutMs: number;
    readonly commandsPerHour: number;
  };
  readonly oidc:
    { readonly issuer: string; readonly audience: string } | undefined;
  readonly tariffFile: string | undefined;
  readonly heatPumpsFile: string | undefined;
}

/** Reads the configuration; throws `ConfigError` that names every bad key. */
export function parseConfig(env: Env): Config {
  const parsed = parseEnv(configSchema, env);
  return Object.freeze({
    host: parsed.API_HOST,
    port: parsed.API_PORT,
    database: {
      host: parsed.PGHOST,
      port: parsed.PGPORT,
      user: parsed.PGUSER,
      password: parsed.PGPASSWORD,
      database: parsed.PGDATABASE,
      connections: parsed.API_DATABASE_CONNECTIONS,
      queue: parsed.API_DATABASE_QUEUE,
      statementTimeoutMs: parsed.API_STATEMENT_TIMEOUT,
    },
    limits: {
      requestsPerMinute: parsed.API_REQUESTS_PER_MINUTE,
      pointsPerMinute: parsed.API_POINTS_PER_MINUTE,
      maxPoints: parsed.API_MAX_POINTS,
      concurrentExports: parsed.API_CONCURRENT_EXPORTS,
      slowClientTimeoutMs: parsed.API_SLOW_CLIENT_TIMEOUT,
    },
    control: {
      isOn: parsed.API_HEAT_PUMP_CONTROL,
      commandTimeoutMs: parsed.API_COMMAND_TIMEOUT,
      commandsPerHour: parsed.API_COMMANDS_PER_HOUR,
    },
    oidc:
      parsed.API_OIDC_ISSUER === undefined
        ? undefined
        : {
            issuer: parsed.API_OIDC_ISSUER,
            audience: parsed.API_OIDC_AUDIENCE,
          },
    tariffFile: parsed.API_TARIFF_FILE,
    heatPumpsFile: parsed.API_HEAT_PUMPS_FILE,
  });
}
