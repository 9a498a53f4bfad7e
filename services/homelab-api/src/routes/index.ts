import type { Components } from '@homelab/openapi';
import type { ApiRoute } from '../http/define-route.ts';
import { deviceComponents, deviceRoutes } from './devices.ts';
import { exportRoutes } from './export.ts';
import { latestComponents, latestRoutes } from './latest.ts';
import { seriesComponents, seriesRoutes } from './series.ts';

/** Every route of the API. */
export const routes: readonly ApiRoute[] = [
  ...deviceRoutes,
  ...latestRoutes,
  ...seriesRoutes,
  ...exportRoutes,
];

/** The schemas of their answers by the name they have in the document. */
export const components: Components = {
  ...deviceComponents,
  ...latestComponents,
  ...seriesComponents,
};
