import { createRouteRef } from '@backstage/frontend-plugin-api';

/** The heat pump page. */
export const rootRouteRef = createRouteRef();
