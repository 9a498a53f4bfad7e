import { setTimeout as delay } from 'node:timers/promises';
import { deviceReadingOf, LatestReadings } from '@homelab/heat-pump';
import type { DeviceRef } from '@homelab/heat-pump';
import type { KafkaClient, RecordTail, TailBatch } from '@homelab/kafka';
import type { LiveReading } from '@homelab/live-client';
import { createBackoff, createLogLimiter } from '@homelab/service-kit';
import type { ConnectionState, Logger } from '@homelab/service-kit';
import { kafkaTopics, streams } from '@homelab/telemetry';
import type { Stream } from '@homelab/telemetry';
import type { StoredNewest } from '../database/read-stored.ts';
import type { LiveMetrics } from '../metrics.ts';
import { readRecord } from './read-record.ts';
import type { StreamState } from './stream-state.ts';

/** What follows the Kafka topics and keeps the newest reading of each device. */
export interface Follower {
  /** Resolves once the newest readings are known; waits for Kafka and the database. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Whether the newest readings are known. */
  isFilled(): boolean;
  state(): ConnectionState;
}

interface Deps {
  readonly kafka: Pick<KafkaClient, 'tail'>;
  readonly states: Readonly<Record<Stream, StreamState>>;
  /** The newest stored readings, for devices that have been silent for longer. */
  readonly readStored: () => Promise<readonly StoredNewest[]>;
  readonly resume: { readonly readings: number; readonly ageMs: number };
  readonly metrics: LiveMetrics;
  readonly logger: Logger;
  /** A device has a newer reading. Not called before the newest readings are known. */
  readonly onReading: (reading: LiveReading) => void;
  /** Records of a stream were gone before they were read. */
  readonly onLost: (stream: Stream) => void;
  /** Names of topics that are not the usual ones, for tests that share a broker. */
  readonly topics?: Readonly<Record<Stream, string>>;
  readonly now?: () => number;
}

/**
 * Creates the follower. It first reads the last minutes of each topic, so that clients can resume
 * after a restart, then the stored readings of devices that were silent meanwhile, and then
 * follows every partition: each instance reads every record.
 */
export function createFollower(deps: Deps): Follower {
  const { states, metrics, logger, now = Date.now } = deps;
  const { topics = kafkaTopics } = deps;
  const streamOf = new Map(streams.map(stream => [topics[stream], stream]));
  const latest = new LatestReadings({ staleAfterMs: {} });
  const stopping = new AbortController();
  const limiter = createLogLimiter();
  let filled = false;

  function take(batch: TailBatch): void {
    const stream = streamOf.get(batch.topic);
    if (stream === undefined) return;
    const { log } = states[stream];
    for (const record of batch.records) {
      const sourced = readRecord(stream, record, now());
      if (sourced === undefined) {
        metrics.records.inc({ stream, outcome: 'unreadable' });
        continue;
      }
      const offered = latest.offer(sourced, 'live');
      if (offered === 'refused') warnOfTooManyDevices(sourced);
      const isNews = offered === 'first' || offered === 'newer';
      metrics.records.inc({ stream, outcome: isNews ? 'news' : 'older' });
      if (!isNews) continue;
      const reading = put(sourced);
      if (reading === undefined) continue;
      log.append(batch.partition, record.offset, reading);
      log.advance(batch.partition, String(BigInt(record.offset) + 1n));
      if (filled) deps.onReading(reading);
    }
    log.advance(batch.partition, batch.nextOffset);
  }

  /** Makes what is known of a device its newest reading. */
  function put(device: DeviceRef): LiveReading | undefined {
    const judged = latest.get(device);
    if (judged === undefined) return undefined;
    const { receivedAt } = judged.sourced;
    const reading: LiveReading = { ...deviceReadingOf(judged), receivedAt };
    states[device.stream].put(reading);
    return reading;
  }

  function warnOfTooManyDevices({ stream, deviceId }: DeviceRef): void {
    const { log, suppressed } = limiter.admit('devices');
    if (!log) return;
    logger.warn(
      { event: 'too-many-devices', stream, deviceId, suppressed },
      'devices beyond the limit are not told',
    );
  }

  const tail: RecordTail = deps.kafka.tail({
    topics: streams.map(stream => topics[stream]),
    pastMs: deps.resume.ageMs,
    maxPastRecords: deps.resume.readings,
    onBegin({ topic, topicId, partitions, reason }) {
      const stream = streamOf.get(topic);
      if (stream === undefined) return;
      states[stream].log.begin(topicId, partitions);
      if (reason === 'started') return;
      metrics.gaps.inc({ stream });
      logger.warn(
        { event: 'records-lost', topic },
        'records were gone before they were read',
      );
      if (filled) deps.onLost(stream);
    },
    onRecords: take,
  });

  async function fill(): Promise<void> {
    const backoff = createBackoff({ minMs: 200, maxMs: 5_000 });
    const { signal } = stopping;
    while (!signal.aborted) {
      try {
        for (const { sourced, claim } of await deps.readStored()) {
          const offered = latest.offer(sourced, 'history');
          const isNews = offered === 'first' || offered === 'newer';
          if (latest.noteClaim(sourced, claim) || isNews) put(sourced);
        }
        return;
      } catch (error) {
        logger.debug({ event: 'fill-failed', err: error }, 'fill failed');
        await delay(backoff.nextMs(), undefined, { signal }).catch(() => {});
      }
    }
  }

  return {
    async start() {
      await tail.start();
      await fill();
      filled = !stopping.signal.aborted;
    },
    async stop() {
      stopping.abort();
      await tail.stop();
    },
    isFilled: () => filled,
    state: () => tail.state(),
  };
}
