import { createRouteRef } from '@backstage/frontend-plugin-api';

/** The page of the rooms. */
export const roomsRouteRef = createRouteRef();

/** The heat pump page. */
export const rootRouteRef = createRouteRef();
