import type { AuditorService } from '@backstage/backend-plugin-api';
import {
  NotFoundError,
  ServiceUnavailableError,
  stringifyError,
} from '@backstage/errors';
import { queryRequestSchema } from '@homelab/plugin-timescale-explorer-common';
import type {
  AggregatesResponse,
  CancelResponse,
  CatalogueResponse,
  DatabasesResponse,
  HypertableResponse,
  HypertablesResponse,
  JobsResponse,
  OverviewResponse,
  QueryResponse,
} from '@homelab/plugin-timescale-explorer-common';
import { audited, parseRequest } from '@homelab/portal-node';
import type { Authorizer } from '@homelab/portal-node';
import { json } from 'express';
import type { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { judge } from './health/judge';
import type { ExplorerDatabase } from './services/ExplorerDatabase';

/** Everything under `/api/timescale-explorer`. */
export function createRouter(deps: {
  readonly authorizer: Authorizer<'read' | 'query'>;
  readonly auditor: AuditorService;
  readonly databases: readonly ExplorerDatabase[];
  now(): number;
}): Router {
  const { authorizer, databases } = deps;
  const router = PromiseRouter();
  const now = () => new Date(deps.now()).toISOString();

  router.get('/databases', async (request, response) => {
    await authorizer.require(request, 'read');
    const answer: DatabasesResponse = {
      now: now(),
      databases: await Promise.all(databases.map(describe)),
    };
    response.set('cache-control', 'no-store').json(answer);
  });

  const databaseOf = (id: string | undefined) => {
    const database = databases.find(({ config }) => config.id === id);
    if (database === undefined)
      throw new NotFoundError(
        `There is no database ${id} in timescaleExplorer.databases.`,
      );
    return database;
  };

  /** A route about one database. */
  const about = (
    path: string,
    read: (database: ExplorerDatabase, request: Request) => Promise<object>,
  ) =>
    router.get(`/databases/:database${path}`, async (request, response) => {
      await authorizer.require(request, 'read');
      const database = databaseOf(request.params.database);
      const found = await read(database, request).catch(unlessNotFound);
      response.set('cache-control', 'no-store').json({ now: now(), ...found });
    });

  about('/overview', async (database): Promise<Omit<OverviewResponse, 'now'>> =>
    judge(database, deps.now()),
  );
  about(
    '/hypertables',
    async (database): Promise<Omit<HypertablesResponse, 'now'>> => ({
      hypertables: await database.hypertables(),
    }),
  );
  about(
    '/hypertables/:schema/:name',
    async (database, { params }): Promise<Omit<HypertableResponse, 'now'>> =>
      database.hypertable({
        schema: params.schema ?? '',
        name: params.name ?? '',
      }),
  );
  about(
    '/aggregates',
    async (database): Promise<Omit<AggregatesResponse, 'now'>> =>
      database.aggregates(),
  );
  about('/jobs', async (database): Promise<Omit<JobsResponse, 'now'>> =>
    database.jobs(),
  );

  about(
    '/catalogue',
    async (database): Promise<Omit<CatalogueResponse, 'now'>> => ({
      tables: await database.catalogue(),
    }),
  );

  router.post(
    '/databases/:database/queries',
    json({ limit: '256kb' }),
    async (request, response) => {
      const by = await authorizer.require(request, 'query');
      const database = databaseOf(request.params.database);
      const query = parseRequest(queryRequestSchema, request.body);
      const gone = new AbortController();
      response.on('close', () => gone.abort());
      const { id } = database.config;
      const result = await audited(
        deps.auditor,
        {
          eventId: 'query',
          severityLevel: 'low',
          request,
          meta: { database: id, sql: query.sql, maxRows: query.maxRows },
        },
        () => database.queries.run(query, by, gone.signal),
      );
      const answer: QueryResponse = { now: now(), ...result };
      response.set('cache-control', 'no-store').json(answer);
    },
  );

  router.post(
    '/databases/:database/queries/:id/cancel',
    async (request, response) => {
      const by = await authorizer.require(request, 'query');
      const database = databaseOf(request.params.database);
      const answer: CancelResponse = {
        wasRunning: database.queries.cancel(request.params.id ?? '', by),
      };
      response.json(answer);
    },
  );

  return router;
}

async function describe(
  database: ExplorerDatabase,
): Promise<DatabasesResponse['databases'][number]> {
  const { id, title } = database.config;
  try {
    return { id, title, server: await database.server(), problem: null };
  } catch (error) {
    return { id, title, server: null, problem: stringifyError(error) };
  }
}

function unlessNotFound(error: unknown): never {
  if (error instanceof NotFoundError) throw error;
  throw new ServiceUnavailableError(
    `The database cannot be read: ${stringifyError(error)}`,
  );
}
