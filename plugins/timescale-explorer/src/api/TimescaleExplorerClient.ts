import type { FetchApi } from '@backstage/frontend-plugin-api';
import {
  aggregatesResponseSchema,
  cancelResponseSchema,
  catalogueResponseSchema,
  databasesResponseSchema,
  hypertableResponseSchema,
  hypertablesResponseSchema,
  jobsResponseSchema,
  overviewResponseSchema,
  queryResponseSchema,
} from '@homelab/plugin-timescale-explorer-common';
import type { QueryRequest } from '@homelab/plugin-timescale-explorer-common';
import { createJsonClient } from '@homelab/portal-react';
import type { JsonClient } from '@homelab/portal-react';
import type { Cancellable, TimescaleExplorerApi } from './TimescaleExplorerApi';

/** Calls the backend of the Timescale explorer over HTTP. */
export class TimescaleExplorerClient implements TimescaleExplorerApi {
  private readonly client: JsonClient;

  constructor({ fetchApi }: { fetchApi: FetchApi }) {
    this.client = createJsonClient({
      fetchApi,
      pluginId: 'timescale-explorer',
    });
  }

  getDatabases(options?: Cancellable) {
    return this.client.get(['databases'], databasesResponseSchema, {}, options);
  }

  getOverview(database: string, options?: Cancellable) {
    const path = ['databases', database, 'overview'];
    return this.client.get(path, overviewResponseSchema, {}, options);
  }

  getHypertables(database: string, options?: Cancellable) {
    const path = ['databases', database, 'hypertables'];
    return this.client.get(path, hypertablesResponseSchema, {}, options);
  }

  getHypertable(
    database: string,
    table: { schema: string; name: string },
    options?: Cancellable,
  ) {
    const path = [
      'databases',
      database,
      'hypertables',
      table.schema,
      table.name,
    ];
    return this.client.get(path, hypertableResponseSchema, {}, options);
  }

  getAggregates(database: string, options?: Cancellable) {
    const path = ['databases', database, 'aggregates'];
    return this.client.get(path, aggregatesResponseSchema, {}, options);
  }

  getJobs(database: string, options?: Cancellable) {
    const path = ['databases', database, 'jobs'];
    return this.client.get(path, jobsResponseSchema, {}, options);
  }

  getCatalogue(database: string, options?: Cancellable) {
    const path = ['databases', database, 'catalogue'];
    return this.client.get(path, catalogueResponseSchema, {}, options);
  }

  runQuery(database: string, query: QueryRequest) {
    const path = ['databases', database, 'queries'];
    return this.client.post(path, queryResponseSchema, query);
  }

  cancelQuery(database: string, id: string) {
    const path = ['databases', database, 'queries', id, 'cancel'];
    return this.client.post(path, cancelResponseSchema);
  }
}
