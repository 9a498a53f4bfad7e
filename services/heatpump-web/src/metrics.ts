import { createMetrics } from '@homelab/service-kit';
import type { Registry } from '@homelab/service-kit';

/** Every metric that the server of the page owns, each at zero from the start. */
export type WebMetrics = ReturnType<typeof createWebMetrics>;

/** Creates the metrics in a registry; `sessions` counts those of now. */
export function createWebMetrics(
  registry: Registry,
  count: { sessions: () => number },
) {
  const web = createMetrics(registry, 'web');
  return {
    requests: web.counter({
      name: 'requests_total',
      help: 'Requests answered.',
      labels: {
        kind: ['page', 'session', 'api', 'other'],
        status: ['1xx', '2xx', '3xx', '4xx', '5xx'],
      },
    }),
    requestSeconds: web.histogram({
      name: 'request_seconds',
      help: 'Time from the head of a request to the end of its answer.',
      labels: { kind: ['page', 'session', 'api', 'other'] },
      buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 15],
    }),
    signIns: web.counter({
      name: 'sign_ins_total',
      help: 'Attempts to sign in.',
      labels: { outcome: ['ok', 'refused', 'limited', 'failed'] },
    }),
    refused: web.counter({
      name: 'refused_total',
      help: 'Requests refused: nobody is signed in, sent by another site, too many.',
      labels: { reason: ['signed-out', 'cross-site', 'rate', 'sockets'] },
    }),
    sessions: web.gauge({
      name: 'sessions',
      help: 'Devices signed in.',
      collect: gauge => gauge.set(count.sessions()),
    }),
    liveSockets: web.gauge({
      name: 'live_sockets',
      help: 'Live connections of browsers.',
    }),
  };
}
