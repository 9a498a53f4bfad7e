import { createKafkaClient } from '@homelab/kafka';
import type {
  ConnectionState,
  Logger,
  Registry,
  Service,
} from '@homelab/service-kit';
import { readSchemaState } from '@homelab/timescale-schema';
import { Pool } from 'pg';
import type { Config } from './config.ts';
import { createSinkMetrics } from './metrics.ts';
import { routeOf } from './routes.ts';
import type { StreamRoute } from './routes.ts';
import { newestTimeStatement } from './statements.ts';
import { createStreamSink } from './stream-sink.ts';
import type { StreamSink } from './stream-sink.ts';
import { createTimescaleWriter } from './timescale-writer.ts';
import { createDatabaseWatch } from './watch-database.ts';
import { createLagWatch } from './watch-lag.ts';

const statementTimeoutMs = 30_000;

function createPool({ connections, ...server }: Config['database']): Pool {
  return new Pool({
    ...server,
    max: connections,
    application_name: 'timescale-sink',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    statement_timeout: statementTimeoutMs,
    // For a server that is frozen and cannot enforce its own limit.
    query_timeout: statementTimeoutMs + 5_000,
  });
}

async function newestTime(
  pool: Pool,
  route: StreamRoute,
): Promise<Date | undefined> {
  const answer = await pool.query<{ newest: Date | null }>(
    newestTimeStatement(route.table),
  );
  return answer.rows[0]?.newest ?? undefined;
}

/**
 * Wires the sink. `routes` are the streams to store; by default those of the
 * configuration, with the names of the contract.
 * Start: database, dead letters, consumers. Stop: in reverse.
 */
export function createApp(deps: {
  config: Config;
  logger: Logger;
  registry: Registry;
  routes?: readonly StreamRoute[];
}): Service {
  const { config, logger, registry } = deps;
  const routes = deps.routes ?? config.streams.map(routeOf);
  const metrics = createSinkMetrics(registry);
  const stopping = new AbortController();
  const pool = createPool(config.database);
  // The next query will fail. Without a listener, a lost connection would end the process,
  // whether it is idle in the pool or between two statements of a write.
  const onLost = (error: Error) => {
    logger.debug(
      { event: 'database-connection-lost', err: error },
      'connection lost',
    );
  };
  pool.on('error', onLost);
  pool.on('connect', client => client.on('error', onLost));
  const database = createDatabaseWatch({ check: () => readSchemaState(pool) });
  const kafka = createKafkaClient({ ...config.kafka, logger });
  const deadLetters = kafka.producer();
  const writer = createTimescaleWriter({ pool });
  const sinks = routes.map(route =>
    createStreamSink({
      route,
      batch: config.batch,
      sessionTimeoutMs: config.kafka.sessionTimeoutMs,
      kafka,
      deadLetters,
      writer,
      metrics,
      signal: stopping.signal,
      logger,
    }),
  );
  const lag = createLagWatch({
    admin: kafka.admin(),
    routes,
    onLag: ({ topic }, records) => metrics.lag.set({ topic }, records),
    logger,
  });

  async function close(): Promise<void> {
    stopping.abort();
    const left = await Promise.allSettled([
      ...sinks.map(sink => sink.stop()),
      lag.stop(),
      database.stop(),
    ]);
    await deadLetters.stop();
    await pool.end();
    for (const end of left) if (end.status === 'rejected') throw end.reason;
  }

  let closing: Promise<void> | undefined;
  return {
    async start() {
      database.start();
      await database.fit;
      const newest = await Promise.all(
        routes.map(route => newestTime(pool, route)),
      );
      await deadLetters.start();
      lag.start();
      await Promise.all(sinks.map((sink, index) => sink.start(newest[index])));
    },
    stop() {
      closing ??= close();
      return closing;
    },
    failed: Promise.race(sinks.map(sink => sink.failed)),
    readiness: () => ({
      kafka: firstDown([
        deadLetters.state(),
        ...sinks.map(sink => sink.kafkaState()),
      ]),
      timescale: databaseState(database.state(), sinks),
    }),
  };
}

/** A write that is failing now is more recent than the last check of the watch. */
function databaseState(
  watched: ConnectionState,
  sinks: readonly StreamSink[],
): ConnectionState {
  const stalled = sinks
    .map(sink => sink.stalledBecause())
    .filter(reason => reason !== undefined)
    .map(detail => ({ ok: false, detail }));
  return firstDown([watched, ...stalled]);
}

function firstDown(states: readonly ConnectionState[]): ConnectionState {
  return states.find(({ ok }) => !ok) ?? { ok: true };
}
