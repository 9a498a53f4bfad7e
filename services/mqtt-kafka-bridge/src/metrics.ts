import { createMetrics } from '@homelab/service-kit';
import type { OutgoingRecord } from '@homelab/kafka';
import type { Counter, Registry } from '@homelab/service-kit';
import { deadLetterCodes, streams, topicDefinitions } from '@homelab/telemetry';
import type { Stream } from '@homelab/telemetry';
import type { DeviceMessage } from './device-message.ts';
import { dialectNames } from './dialects/index.ts';
import { ignoredReasons } from './observation.ts';
import type { Translation } from './translate-message.ts';

/** Every metric of the bridge. */
export interface BridgeMetrics {
  /** Counts a message that was taken in; QoS 0 is not protected against loss. */
  accepted(
    translation: Translation,
    message: DeviceMessage,
    isProtected: boolean,
  ): void;
  /** Counts a redriven message by its outcome. */
  redriven(translation: Translation): void;
  /** Counts records that Kafka acknowledged, and how long that took if measured. */
  produced(records: readonly OutgoingRecord[], seconds?: number): void;
  /** Counts implausible numbers in a reading assembled from states. */
  outOfRange(dialect: string, count: number): void;
  readonly produceRetries: Counter;
  readonly staleAcks: Counter;
  readonly connections: Counter;
  readonly sessionsLost: Counter;
  readonly subscriptionsRefused: Counter;
}

/** The values of the gauges. */
export interface BridgeGauges {
  readonly connected: boolean;
  readonly intakePaused: boolean;
  readonly pendingCount: number;
  readonly pendingBytes: number;
  readonly oldestReceivedAtMs: number | undefined;
}

const produceBuckets = [
  0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60,
];

/** Outcomes of a redriven message. */
const redriveOutcomes = ['produced', 'dead_lettered', 'ignored'] as const;

/** The Kafka topics that the bridge writes to. */
const producedTopics = topicDefinitions
  .filter(
    ({ kind }) =>
      kind === 'stream' || kind === 'dead-letter' || kind === 'state',
  )
  .map(({ name }) => name);

