import { setTimeout as delay } from 'node:timers/promises';
import { KafkaError, kafkaClientCodes } from '@homelab/kafka';
import type { OutgoingRecord } from '@homelab/kafka';
import type {
  Backoff,
  ConnectionState,
  LogLimiter,
  Logger,
} from '@homelab/service-kit';
import type { DeviceMessage } from './device-message.ts';
import { createBatcher } from './gather-batch.ts';
import type { Batch, BatchLimits } from './gather-batch.ts';
import type { BridgeMetrics } from './metrics.ts';
import { createAckTracker } from './track-acks.ts';
import type { Translate } from './translate-message.ts';

/** Where the acknowledgement of a message goes: the connection it came from. */
export interface AckTarget {
  /**
   * Acknowledges the messages at once, in this order. False when the connection is closed:
   * the broker then redelivers them, and their ids may already belong to others.
   */
  acknowledge(messageIds: readonly number[]): boolean;
}

/** How much may be pending before the intake pauses. */
export interface PendingLimits {
  readonly maxPendingMessages: number;
  readonly maxPendingBytes: number;
}

/** Accepts messages, sends their records to Kafka, and acknowledges once Kafka has. */
export interface Delivery {
  /** Begins to send; until then records are collected. */
  start(): void;
  /** Accepts one message. `messageId` is absent for QoS 0, which has no acknowledgements. */
  accept(
    message: DeviceMessage,
    target: AckTarget,
    messageId: number | undefined,
  ): void;
  /** True when no more may be accepted, until `onSpace` is called. */
  isFull(): boolean;
  /** Resolves when nothing is pending; rejects after the timeout. */
  drain(timeoutMs: number): Promise<void>;
  /** Stops sending; pending messages stay unacknowledged. May be called twice. */
  stop(): void;
  /** Not ok while Kafka does not accept records. */
  state(): ConnectionState;
  pending(): PendingState;
  readonly pendingCount: number;
  /** Since when nothing is pending; absent while something is. */
  readonly emptySinceMs: number | undefined;
}

/** Messages accepted and not yet acknowledged. */
export interface PendingState {
  readonly count: number;
  readonly bytes: number;
  readonly oldestReceivedAtMs: number | undefined;
}

interface Pending {
  readonly target: AckTarget;
  readonly messageId: number | undefined;
  readonly bytes: number;
  readonly receivedAtMs: number;
}

interface DeliveryDeps {
  readonly translate: Translate;
  /** Resolves when every record is acknowledged by Kafka. */
  readonly send: (records: readonly OutgoingRecord[]) => Promise<void>;
  readonly limits: PendingLimits & BatchLimits;
  /** Called when there is room again. */
  readonly onSpace: () => void;
  readonly backoff: Backoff;
  readonly metrics: BridgeMetrics;
  readonly logger: Logger;
  readonly logLimiter: LogLimiter;
  readonly now?: () => number;
}

