import { createMetrics } from '@homelab/service-kit';
import type { Counter, Registry } from '@homelab/service-kit';
import { publishedFormats } from './devices/device-message.ts';

/** Why a message did not reach the broker. */
const failureReasons = ['disconnected', 'refused'] as const;

/** Every metric of the simulator. */
export interface SimulatorMetrics {
  published: Counter<'format'>;
  failures: Counter<'format' | 'reason'>;
}

/** Creates the metrics of the simulator in a registry. */
export function createSimulatorMetrics(registry: Registry): SimulatorMetrics {
  const metrics = createMetrics(registry, 'simulator');
  return {
    published: metrics.counter({
      name: 'published_total',
      help: 'Messages that the broker acknowledged; history is in format canonical.',
      labels: { format: publishedFormats },
    }),
    failures: metrics.counter({
      name: 'publish_failures_total',
      help: 'Messages that were not published: no connection, or the broker refused.',
      labels: { format: publishedFormats, reason: failureReasons },
    }),
  };
}
