import { createMetrics } from '@homelab/service-kit';
import type { Registry } from '@homelab/service-kit';

/** Every metric that the API owns, each at zero from the start. */
export type ApiMetrics = ReturnType<typeof createApiMetrics>;

const statusClasses = ['2xx', '3xx', '4xx', '5xx'] as const;

/** Creates the metrics of the API in a registry; `routes` are the ids of all operations. */
export function createApiMetrics(
  registry: Registry,
  options: { routes: readonly string[] },
) {
  const api = createMetrics(registry, 'api');
  const routes = [...options.routes, 'other'];
  return {
    requests: api.counter({
      name: 'requests_total',
      help: 'Requests answered.',
      labels: { route: routes, status: statusClasses },
    }),
    requestSeconds: api.histogram({
      name: 'request_seconds',
      help: 'Time from the head of a request to the end of its answer.',
      labels: { route: routes },
      buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1, 5, 30],
    }),
    refused: api.counter({
      name: 'refused_total',
      help: 'Requests refused before they reached the database.',
      labels: {
        reason: ['unauthenticated', 'forbidden', 'rate', 'cost', 'busy'],
      },
    }),
    exportedRows: api.counter({
      name: 'exported_rows_total',
      help: 'Rows sent by exports.',
    }),
    exports: api.gauge({
      name: 'exports',
      help: 'Exports that are running.',
    }),
  };
}

/** The label of a status code. */
export function statusClassOf(status: number): (typeof statusClasses)[number] {
  if (status >= 500) return '5xx';
  if (status >= 400) return '4xx';
  return status >= 300 ? '3xx' : '2xx';
}
