import { createApiRef } from '@backstage/frontend-plugin-api';
import type { PipelinesResponse } from '@homelab/plugin-pipelines-common';

/** What is known of pipelines. Throws a ResponseError when the backend refuses or fails. */
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
