import type { DeadLetterTopic } from '@homelab/plugin-dead-letters-common';
import { Gauge, Registry } from 'prom-client';

/**
 * Renders the sizes of the dead-letter topics of each cluster in the text format of Prometheus.
 * Unknown values have no sample.
 */
export async function renderLetterMetrics(
  topics: ReadonlyMap<string, readonly DeadLetterTopic[]>,
): Promise<string> {
  const registry = new Registry();
  const gauge = (name: string, help: string) =>
    new Gauge({
      name,
      help,
      labelNames: ['cluster', 'topic'],
      registers: [registry],
    });
  const bytes = gauge(
    'homelab_dead_letters_bytes',
    'Size of a dead-letter topic on disk.',
  );
  const full = gauge(
    'homelab_dead_letters_full',
    '1 when the limit in bytes of a dead-letter topic deletes letters early.',
  );
  for (const [cluster, known] of topics)
    for (const { topic, storage } of known) {
      if (storage === null) continue;
      bytes.set({ cluster, topic }, storage.sizeBytes);
      full.set({ cluster, topic }, storage.isFull ? 1 : 0);
    }
  return registry.metrics();
}
