import { createMetrics } from '@homelab/service-kit';
import type { Registry } from '@homelab/service-kit';
import { deadLetterCodes, kafkaTopics, streams } from '@homelab/telemetry';
import { databaseFailures } from './classify-database-error.ts';

/** Every metric that the sink owns, each at zero from the start. */
export type SinkMetrics = ReturnType<typeof createSinkMetrics>;

const retryReasons = databaseFailures.filter(failure => failure !== 'bad-row');

/** Creates the metrics of the sink in a registry. */
export function createSinkMetrics(registry: Registry) {
  const sink = createMetrics(registry, 'sink');
  const pipeline = createMetrics(registry, 'pipeline');
  const labels = { stream: streams };
  return {
    consumed: sink.counter({
      name: 'consumed_total',
      help: 'Records read from Kafka, repetitions included.',
      labels,
    }),
    written: sink.counter({
      name: 'written_total',
      help: 'Readings stored that were not there before.',
      labels,
    }),
    duplicates: sink.counter({
      name: 'duplicates_total',
      help: 'Records that changed no value: stored already, or overridden by a later one of their batch.',
      labels,
    }),
    merged: sink.counter({
      name: 'merged_total',
      help: 'Records that completed or corrected the row of their device and time.',
      labels,
    }),
    deadLettered: sink.counter({
      name: 'dead_lettered_total',
      help: 'Records sent to the dead-letter topic.',
      labels: { ...labels, reason: deadLetterCodes },
    }),
    implausible: sink.counter({
      name: 'implausible_values_total',
      help: 'Numbers outside the range of their measurement, stored as NULL.',
      labels,
    }),
    retries: sink.counter({
      name: 'retries_total',
      help: 'Writes that failed and were retried, whole or in halves.',
      labels: { ...labels, reason: retryReasons },
    }),
    abandoned: sink.counter({
      name: 'abandoned_batches_total',
      help: 'Batches abandoned uncommitted, to be read again.',
      labels,
    }),
    batchRows: sink.histogram({
      name: 'batch_rows',
      help: 'Rows in one write.',
      labels,
      buckets: [1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000],
    }),
    batchSeconds: sink.histogram({
      name: 'batch_seconds',
      help: 'Time from the first attempt of a write to its commit.',
      labels,
      buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5, 30],
    }),
    pendingRows: sink.gauge({
      name: 'pending_rows',
      help: 'Rows read and not yet stored or dead-lettered.',
      labels,
    }),
    lag: sink.gauge({
      name: 'lag_records',
      help: 'Records in the Kafka topic that the consumer group has not committed.',
      labels: { topic: streams.map(stream => kafkaTopics[stream]) },
    }),
    watermark: sink.gauge({
      name: 'watermark_timestamp_seconds',
      help: 'Device time of the newest reading stored, seconds since 1970; 0 before any.',
      labels,
    }),
    latency: pipeline.bulkHistogram({
      name: 'latency_seconds',
      help: 'Device time of a reading to its commit in the database.',
      labels,
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3_600],
    }),
    clockSkew: pipeline.counter({
      name: 'clock_skew_total',
      help: 'Readings from devices whose clock runs ahead; their latency counts as 0.',
      labels,
    }),
  };
}
