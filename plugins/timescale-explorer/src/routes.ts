import {
  createRouteRef,
  createSubRouteRef,
} from '@backstage/frontend-plugin-api';

export const rootRouteRef = createRouteRef();

/** The page of one hypertable; the database is the query `db`. */
export const hypertableRouteRef = createSubRouteRef({
  path: '/hypertables/:schema/:name',
  parent: rootRouteRef,
});