/** Creates the delivery from accepted messages to acknowledged records. */
export function createDelivery(deps: DeliveryDeps): Delivery {
  const {
    translate,
    limits,
    metrics,
    logger,
    logLimiter,
    now = Date.now,
  } = deps;
  const tracker = createAckTracker<Pending>();
  const stopping = new AbortController();
  const batcher = createBatcher({ limits, onReady: pump });
  let pendingBytes = 0;
  let emptySinceMs = now();
  let failure: string | undefined;
  let started = false;
  let pumping = false;
  let wasFull = false;
  let drained: (() => void) | undefined;

  const isFull = () =>
    tracker.size >= limits.maxPendingMessages ||
    pendingBytes >= limits.maxPendingBytes;

  /** Sends one batch at a time, so that records keep their order. */
  function pump(): void {
    if (!started || pumping || stopping.signal.aborted) return;
    pumping = true;
    void sendAll().finally(() => {
      pumping = false;
      // A batch may have become ready after the loop has checked.
      if (batcher.hasReady()) pump();
    });
  }

  async function sendAll(): Promise<void> {
    for (;;) {
      const batch = batcher.takeReady();
      if (batch === undefined || !(await sendUntilAcknowledged(batch))) return;
      for (const sequence of batch.sequences) tracker.finish(sequence);
      release();
    }
  }

  /** False when the delivery was stopped before Kafka accepted the batch. */
  async function sendUntilAcknowledged(batch: Batch): Promise<boolean> {
    const startedAtMs = now();
    while (!stopping.signal.aborted) {
      try {
        await deps.send(batch.records);
        metrics.produced(batch.records, (now() - startedAtMs) / 1000);
        if (failure !== undefined)
          logger.info({ event: 'kafka-back' }, 'Kafka accepts records again');
        failure = undefined;
        deps.backoff.reset();
        logLimiter.reset('produce-failed');
        return true;
      } catch (error) {
        if (
          error instanceof KafkaError &&
          error.code === kafkaClientCodes.stopped
        )
          return false;
        noteFailure(error, batch);
        await delay(deps.backoff.nextMs(), undefined, {
          signal: stopping.signal,
        }).catch(() => {});
      }
    }
    return false;
  }

  function noteFailure(error: unknown, batch: Batch): void {
    failure = error instanceof Error ? error.message : String(error);
    metrics.produceRetries.inc();
    const { log, suppressed } = logLimiter.admit('produce-failed');
    if (!log) return;
    logger.warn(
      {
        event: 'produce-failed',
        records: batch.records.length,
        suppressed,
        err: error,
      },
      'records wait for Kafka',
    );
  }

  /** Acknowledges every message at the front that is done, in one go per connection. */
  function release(): void {
    let target: AckTarget | undefined;
    let ids: number[] = [];
    const acknowledge = () => {
      if (target === undefined || ids.length === 0) return;
      if (!target.acknowledge(ids)) metrics.staleAcks.inc(ids.length);
    };
    tracker.release(entry => {
      pendingBytes -= entry.bytes;
      if (entry.messageId === undefined) return;
      if (entry.target !== target) {
        acknowledge();
        target = entry.target;
        ids = [];
      }
      ids.push(entry.messageId);
    });
    acknowledge();
    if (wasFull && !isFull()) {
      wasFull = false;
      deps.onSpace();
    }
    if (tracker.size > 0) return;
    emptySinceMs = now();
    drained?.();
  }

  function noteDefect(mqttFormat: string, defect: unknown): void {
    if (!logLimiter.admit('adapter-failed').log) return;
    logger.error(
      { event: 'adapter-failed', format: mqttFormat, err: defect },
      'an adapter threw',
    );
  }

  return {
    start() {
      started = true;
      pump();
    },
    accept(message, target, messageId) {
      const translation = translate(message);
      metrics.accepted(translation, message, messageId !== undefined);
      if (translation.defect !== undefined)
        noteDefect(translation.format, translation.defect);
      const { records } = translation;
      const bytes = message.payload.length + message.mqttTopic.length;
      pendingBytes += bytes;
      const sequence = tracker.add({
        target,
        messageId,
        bytes,
        receivedAtMs: message.receivedAtMs,
      });
      if (records.length > 0) batcher.add(sequence, records);
      else {
        tracker.finish(sequence);
        release();
      }
      wasFull ||= isFull();
    },
    isFull,
    async drain(timeoutMs) {
      if (tracker.size === 0) return;
      batcher.flush();
      const empty = Promise.withResolvers<boolean>();
      drained = () => empty.resolve(true);
      const limit = new AbortController();
      const late = delay(timeoutMs, false, { signal: limit.signal }).catch(
        () => false,
      );
      const done = await Promise.race([empty.promise, late]);
      limit.abort();
      if (done) return;
      throw new Error(
        `${tracker.size} messages were not acknowledged by Kafka within ${timeoutMs} ms; the MQTT broker keeps those with QoS 1 and redelivers them at the next start.`,
      );
    },
    stop() {
      stopping.abort();
      batcher.stop();
    },
    state() {
      return failure === undefined
        ? { ok: true }
        : { ok: false, detail: `records wait: ${failure}` };
    },
    pending: () => ({
      count: tracker.size,
      bytes: pendingBytes,
      oldestReceivedAtMs: tracker.oldest()?.receivedAtMs,
    }),
    get pendingCount() {
      return tracker.size;
    },
    /** Absent while something is pending. */
    get emptySinceMs() {
      return tracker.size === 0 ? emptySinceMs : undefined;
    },
  };
}
