import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  AggregatesResponse,
  CancelResponse,
  CatalogueResponse,
  DatabasesResponse,
  HypertableResponse,
  HypertablesResponse,
  JobsResponse,
  OverviewResponse,
  QueryRequest,
  QueryResponse,
} from '@homelab/plugin-timescale-explorer-common';

export interface Cancellable {
  signal?: AbortSignal;
}

/**
 * Client of the backend. Every method throws a ResponseError when the backend refuses or fails.
 */
export interface TimescaleExplorerApi {
  getDatabases(options?: Cancellable): Promise<DatabasesResponse>;
  getOverview(
    database: string,
    options?: Cancellable,
  ): Promise<OverviewResponse>;
  getHypertables(
    database: string,
    options?: Cancellable,
  ): Promise<HypertablesResponse>;
  /** One hypertable with its chunks. */
  getHypertable(
    database: string,
    table: { schema: string; name: string },
    options?: Cancellable,
  ): Promise<HypertableResponse>;
  getAggregates(
    database: string,
    options?: Cancellable,
  ): Promise<AggregatesResponse>;
  getJobs(database: string, options?: Cancellable): Promise<JobsResponse>;
  /** Tables and columns that a query may read. */
  getCatalogue(
    database: string,
    options?: Cancellable,
  ): Promise<CatalogueResponse>;
  /** Runs one statement that reads. */
  runQuery(database: string, query: QueryRequest): Promise<QueryResponse>;
  /** Ends a query at the server. */
  cancelQuery(database: string, id: string): Promise<CancelResponse>;
}

export const timescaleExplorerApiRef =
  createApiRef<TimescaleExplorerApi>().with({
    id: 'plugin.timescale-explorer.client',
    pluginId: 'timescale-explorer',
  });