/** Creates the metrics `homelab_bridge_…`; `gauges` is read at each scrape. */
export function createBridgeMetrics(
  registry: Registry,
  gauges: () => BridgeGauges,
): BridgeMetrics {
  const metrics = createMetrics(registry, 'bridge');
  // Counted here and handed over at each scrape: looking up a series by its labels takes as long
  // as reading a message.
  const receivedSince = new Map<string, number>();
  const lastMessageMs = new Map<Stream, number>();
  metrics.counter({
    name: 'received_total',
    help: 'MQTT messages received, by device format.',
    labels: { format: [...dialectNames, 'unknown'] },
    collect(counter) {
      for (const [format, count] of receivedSince)
        counter.inc({ format }, count);
      receivedSince.clear();
    },
  });
  const unprotected = metrics.counter({
    name: 'unprotected_total',
    help: 'MQTT messages received with QoS 0, which are lost when the bridge dies.',
  });
  const produced = metrics.counter({
    name: 'produced_total',
    help: 'Records acknowledged by Kafka, by Kafka topic.',
    labels: { topic: producedTopics },
  });
  const rejected = metrics.counter({
    name: 'rejected_total',
    help: 'MQTT messages that go to a dead-letter topic, by reason.',
    labels: { reason: deadLetterCodes },
  });
  const ignored = metrics.counter({
    name: 'ignored_total',
    help: 'MQTT messages left out on purpose, by reason.',
    labels: { reason: ignoredReasons },
  });
  const outOfRange = metrics.counter({
    name: 'out_of_range_total',
    help: 'Implausible numbers replaced by null, by device format.',
    labels: { format: [...dialectNames, 'unknown'] },
  });
  metrics.gauge({
    name: 'last_message_timestamp_seconds',
    help: 'When the last message that gave a reading was received, by stream.',
    labels: { stream: streams },
    collect(gauge) {
      for (const [stream, atMs] of lastMessageMs)
        gauge.set({ stream }, atMs / 1000);
    },
  });
  const produceSeconds = metrics.histogram({
    name: 'produce_seconds',
    help: 'Time from sending a batch of records to Kafka until all are acknowledged.',
    buckets: produceBuckets,
  });
  const redriven = metrics.counter({
    name: 'redriven_total',
    help: 'Redriven dead letters, by outcome.',
    labels: { outcome: redriveOutcomes },
  });
  addGauges(metrics, gauges);
  return {
    accepted(translation, { receivedAtMs }, isProtected) {
      const { format, outOfRangeCount } = translation;
      receivedSince.set(format, (receivedSince.get(format) ?? 0) + 1);
      if (!isProtected) unprotected.inc();
      if (translation.rejected !== undefined)
        rejected.inc({ reason: translation.rejected });
      if (translation.ignored !== undefined)
        ignored.inc({ reason: translation.ignored });
      if (outOfRangeCount > 0) outOfRange.inc({ format }, outOfRangeCount);
      for (const stream of translation.streams) {
        lastMessageMs.set(stream, receivedAtMs);
      }
    },
    redriven(translation) {
      const { rejected: reason, ignored: ignoredReason } = translation;
      if (reason !== undefined) {
        rejected.inc({ reason });
        redriven.inc({ outcome: 'dead_lettered' });
      } else if (ignoredReason !== undefined) {
        ignored.inc({ reason: ignoredReason });
        redriven.inc({ outcome: 'ignored' });
      } else redriven.inc({ outcome: 'produced' });
    },
    outOfRange: (format, count) => outOfRange.inc({ format }, count),
    produced(records, seconds) {
      if (seconds !== undefined) produceSeconds.observe(seconds);
      const counts = new Map<string, number>();
      for (const { topic } of records)
        counts.set(topic, (counts.get(topic) ?? 0) + 1);
      for (const [topic, count] of counts) produced.inc({ topic }, count);
    },
    produceRetries: metrics.counter({
      name: 'produce_retries_total',
      help: 'Batches of records that Kafka did not accept and that were retried.',
    }),
    staleAcks: metrics.counter({
      name: 'stale_acks_total',
      help: 'Acknowledgements dropped because their MQTT connection was closed.',
    }),
    connections: metrics.counter({
      name: 'mqtt_connections_total',
      help: 'MQTT connections established.',
    }),
    sessionsLost: metrics.counter({
      name: 'mqtt_sessions_lost_total',
      help: 'Reconnections at which the MQTT broker had forgotten the session.',
    }),
    subscriptionsRefused: metrics.counter({
      name: 'mqtt_subscriptions_refused_total',
      help: 'MQTT topic filters that the broker refused or granted without QoS 1.',
    }),
  };
}

function addGauges(
  metrics: ReturnType<typeof createMetrics>,
  gauges: () => BridgeGauges,
): void {
  const add = (
    name: string,
    help: string,
    read: (now: BridgeGauges) => number,
  ) =>
    metrics.gauge({ name, help, collect: gauge => gauge.set(read(gauges())) });
  add('mqtt_connected', '1 while connected to the MQTT broker.', now =>
    Number(now.connected),
  );
  add(
    'intake_paused',
    '1 while intake is paused because too many messages are pending.',
    now => Number(now.intakePaused),
  );
  add(
    'in_flight',
    'MQTT messages received and not yet acknowledged.',
    now => now.pendingCount,
  );
  add(
    'in_flight_bytes',
    'Bytes of the messages in flight.',
    now => now.pendingBytes,
  );
  add(
    'oldest_in_flight_timestamp_seconds',
    'When the oldest message in flight was received; 0 when there is none.',
    now => (now.oldestReceivedAtMs ?? 0) / 1000,
  );
}
