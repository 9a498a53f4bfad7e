import { createMetrics } from '@homelab/service-kit';
import type { Registry } from '@homelab/service-kit';
import { liveErrorCodes } from '@homelab/live-client';
import { streams } from '@homelab/telemetry';

/** Every metric that the server owns, each at zero from the start. */
export type LiveMetrics = ReturnType<typeof createLiveMetrics>;

/** Creates the metrics of the server in a registry. */
export function createLiveMetrics(registry: Registry) {
  const live = createMetrics(registry, 'live');
  return {
    records: live.counter({
      name: 'records_total',
      help: 'Kafka records read, by what they were: news, nothing newer, or no reading.',
      labels: { stream: streams, outcome: ['news', 'older', 'unreadable'] },
    }),
    gaps: live.counter({
      name: 'source_gaps_total',
      help: 'Times that Kafka records were gone before they were read.',
      labels: { stream: streams },
    }),
    connections: live.gauge({
      name: 'connections',
      help: 'Connections that are open.',
    }),
    subscriptions: live.gauge({
      name: 'subscriptions',
      help: 'Subscriptions of all connections.',
    }),
    channels: live.gauge({
      name: 'channels',
      help: 'Different subscriptions; frames are encoded once for each.',
    }),
    refused: live.counter({
      name: 'refused_total',
      help: 'Requests and upgrades refused.',
      labels: {
        reason: [
          'unauthenticated',
          'forbidden',
          'origin',
          'full',
          'rate',
          'not_ready',
          'other',
        ],
      },
    }),
    closed: live.counter({
      name: 'closed_total',
      help: 'Connections that the server ended, by the code of the error.',
      labels: { code: liveErrorCodes },
    }),
    silent: live.counter({
      name: 'silent_total',
      help: 'Connections ended because a ping was not answered.',
    }),
    frames: live.counter({
      name: 'frames_sent_total',
      help: 'Frames sent.',
    }),
    bytes: live.counter({
      name: 'bytes_sent_total',
      help: 'Bytes of the frames sent.',
    }),
    encoded: live.counter({
      name: 'frames_encoded_total',
      help: 'Frames of readings that were encoded; each may be sent to many.',
    }),
    joined: live.counter({
      name: 'readings_joined_total',
      help: 'Readings replaced by a newer one of the same device within a batch.',
    }),
    conflated: live.counter({
      name: 'conflations_total',
      help: 'Times that a client over its soft limit fell back to the newest readings.',
    }),
    resumes: live.counter({
      name: 'resumes_total',
      help: 'Subscriptions that asked to resume, by the outcome.',
      labels: { outcome: ['resumed', 'gap'] },
    }),
    tickets: live.counter({
      name: 'tickets_total',
      help: 'Tickets given out.',
    }),
    deliverySeconds: live.histogram({
      name: 'delivery_seconds',
      help: 'Time from reading a Kafka record to handing its frame to the connections.',
      labels: {},
      buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 1],
    }),
  };
}
