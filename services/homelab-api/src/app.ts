import { setTimeout as delay } from 'node:timers/promises';
import { createTokenVerifier } from '@homelab/access';
import type {
  ConnectionState,
  Logger,
  Registry,
  Service,
} from '@homelab/service-kit';
import type { FastifyInstance } from 'fastify';
import type { Config } from './config.ts';
import { tariffSchema } from './cost/tariff.ts';
import { createDatabase } from './database/database.ts';
import type { Database } from './database/database.ts';
import { createDeviceLimits } from './database/device-limits.ts';
import { createKnownDevices } from './database/known-devices.ts';
import { createExportSlots } from './export/slots.ts';
import { heatPumpsSchema } from './heat-pump/heat-pump-settings.ts';
import { createHttpServer } from './http/server.ts';
import { createApiMetrics } from './metrics.ts';
import { buildOpenApi } from './openapi.ts';
import { routes } from './routes/index.ts';
import { createSettingsFile } from './settings/settings-file.ts';
import { createSiteTimeZone } from './time/site-time-zone.ts';

/** The API as a service, and where it listens. */
export interface ApiService extends Service {
  /** The port listened on; before `start`, the configured one. */
  readonly port: number;
}

/** Wires the API. Start: HTTP server; the database is connected on first use. Stop: the other way round. */
export function createApp(deps: {
  config: Config;
  logger: Logger;
  registry: Registry;
  now?: () => number;
  /** How long a valid token is remembered. */
  rememberTokensMs?: number;
}): ApiService {
  const { config, logger, registry, now = Date.now } = deps;
  const metrics = createApiMetrics(registry, {
    routes: routes.map(({ operationId }) => operationId),
  });
  const database = createDatabase({ config: config.database, logger });
  const watch = watchDatabase(database);
  let server: FastifyInstance | undefined;
  let { port } = config;
  let stopped: Promise<void> | undefined;

  async function close(): Promise<void> {
    await watch.stop();
    await server?.close();
    await database.stop();
  }

  return {
    get port() {
      return port;
    },
    async start() {
      const knownDevices = createKnownDevices({ database });
      server = await createHttpServer({
        config,
        routes,
        document: buildOpenApi(),
        verifyToken: createTokenVerifier({
          database,
          oidc: config.oidc,
          rememberForMs: deps.rememberTokensMs,
        }),
        services: {
          database,
          knownDevices,
          deviceLimits: createDeviceLimits({ database, knownDevices }),
          siteTimeZone: createSiteTimeZone({ database, now }),
          exportSlots: createExportSlots({
            max: config.limits.concurrentExports,
            metrics,
          }),
          ...createFiles(config, logger),
          control: config.control,
          metrics,
          logger,
          now,
        },
      });
      watch.start();
      await server.listen({ host: config.host, port: config.port });
      const address = server.server.address();
      if (typeof address === 'object' && address !== null) port = address.port;
      logger.info(
        { event: 'api-listening', host: config.host, port },
        'API listens',
      );
    },
    stop() {
      stopped ??= close();
      return stopped;
    },
    readiness: () => ({ timescale: watch.state() }),
  };
}

/** The files of settings, which are read when they are needed. */
function createFiles({ tariffFile, heatPumpsFile }: Config, logger: Logger) {
  return {
    tariffFile: createSettingsFile({
      what: 'tariff',
      variable: 'API_TARIFF_FILE',
      path: tariffFile,
      schema: tariffSchema,
      logger,
    }),
    heatPumpsFile:
      heatPumpsFile === undefined
        ? undefined
        : createSettingsFile({
            what: 'heat pumps',
            variable: 'API_HEAT_PUMPS_FILE',
            path: heatPumpsFile,
            schema: heatPumpsSchema,
            logger,
          }),
  };
}

const checkIntervalMs = 2_000;

function watchDatabase(database: Database) {
  const stopping = new AbortController();
  let state: ConnectionState = { ok: false, detail: 'not asked yet' };
  let loop: Promise<void> | undefined;

  async function watch(): Promise<void> {
    while (!stopping.signal.aborted) {
      state = await database.check().catch((error: unknown) => ({
        ok: false,
        detail: error instanceof Error ? error.message : String(error),
      }));
      await delay(checkIntervalMs, undefined, {
        signal: stopping.signal,
      }).catch(() => {});
    }
  }

  return {
    state: () => state,
    start() {
      loop ??= watch();
    },
    async stop() {
      stopping.abort();
      await loop;
    },
  };
}
