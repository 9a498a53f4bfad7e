import { createApiRef } from '@backstage/frontend-plugin-api';
import type { PipelinesResponse } from '@homelab/plugin-pipelines-common';

/** The pipelines backend. Throws a ResponseError when the backend rejects the request or fails. */
export interface PipelinesApi {
  getPipelines(
    names: readonly string[],
    options?: { signal?: AbortSignal },
  ): Promise<PipelinesResponse>;
}

export const pipelinesApiRef = createApiRef<PipelinesApi>().with({
  id: 'plugin.pipelines.client',
  pluginId: 'pipelines',
});
