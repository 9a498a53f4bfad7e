import { createApiRef } from '@backstage/frontend-plugin-api';
import { createPollStore } from '@homelab/portal-react';
import type { PollStore } from '@homelab/portal-react';
import type { TargetsResponse } from '@homelab/plugin-system-health-common';
import type { SystemHealthApi } from './SystemHealthApi';

/** The one poller of the page. */
export type HealthStore = PollStore<TargetsResponse>;

export const healthStoreRef = createApiRef<HealthStore>().with({
  id: 'plugin.system-health.store',
  pluginId: 'system-health',
});

/** Creates the poller of all widgets on a page, so that they agree and ask once. */
export function createHealthStore(deps: { api: SystemHealthApi }): HealthStore {
  return createPollStore({
    ask: signal => deps.api.getTargets({ signal }),
    pace: { everyMs: 5_000, slowestMs: 60_000, requestMs: 10_000 },
    visibility: document,
    now: Date.now,
  });
}
