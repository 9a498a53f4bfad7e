import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  DatabasesResponse,
  OverviewResponse,
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
}

export const timescaleExplorerApiRef =
  createApiRef<TimescaleExplorerApi>().with({
    id: 'plugin.timescale-explorer.client',
    pluginId: 'timescale-explorer',
  });
