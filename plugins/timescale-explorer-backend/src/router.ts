import {
  NotFoundError,
  ServiceUnavailableError,
  stringifyError,
} from '@backstage/errors';
import type {
  AggregatesResponse,
  DatabasesResponse,
  HypertableResponse,
  HypertablesResponse,
  JobsResponse,
  OverviewResponse,
} from '@homelab/plugin-timescale-explorer-common';
import type { Authorizer } from '@homelab/portal-node';
import type { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { judge } from './health/judge';
import type { ExplorerDatabase } from './services/ExplorerDatabase';

/** Everything under `/api/timescale-explorer`. */
export function createRouter(deps: {
  readonly authorizer: Authorizer<'read'>;
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

  /** A route about one database. */
  const about = (
    path: string,
    read: (database: ExplorerDatabase, request: Request) => Promise<object>,
  ) =>
    router.get(`/databases/:database${path}`, async (request, response) => {
      await authorizer.require(request, 'read');
      const id = request.params.database;
      const database = databases.find(({ config }) => config.id === id);
      if (database === undefined)
        throw new NotFoundError(
          `There is no database ${id} in timescaleExplorer.databases.`,
        );
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
