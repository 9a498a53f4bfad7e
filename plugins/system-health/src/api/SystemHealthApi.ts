import { createApiRef } from '@backstage/frontend-plugin-api';
import type { TargetsResponse } from '@homelab/plugin-system-health-common';

/** Client for the health of the targets. */
export interface SystemHealthApi {
  /**
   * The last known health of every target.
   *
   * @throws ResponseError when the backend rejects the request or fails
   */
  getTargets(options?: { signal?: AbortSignal }): Promise<TargetsResponse>;
}

export const systemHealthApiRef = createApiRef<SystemHealthApi>().with({
  id: 'plugin.system-health.client',
  pluginId: 'system-health',
});
