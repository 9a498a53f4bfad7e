import {
  aggregatesResponseSchema,
  cancelResponseSchema,
  catalogueResponseSchema,
  databasesResponseSchema,
  hypertableResponseSchema,
  hypertablesResponseSchema,
  jobsResponseSchema,
  overviewResponseSchema,
  queryRequestSchema,
  queryResponseSchema,
  timescaleExplorerQueryPermission,
  timescaleExplorerReadPermission,
} from '@homelab/plugin-timescale-explorer-common';
import { buildOpenApi as build } from '@homelab/portal-node';

const permissions = [timescaleExplorerReadPermission];
const unavailable = 'The database does not answer; the message says why.';

/** The OpenAPI document of the backend of the Timescale explorer. */
export const buildOpenApi = () =>
  build({
    pluginId: 'timescale-explorer',
    title: 'Timescale explorer',
    description:
      'The health of TimescaleDB databases, and what they hold: hypertables, aggregates, jobs.',
    components: {
      Databases: databasesResponseSchema,
      Overview: overviewResponseSchema,
      Hypertables: hypertablesResponseSchema,
      Hypertable: hypertableResponseSchema,
      Aggregates: aggregatesResponseSchema,
      Jobs: jobsResponseSchema,
      Catalogue: catalogueResponseSchema,
      QueryRequest: queryRequestSchema,
      Query: queryResponseSchema,
      Cancel: cancelResponseSchema,
    },
    operations: [
      {
        path: '/databases',
        method: 'get',
        summary: 'The databases of the configuration, and what each offers',
        answer: databasesResponseSchema,
        permissions,
      },
      {
        path: '/databases/{database}/overview',
        method: 'get',
        summary: 'Findings in order of weight, each with what mends it',
        answer: overviewResponseSchema,
        permissions,
        unavailable,
      },
      {
        path: '/databases/{database}/hypertables',
        method: 'get',
        summary: 'Hypertables with sizes, rows and growth, the largest first',
        answer: hypertablesResponseSchema,
        permissions,
        unavailable,
      },
      {
        path: '/databases/{database}/hypertables/{schema}/{name}',
        method: 'get',
        summary: 'A hypertable with its chunks, policies and indexes',
        answer: hypertableResponseSchema,
        permissions,
        unavailable,
      },
      {
        path: '/databases/{database}/aggregates',
        method: 'get',
        summary: 'Continuous aggregates and rollups, and how far each is',
        answer: aggregatesResponseSchema,
        permissions,
        unavailable,
      },
      {
        path: '/databases/{database}/jobs',
        method: 'get',
        summary: 'Jobs of TimescaleDB and of pg_cron with their latest runs',
        answer: jobsResponseSchema,
        permissions,
        unavailable,
      },
      {
        path: '/databases/{database}/catalogue',
        method: 'get',
        summary: 'Tables and columns that a query may read, for completion',
        answer: catalogueResponseSchema,
        permissions,
        unavailable,
      },
      {
        path: '/databases/{database}/queries',
        method: 'post',
        summary: 'The rows of one statement that reads, within limits',
        body: queryRequestSchema,
        answer: queryResponseSchema,
        permissions: [timescaleExplorerQueryPermission],
        unavailable,
      },
      {
        path: '/databases/{database}/queries/{id}/cancel',
        method: 'post',
        summary: 'Ends a query of the caller at the server',
        answer: cancelResponseSchema,
        permissions: [timescaleExplorerQueryPermission],
      },
    ],
  });
