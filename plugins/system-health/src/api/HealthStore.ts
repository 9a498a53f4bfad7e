import { createApiRef } from '@backstage/frontend-plugin-api';
import type { HealthStore } from './createHealthStore';

/** The one poller of the page. */
export const healthStoreRef = createApiRef<HealthStore>().with({
  id: 'plugin.system-health.store',
  pluginId: 'system-health',
});
