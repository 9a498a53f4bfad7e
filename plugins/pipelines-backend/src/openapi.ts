import {
  pipelinesQuerySchema,
  pipelinesReadPermission,
  pipelinesResponseSchema,
} from '@homelab/plugin-pipelines-common';
import { buildOpenApi as build } from '@homelab/portal-node';

/** The OpenAPI document of the pipelines backend. */
export const buildOpenApi = () =>
  build({
    pluginId: 'pipelines',
    title: 'Pipelines',
    description: 'Where data stops on its way from device to table.',
    components: { Pipelines: pipelinesResponseSchema },
    operations: [
      {
        path: '/pipelines',
        method: 'get',
        summary: 'Pipelines by name, with rate and freshness at each hop',
        query: pipelinesQuerySchema,
        answer: pipelinesResponseSchema,
        permissions: [pipelinesReadPermission],
      },
    ],
  });
