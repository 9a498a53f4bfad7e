import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { createTokenVerifier, invalidPrincipals } from '@homelab/access';
import { createKafkaClient } from '@homelab/kafka';
import type { PipelineStatus } from '@homelab/live-client';
import { toEventLogger } from '@homelab/service-kit';
import type { Logger, Registry, Service } from '@homelab/service-kit';
import type { Stream } from '@homelab/telemetry';
import type { Config } from './config.ts';
import { createConnection } from './connection/connection.ts';
import type { Connection } from './connection/connection.ts';
import { createDatabase } from './database/database.ts';
import { readStored } from './database/read-stored.ts';
import { createTickets } from './database/tickets.ts';
import { createHub, forStreams } from './fanout/hub.ts';
import { createAccess } from './http/access.ts';
import { createAllowance } from './http/allowance.ts';
import { createHttpServer } from './http/server.ts';
import { createLiveMetrics } from './metrics.ts';
import { createFollower } from './source/follow-readings.ts';
import { createStreamState } from './source/stream-state.ts';

/** The server as a service, and where it listens. */
export interface LiveService extends Service {
  /** The port listened on; before `start`, the configured one. */
  readonly port: number;
}

/** Wrong tokens from one address in a minute. */
const failuresPerMinute = 60;
const statusMs = 1_000;
/** A revoked token is noticed after this time at the latest. */
const recheckMs = 15_000;
const closeWaitMs = 2_000;

/**
 * Wires the server. Start: database, HTTP server, Kafka; clients are accepted once the newest
 * readings are known. Stop: the other way round, after every client was told.
 */
export function createApp(deps: {
  config: Config;
  logger: Logger;
  registry: Registry;
  /** Names of topics that are not the usual ones. */
  topics?: Readonly<Record<Stream, string>>;
  recheckTokensMs?: number;
}): LiveService {
  const { config, logger, registry } = deps;
  const { limits } = config;
  const metrics = createLiveMetrics(registry);
  const database = createDatabase({ config: config.database, logger });
  const tickets = createTickets({ database });
  const states = forStreams(stream =>
    createStreamState({ stream, maxLogged: config.resume.readings }),
  );
  const hub = createHub({ states, limits, metrics });
  const follower = createFollower({
    kafka: createKafkaClient({
      ...config.kafka,
      logger: toEventLogger(logger.child({ part: 'kafka' })),
    }),
    states,
    readStored: () => readStored(database),
    resume: config.resume,
    metrics,
    logger,
    onReading: hub.publish,
    onLost: hub.lost,
    ...(deps.topics && { topics: deps.topics }),
  });
  const connections = new Set<Connection>();
  const server = createHttpServer({
    access: createAccess({
      verifyToken: createTokenVerifier({ database, oidc: config.oidc }),
      tickets,
      failures: createAllowance({ perMinute: failuresPerMinute }),
      metrics,
    }),
    tickets,
    origins: config.origins,
    maxConnections: limits.connections,
    metrics,
    isReady: () => follower.isFilled(),
    countConnections: () => connections.size,
    onConnection(socket, principal) {
      tellStatus();
      const connection = createConnection({
        socket,
        principal,
        hub,
        limits,
        pipeline,
        metrics,
        logger,
        onClosed() {
          connections.delete(connection);
          metrics.connections.set(connections.size);
        },
      });
      connections.add(connection);
      metrics.connections.set(connections.size);
    },
  });
  let pipeline: PipelineStatus = statusOf(follower.state());
  let { port } = config;
  let timers: NodeJS.Timeout[] = [];
  let filling: Promise<void> | undefined;
  let stopped: Promise<void> | undefined;

  function tellStatus(): void {
    const current = statusOf(follower.state());
    if (current.ok === pipeline.ok && current.detail === pipeline.detail)
      return;
    pipeline = current;
    for (const connection of connections) connection.tellStatus(current);
  }

  async function recheckTokens(): Promise<void> {
    const principals = new Map(
      [...connections].map(({ principal }) => [principal.id, principal]),
    );
    const invalid = await invalidPrincipals(
      database,
      [...principals.values()],
      Date.now(),
    );
    for (const connection of connections)
      if (invalid.has(connection.principal.id))
        connection.fail('token_expired');
  }

  async function close(): Promise<void> {
    for (const timer of timers) clearInterval(timer);
    const closed = new Promise(resolve => server.close(resolve));
    for (const connection of connections) connection.fail('server_stopping');
    server.closeIdleConnections();
    await Promise.race([
      closed,
      new Promise(resolve => setTimeout(resolve, closeWaitMs).unref()),
    ]);
    for (const connection of connections) connection.terminate();
    server.closeAllConnections();
    hub.stop();
    await follower.stop();
    await filling;
    await database.stop();
  }

  return {
    get port() {
      return port;
    },
    async start() {
      database.start();
      server.listen(config.port, config.host);
      await once(server, 'listening');
      ({ port } = server.address() as AddressInfo);
      logger.info(
        { event: 'live-listening', host: config.host, port },
        'live server listens',
      );
      // Whether it has begun is said by the readiness; it waits for its neighbours.
      filling = follower.start().catch((error: unknown) => {
        logger.debug({ event: 'fill-ended', err: error }, 'fill ended');
      });
      timers = [
        setInterval(tellStatus, statusMs),
        setInterval(() => {
          for (const connection of connections) connection.checkAlive();
        }, limits.pingMs),
        setInterval(() => {
          // While the database is away, nobody is disconnected for that.
          recheckTokens().catch((error: unknown) =>
            logger.debug(
              { event: 'recheck-failed', err: error },
              'recheck failed',
            ),
          );
        }, deps.recheckTokensMs ?? recheckMs),
      ];
    },
    stop() {
      stopped ??= close();
      return stopped;
    },
    readiness: () => ({
      kafka: follower.state(),
      timescale: database.state(),
      readings: follower.isFilled()
        ? { ok: true }
        : { ok: false, detail: 'the newest readings are not known yet' },
    }),
  };
}

function statusOf(state: { ok: boolean; detail?: string }): PipelineStatus {
  return state.ok
    ? { ok: true, detail: 'Live readings are followed.' }
    : {
        ok: false,
        detail: `Kafka cannot be followed: ${state.detail ?? 'no reason is known'}.`,
      };
}
