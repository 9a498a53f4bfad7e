import { ResponseError } from '@backstage/errors';
import type { FetchApi } from '@backstage/frontend-plugin-api';
import { targetsResponseSchema } from '@homelab/plugin-system-health-common';
import type { TargetsResponse } from '@homelab/plugin-system-health-common';
import type { SystemHealthApi } from './SystemHealthApi';

/** Client of the system-health backend. */
export class SystemHealthClient implements SystemHealthApi {
  private readonly fetchApi: FetchApi;

  constructor(deps: { fetchApi: FetchApi }) {
    this.fetchApi = deps.fetchApi;
  }

  async getTargets(options?: {
    signal?: AbortSignal;
  }): Promise<TargetsResponse> {
    const response = await this.fetchApi.fetch(
      'plugin://system-health/targets',
      {
        signal: options?.signal,
      },
    );
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return targetsResponseSchema.parse(await response.json());
  }
}
