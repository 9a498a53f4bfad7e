import { createRegistry } from '@homelab/service-kit';
import type { Registry } from '@homelab/service-kit';
import { createMemoryLog, createTestDatabase } from '@homelab/test-kit';
import type { LogLine, TestDatabase, TestScope } from '@homelab/test-kit';
import { streams } from '@homelab/telemetry';
import {
  addApiToken,
  apiScopes,
  createApiToken,
  migrate,
} from '@homelab/timescale-schema';
import type { ApiScope } from '@homelab/timescale-schema';
import { createApp } from '../src/app.ts';
import type { Config } from '../src/config.ts';

/** A running API over a database of its own. */
export interface TestApi {
  readonly database: TestDatabase;
  readonly url: string;
  readonly port: number;
  readonly registry: Registry;
  readonly log: readonly LogLine[];
  /** A token with both scopes. */
  readonly token: string;
  /** Makes another token. */
  addToken(options?: {
    scopes?: readonly ApiScope[];
    expiresAt?: Date | null;
  }): Promise<string>;
  /** Says that readings were written by SQL, as the sink does for its own. */
  markRollups(fromIso: string, toIso: string): Promise<void>;
  /** Asks with the token, or with these headers. */
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Asks with the token; throws unless the answer is 200. */
  json<T>(path: string): Promise<T>;
}

/** The overrides of a test. */
export interface ApiOptions {
  readonly limits?: Partial<Config['limits']>;
  readonly databaseLimits?: Partial<Config['database']>;
  readonly oidc?: Config['oidc'];
  /** Without it settings cannot be changed. */
  readonly control?: Config['control'];
  readonly tariffFile?: string;
  readonly heatPumpsFile?: string;
  readonly now?: () => number;
  /** Instead of a new one. */
  readonly database?: TestDatabase;
}

/** Starts an API over a migrated database, and stops it when the test ends. */
export async function startApi(
  t: TestScope,
  options: ApiOptions = {},
): Promise<TestApi> {
  const database = options.database ?? (await createTestDatabase(t));
  const owner = await database.connect('homelab_owner');
  if (options.database === undefined) {
    await migrate({
      connection: database.connection('homelab_owner'),
      siteTimeZone: 'Europe/Stockholm',
    });
  }
  const addToken: TestApi['addToken'] = async ({
    scopes = apiScopes,
    expiresAt = null,
  } = {}) => {
    const token = createApiToken();
    await addApiToken(owner, { token, name: 'test', scopes, expiresAt });
    return token;
  };
  const token = await addToken();
  const { logger, lines } = createMemoryLog({ level: 'warn' });
  const registry = createRegistry('api');
  const app = createApp({
    config: {
      host: '127.0.0.1',
      port: 0,
      database: {
        ...database.connection('homelab_api'),
        connections: 2,
        queue: 500,
        statementTimeoutMs: 5_000,
        ...options.databaseLimits,
      },
      limits: {
        requestsPerMinute: 100_000,
        pointsPerMinute: 1_000_000_000,
        maxPoints: 5_000_000,
        concurrentExports: 4,
        slowClientTimeoutMs: 15_000,
        ...options.limits,
      },
      oidc: options.oidc,
      control: options.control ?? {
        isOn: false,
        commandTimeoutMs: 60_000,
        commandsPerHour: 30,
      },
      tariffFile: options.tariffFile,
      heatPumpsFile: options.heatPumpsFile,
    },
    logger,
    registry,
    rememberTokensMs: 200,
    ...(options.now && { now: options.now }),
  });
  t.onTestFinished(() => app.stop());
  await app.start();
  const url = `http://127.0.0.1:${app.port}`;
  const get: TestApi['get'] = (path, headers) =>
    fetch(`${url}${path}`, {
      headers: headers ?? { authorization: `Bearer ${token}` },
    });
  return {
    database,
    url,
    port: app.port,
    registry,
    log: lines,
    token,
    addToken,
    async markRollups(fromIso, toIso) {
      for (const stream of streams)
        await owner.query('SELECT mark_rollups($1, $2, $3)', [
          stream,
          fromIso,
          toIso,
        ]);
    },
    get,
    async json<T>(path: string): Promise<T> {
      const response = await get(path);
      if (response.status !== 200)
        throw new Error(`${response.status} ${await response.text()}`);
      return response.json() as Promise<T>;
    },
  };
}
