import type { LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import type {
  Aggregate,
  HypertableResponse,
  Server,
} from '@homelab/plugin-timescale-explorer-common';
import { createReadOnlyPostgres } from '@homelab/portal-node';
import type { DatabaseConfig } from '../config';
import {
  noteOnAggregates,
  readContinuousAggregates,
  readRollups,
} from '../reads/aggregates';
import { readCatalogue } from '../reads/catalogue';
import { readConversion, readHypertables } from '../reads/hypertables';
import type { TableName } from '../reads/hypertables';
import { readIndexes } from '../reads/indexes';
import { readJobs } from '../reads/jobs';
import { readLateChunks } from '../reads/lateChunks';
import { policyEdges } from '../reads/policyEdges';
import { probe } from '../reads/probe';
import type { Queryable, Read } from '../reads/sql';
import { Queries } from '../query/Queries';
import { readServerUse, readTableUse } from '../reads/statistics';
import { createMemory } from './createMemory';

const statementTimeoutMs = 10_000;
/** How long people who look at the same pages share an answer. */
const keepMs = 10_000;

/** One database: what is asked of it is asked once by all who look at the same time. */
export class ExplorerDatabase {
  readonly config: DatabaseConfig;
  private readonly read: Read;
  private readonly now: () => number;
  private readonly remember: ReturnType<typeof createMemory>;
  readonly stop: () => Promise<void>;
  readonly queries: Queries;

  constructor(deps: {
    config: DatabaseConfig;
    read: Read;
    stop(): Promise<void>;
    now(): number;
  }) {
    this.config = deps.config;
    this.read = deps.read;
    this.stop = deps.stop;
    this.now = deps.now;
    this.queries = new Queries({ connection: deps.config, read: deps.read });
    this.remember = createMemory({ keepMs, now: deps.now });
  }

  /** What the server is and offers. @throws what `pg` throws when it does not answer */
  server(): Promise<Server> {
    return this.remember('server', () => this.read(probe));
  }

  async hypertables() {
    const { hypertables } = await this.withTimescale(
      'hypertables',
      database => readHypertables(database, this.now()),
      { hypertables: [], chunks: [] },
    );
    return hypertables;
  }

  jobs() {
    return this.remember('jobs', async () => {
      const server = await this.server();
      return this.read(database => readJobs(database, server, this.now()));
    });
  }

  aggregates(): Promise<{ aggregates: Aggregate[]; note: string | null }> {
    return this.remember('aggregates', async () => {
      const server = await this.server();
      // Where it has continuous aggregates, a schema has those instead.
      const rollups = server.edition === 'community' ? [] : this.config.rollups;
      const { jobs } = await this.jobs();
      const continuous =
        server.edition === 'community'
          ? await this.read(database =>
              readContinuousAggregates(database, jobs),
            )
          : [];
      return {
        aggregates: [
          ...continuous,
          ...(await readRollups(this.read, rollups, jobs)),
        ],
        note: noteOnAggregates(server, rollups.length > 0),
      };
    });
  }

  catalogue() {
    return this.remember('catalogue', async () => {
      const { timescaleVersion } = await this.server();
      return this.read(database =>
        readCatalogue(database, timescaleVersion !== null),
      );
    });
  }

  lateChunks() {
    return this.withTimescale('late chunks', readLateChunks, []);
  }

  indexes() {
    return this.withTimescale('indexes', database => readIndexes(database), []);
  }

  tableUse() {
    return this.remember('table use', async () => {
      const { timescaleVersion } = await this.server();
      return this.read(database =>
        readTableUse(database, timescaleVersion !== null),
      );
    });
  }

  serverUse() {
    return this.remember('server use', () => this.read(readServerUse));
  }

  /** One hypertable in full. @throws NotFoundError */
  async hypertable(one: TableName): Promise<Omit<HypertableResponse, 'now'>> {
    const { jobs } = await this.jobs();
    const { aggregates } = await this.aggregates();
    const target = `${one.schema}.${one.name}`;
    const found = await this.withTimescale(
      `hypertable ${target}`,
      database => this.readWhole(database, one),
      undefined,
    );
    if (found === undefined)
      throw new NotFoundError(
        `There is no hypertable ${target} in ${this.config.title}.`,
      );
    return {
      ...found,
      edges: policyEdges(target, { jobs, aggregates, nowMs: this.now() }),
      jobs: jobs
        .filter(job => job.target === target)
        .map(job => `${job.name}, ${job.schedule}`),
    };
  }

  private async readWhole(database: Queryable, one: TableName) {
    const { hypertables, chunks } = await readHypertables(
      database,
      this.now(),
      one,
    );
    const [hypertable] = hypertables;
    if (hypertable === undefined) return undefined;
    const indexes = await readIndexes(database, one);
    return {
      hypertable,
      chunks: chunks.map(({ table: _, ...chunk }) => chunk),
      conversion:
        hypertable.columnstoreChunks > 0
          ? await readConversion(database, one, chunks)
          : null,
      indexes: indexes.map(({ name, definition, bytes, scans }) => ({
        name,
        definition,
        bytes,
        scans,
      })),
    };
  }

  private withTimescale<T>(
    what: string,
    read: (database: Queryable) => Promise<T>,
    without: T,
  ): Promise<T> {
    return this.remember(what, async () => {
      const { timescaleVersion } = await this.server();
      return timescaleVersion === null
        ? without
        : this.read(database => read(database));
    });
  }
}

/** Opens a database of the configuration; it connects on first use. */
export function openDatabase(deps: {
  config: DatabaseConfig;
  logger: LoggerService;
  now(): number;
}): ExplorerDatabase {
  const { config, logger, now } = deps;
  const postgres = createReadOnlyPostgres({
    connection: config,
    applicationName: 'timescale-explorer',
    maxConnections: 2,
    statementTimeoutMs,
    logger,
  });
  return new ExplorerDatabase({
    config,
    now,
    read: work =>
      postgres.read(client =>
        work({
          query: async <Row extends object>(text: string, values?: unknown[]) =>
            client.query<Row>(text, values),
        }),
      ),
    stop: () => postgres.stop(),
  });
}
