import type { FetchApi } from '@backstage/frontend-plugin-api';
import { pipelinesResponseSchema } from '@homelab/plugin-pipelines-common';
import { createJsonClient } from '@homelab/portal-react';
import type { JsonClient } from '@homelab/portal-react';
import type { PipelinesApi } from './PipelinesApi';

/** Client of the pipelines backend plugin. */
export class PipelinesClient implements PipelinesApi {
  private readonly client: JsonClient;

  constructor({ fetchApi }: { fetchApi: FetchApi }) {
    this.client = createJsonClient({ fetchApi, pluginId: 'pipelines' });
  }

  getPipelines(names: readonly string[], options?: { signal?: AbortSignal }) {
    return this.client.get(
      ['pipelines'],
      pipelinesResponseSchema,
      { name: names },
      options,
    );
  }
}
