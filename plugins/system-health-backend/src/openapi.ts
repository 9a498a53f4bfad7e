import {
  systemHealthReadPermission,
  targetsResponseSchema,
} from '@homelab/plugin-system-health-common';
import { buildOpenApi as build } from '@homelab/portal-node';

/** The OpenAPI document of the system health backend. */
export const buildOpenApi = () =>
  build({
    pluginId: 'system-health',
    title: 'System health',
    description: 'The last known health of every target.',
    components: { Targets: targetsResponseSchema },
    operations: [
      {
        path: '/targets',
        method: 'get',
        summary: 'The health of every target, in configured order',
        answer: targetsResponseSchema,
        permissions: [systemHealthReadPermission],
      },
    ],
  });
