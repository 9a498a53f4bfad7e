import { createKafkaClient } from '@homelab/kafka';
import { createBackoff, createLogLimiter } from '@homelab/service-kit';
import type { RecordProducer } from '@homelab/kafka';
import type { Logger, Registry, Service } from '@homelab/service-kit';
import {
  ingestRedriveGroup,
  ingestRedriveTopic,
  statesGroup,
  statesTopicDefinition,
} from '@homelab/telemetry';
import { createAssembleReading } from './assembler/assemble-reading.ts';
import { addAssemblerMetrics } from './assembler/assembler-metrics.ts';
import { createAssembler } from './assembler/assembler.ts';
import type { Config } from './config.ts';
import { createDelivery } from './delivery.ts';
import { dialects } from './dialects/index.ts';
import { createBridgeMetrics } from './metrics.ts';
import { openMqttConnection } from './mqtt-connection.ts';
import type { OpenMqttConnection } from './mqtt-connection.ts';
import { createMqttSource } from './mqtt-source.ts';
import { createRedriveSource } from './redrive-source.ts';
import { createRouter } from './router.ts';
import { createTranslate } from './translate-message.ts';

interface AppDeps {
  readonly config: Config;
  readonly logger: Logger;
  readonly registry: Registry;
  /** The producer of records; created from the configuration when absent. */
  readonly producer?: RecordProducer;
  /** How MQTT connections are opened; with MQTT.js when absent. */
  readonly openConnection?: OpenMqttConnection;
  /** The topic of redriven messages, and the group of the bridges that share them. */
  readonly redrive?: { readonly topic: string; readonly groupId: string };
}

/** Each read from Kafka delays messages from MQTT. */
const bytesAtOnce = 128 * 1024;
/** Longer than a message normally takes through Kafka. */
const stateGraceMs = 1_000;

/** Wires the bridge: MQTT and redrive sources, translation, delivery, Kafka producer. */
export function createApp(deps: AppDeps): Service {
  const {
    config,
    logger,
    registry,
    openConnection = openMqttConnection,
    redrive: { topic: redriveTopic, groupId } = {
      topic: ingestRedriveTopic,
      groupId: ingestRedriveGroup,
    },
  } = deps;
  const kafka = createKafkaClient({ ...config.kafka, logger });
  const producer = deps.producer ?? kafka.producer();
  const logLimiter = createLogLimiter();
  const metrics = createBridgeMetrics(registry, () => {
    const { count, bytes, oldestReceivedAtMs } = delivery.pending();
    return {
      connected: source.state().ok,
      intakePaused: source.isPaused(),
      pendingCount: count,
      pendingBytes: bytes,
      oldestReceivedAtMs,
    };
  });
  const translate = createTranslate({
    router: createRouter({ settings: config.dialects, clock: config.clock }),
    limits: config.limits,
  });
  const delivery = createDelivery({
    translate,
    send: records => producer.send(records),
    limits: config.delivery,
    onSpace: () => source.resume(),
    backoff: createBackoff({ minMs: 100, maxMs: 5_000 }),
    metrics,
    logger,
    logLimiter,
  });
  const source = createMqttSource({
    open: openConnection,
    options: config.mqtt,
    intake: delivery,
    backoff: createBackoff({ minMs: 500, maxMs: 30_000 }),
    metrics,
    logger,
    logLimiter,
  });
  const redriven = createRedriveSource({
    createConsumer: () =>
      kafka.consumer({
        groupId,
        fromBeginning: true,
        maxBytesPerPartition: bytesAtOnce,
      }),
    topic: redriveTopic,
    translate,
    send: records => producer.send(records),
    backoff: createBackoff({ minMs: 500, maxMs: 30_000 }),
    metrics,
    logger,
    logLimiter,
  });
  const assembler = createAssembler({
    createConsumer: () =>
      kafka.consumer({
        groupId: statesGroup,
        fromBeginning: true,
        sessionTimeoutMs: config.assembler.sessionTimeoutMs,
        maxBytesPerPartition: bytesAtOnce,
        // A partition that waits for Kafka or reads its past does not hold up others.
        concurrency: statesTopicDefinition.partitions,
      }),
    read: options => kafka.read(options),
    topic: statesTopicDefinition.name,
    limits: {
      intervalMs: config.assembler.intervalMs,
      maxBytes: config.assembler.maxBytes / statesTopicDefinition.partitions,
    },
    graceMs: stateGraceMs,
    readingOf: createAssembleReading({
      dialects,
      settings: config.dialects,
      onOutOfRange: metrics.outOfRange,
      onDefect: noteDefect,
    }),
    send: records => producer.send(records),
    onSent: records => metrics.produced(records),
    createBackoff: () => createBackoff({ minMs: 100, maxMs: 5_000 }),
    logger,
    logLimiter,
  });
  addAssemblerMetrics(registry, () => assembler.totals());
  const failing = Promise.withResolvers<never>();
  let stopping: Promise<void> | undefined;

  function noteDefect(dialect: string, defect: unknown): void {
    if (!logLimiter.admit('assembly-defect').log) return;
    logger.error(
      { event: 'assembly-defect', format: dialect, err: defect },
      'a dialect failed to make a reading of a state',
    );
  }

  async function stop(): Promise<void> {
    source.closeIntake();
    const ended = [redriven.stop(), assembler.stop()];
    try {
      await Promise.all([delivery.drain(config.drainTimeoutMs), ...ended]);
    } finally {
      delivery.stop();
      await source.stop();
      await Promise.allSettled(ended);
      await producer.stop();
    }
  }

  return {
    failed: failing.promise,
    finished: source.retired,
    async start() {
      // Kafka may start later: the MQTT broker keeps messages for a session, so the session
      // is opened without waiting.
      producer.start().then(
        () => {
          delivery.start();
          if (stopping !== undefined) return;
          redriven.start();
          assembler.start();
        },
        (error: unknown) => {
          if (stopping === undefined) failing.reject(error);
        },
      );
      source.start();
    },
    stop() {
      stopping ??= stop();
      return stopping;
    },
    readiness: () => ({
      mqtt: source.state(),
      kafka: worst(
        producer.state(),
        delivery.state(),
        redriven.state(),
        assembler.state(),
      ),
    }),
  };
}

function worst(...states: { ok: boolean; detail?: string }[]) {
  return states.find(({ ok }) => !ok) ?? { ok: true };
}
