import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type { SourceStatus } from '@homelab/plugin-heat-pump-common';
import { createBackoff } from '@homelab/service-kit';
import type { KafkaClient, RecordBatch, RecordConsumer } from '@homelab/kafka';
import { kafkaTopics, streams } from '@homelab/telemetry';
import type { SourcedReading } from '@homelab/heat-pump';
import type { LiveSource } from '../sources';
import { readRecord } from './readRecord';

const deleteGroupTimeoutMs = 3_000;
const disconnectTimeoutMs = 1_000;

interface Deps {
  kafka: Pick<KafkaClient, 'consumer' | 'admin'>;
  logger: LoggerService;
  /** Creates the consumer group's name; each replica of the portal needs its own. */
  createGroupId?: () => string;
  now?: () => number;
}

/**
 * Follows the Kafka topics of all streams from their end. Never commits: after a restart
 * older readings come from the database, so the group is only a name.
 */
export class KafkaLiveSource implements LiveSource {
  private readonly listeners = new Set<(reading: SourcedReading) => void>();
  private readonly groupId: string;
  private readonly stopping = new AbortController();
  private consumer: RecordConsumer | undefined;
  private failure: string | undefined;
  private running: Promise<void> | undefined;
  private unreadable = 0;
  private readonly now: () => number;

  constructor(private readonly deps: Deps) {
    this.now = deps.now ?? Date.now;
    this.groupId =
      deps.createGroupId?.() ?? `homelab-portal-live-${randomUUID()}`;
  }

  start(): void {
    this.running ??= this.followUntilStopped();
  }

  async stop(): Promise<void> {
    if (this.stopping.signal.aborted) return;
    this.stopping.abort();
    await this.consumer?.stop();
    await this.running;
    if (this.running) await this.deleteGroup();
  }

  subscribe(listener: (reading: SourcedReading) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  status(): SourceStatus {
    const state = this.consumer?.state();
    if (state?.ok) return { ok: true, detail: 'Following live readings.' };
    const reason = this.failure ?? state?.detail ?? 'not started';
    return { ok: false, detail: `Kafka cannot be followed: ${reason}` };
  }

  /** Replaces a consumer that has failed permanently. */
  private async followUntilStopped(): Promise<void> {
    const { signal } = this.stopping;
    const backoff = createBackoff({ minMs: 500, maxMs: 15_000 });
    while (!signal.aborted) {
      const consumer = this.deps.kafka.consumer({
        groupId: this.groupId,
        fromBeginning: false,
        maxWaitMs: 250,
      });
      this.consumer = consumer;
      try {
        await this.follow(consumer, () => backoff.reset());
      } catch (error) {
        if (signal.aborted) break;
        this.failure = error instanceof Error ? error.message : 'unknown error';
        this.deps.logger.warn('live readings interrupted', {
          error: stringifyError(error),
        });
      }
      await consumer.stop();
      await delay(backoff.nextMs(), undefined, { signal }).catch(() => {});
    }
  }

  private async follow(consumer: RecordConsumer, onJoined: () => void) {
    const { failed } = consumer;
    // It may reject before it is awaited, which must not crash the process.
    failed.catch(() => {});
    const topics = streams.map(stream => kafkaTopics[stream]);
    await Promise.race([
      failed,
      consumer.start({ topics, onBatch: async batch => this.take(batch) }),
    ]);
    this.failure = undefined;
    onJoined();
    await Promise.race([failed, aborted(this.stopping.signal)]);
  }

  private take(batch: RecordBatch): void {
    for (const record of batch.records) {
      const sourced = readRecord(batch.topic, record, this.now());
      if (sourced === undefined) {
        this.unreadable += 1;
        this.deps.logger.debug('live reading unreadable', {
          topic: batch.topic,
          offset: record.offset,
          count: this.unreadable,
        });
      } else {
        for (const listener of this.listeners) listener(sourced);
      }
    }
  }

  /** An empty group would stay on the broker, and in lag displays, for a week. */
  private async deleteGroup(): Promise<void> {
    const admin = this.deps.kafka.admin();
    const deletion = (async () => {
      await admin.start();
      await admin.deleteGroups([this.groupId]);
    })().catch((error: unknown) => {
      this.deps.logger.debug('live consumer group not deleted', {
        groupId: this.groupId,
        error: stringifyError(error),
      });
    });
    await atMost(deletion, deleteGroupTimeoutMs);
    await atMost(admin.stop(), disconnectTimeoutMs);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Waits for the work, but no longer than `timeoutMs`. */
async function atMost(work: Promise<void>, timeoutMs: number): Promise<void> {
  const limit = new AbortController();
  const { signal } = limit;
  try {
    await Promise.race([
      work,
      delay(timeoutMs, undefined, { signal }).catch(() => {}),
    ]);
  } finally {
    limit.abort();
  }
}
