import { setImmediate } from 'node:timers/promises';
import { batchesOf } from '@homelab/kafka';
import type { KafkaClient, RecordBatch, RecordProducer } from '@homelab/kafka';
import type { ConnectionState, Logger } from '@homelab/service-kit';
import { createCollector } from './collect-batches.ts';
import type { Collector } from './collect-batches.ts';
import type { Config } from './config.ts';
import { toDeadLetter } from './dead-letter.ts';
import type { RefusedRecord } from './dead-letter.ts';
import type { SinkMetrics } from './metrics.ts';
import { createReadRecord, readRecords } from './read-record.ts';
import type { RecordRow } from './read-record.ts';
import { createProgressRecorder } from './record-progress.ts';
import type { ProgressRecorder } from './record-progress.ts';
import type { StreamRoute } from './routes.ts';
import { createRowStore, StoreAbandoned } from './store-rows.ts';
import type { RejectedRow, RowStore } from './store-rows.ts';
import type { RowWriter } from './timescale-writer.ts';
import { createWarnSeldom } from './warn-seldom.ts';
import type { WarnSeldom } from './warn-seldom.ts';

// Enough for every partition of a stream, so that the collector can combine them in one write.
const partitionsAtOnce = 6;

/** The sink of one stream: a member of the stream's consumer group. */
export interface StreamSink {
  /** Joins the group; `newest` is the newest time stored so far. */
  start(newest: Date | undefined): Promise<void>;
  /** Finishes and commits what is being written, then leaves the group. */
  stop(): Promise<void>;
  readonly failed: Promise<never>;
  kafkaState(): ConnectionState;
  /** Why nothing is being stored; `undefined` when all is well. */
  stalledBecause(): string | undefined;
}

interface StreamSinkDeps {
  route: StreamRoute;
  batch: Config['batch'];
  sessionTimeoutMs: number;
  kafka: KafkaClient;
  deadLetters: Pick<RecordProducer, 'send'>;
  writer: RowWriter;
  metrics: SinkMetrics;
  /** Aborted when the process begins to stop. */
  signal: AbortSignal;
  logger: Logger;
}

/** Creates the sink of one stream. */
export function createStreamSink(deps: StreamSinkDeps): StreamSink {
  const { route, kafka, metrics } = deps;
  const { stream } = route;
  const warn = createWarnSeldom(deps.logger.child({ stream }));
  const readRecord = createReadRecord(stream);
  const progress = createProgressRecorder(stream, metrics);
  const store = createStore(deps, progress, warn);
  const collector = createRowCollector(deps, store);
  const turns = createTurns();
  const consumer = kafka.consumer({
    groupId: route.group,
    fromBeginning: true,
    sessionTimeoutMs: deps.sessionTimeoutMs,
    concurrency: partitionsAtOnce,
    readAhead: 1,
  });

  /** Everything but the commit: rows go to the table, the rest to dead letters. */
  async function settle(batch: RecordBatch): Promise<void> {
    await turns.next();
    requireHeld(batch);
    const { rows, refused, implausibleCount } = readRecords(
      readRecord,
      batch.records,
    );
    metrics.implausible.inc({ stream }, implausibleCount);
    metrics.pendingRows.inc({ stream }, rows.length);
    try {
      const readAt = new Date();
      const unreadable = refused.map(refusal => refusedOnce(refusal, readAt));
      requireHeld(batch);
      const rejected = await collector.add(rows, () => !batch.isStale());
      requireHeld(batch);
      const lost = [...unreadable, ...rejected.map(refusedByDatabase)];
      await sendDeadLetters(deps, lost, batch.partition, warn);
      requireHeld(batch);
    } finally {
      metrics.pendingRows.dec({ stream }, rows.length);
    }
  }

  async function onBatch(batch: RecordBatch): Promise<void> {
    metrics.consumed.inc({ stream }, batch.records.length);
    try {
      await settle(batch);
    } catch (error) {
      if (error instanceof StoreAbandoned) metrics.abandoned.inc({ stream });
      throw error;
    }
    // Last: after any earlier failure, the records are read again.
    await batch.commit();
  }

  return {
    async start(newest) {
      progress.startAt(newest);
      await consumer.start({ topics: [route.topic], onBatch });
    },
    stop: () => consumer.stop(),
    failed: consumer.failed,
    kafkaState: () => consumer.state(),
    stalledBecause: () => store.stalledBecause(),
  };
}

function createStore(
  { route, writer, signal, metrics }: StreamSinkDeps,
  progress: ProgressRecorder,
  warn: WarnSeldom,
): RowStore<RecordRow> {
  const { stream, table } = route;
  return createRowStore<RecordRow>({
    table,
    writer,
    signal,
    onWritten: (rows, counts) => progress.written(rows, counts),
    onRetry(reason, error) {
      metrics.retries.inc({ stream, reason });
      warn(
        `retry ${reason}`,
        { event: 'write-retried', reason, err: error },
        'write failed and will be retried',
      );
    },
  });
}

function createRowCollector(
  { route, batch, metrics }: StreamSinkDeps,
  store: RowStore<RecordRow>,
): Collector<RecordRow, RejectedRow<RecordRow>> {
  const { stream } = route;
  return createCollector({
    maxItems: batch.maxRows,
    maxAgeMs: batch.maxAgeMs,
    refusedItem: rejected => rejected.row,
    async write(rows, isWanted) {
      const end = metrics.batchSeconds.startTimer({ stream });
      const rejected = await store.store(rows, isWanted);
      end();
      return rejected;
    },
  });
}

async function sendDeadLetters(
  { route, deadLetters, metrics }: StreamSinkDeps,
  refused: readonly RefusedRecord[],
  partition: number,
  warn: WarnSeldom,
): Promise<void> {
  const { stream } = route;
  const letters = refused.map(one => toDeadLetter(one, route, partition));
  for (const batch of batchesOf(letters)) await deadLetters.send(batch);
  for (const { code } of refused) {
    metrics.deadLettered.inc({ stream, reason: code });
    warn(
      `dead letter ${code}`,
      { event: 'record-dead-lettered', reason: code, partition },
      'record sent to the dead-letter topic',
    );
  }
}

/**
 * Reading a batch takes milliseconds, and the batches of all partitions arrive at once.
 * Yields to the event loop between two of them, so that the database is not left idle.
 */
function createTurns() {
  let last = Promise.resolve();
  return {
    next(): Promise<void> {
      last = last.then(() => setImmediate());
      return last;
    },
  };
}

/** After a rebalance another member may own the partition and read the batch too. */
function requireHeld(batch: RecordBatch): void {
  if (!batch.isStale()) return;
  throw new StoreAbandoned(
    `partition ${batch.partition} of ${batch.topic} was taken away`,
  );
}

function refusedOnce(
  refusal: Pick<RefusedRecord, 'record' | 'code' | 'message'>,
  at: Date,
): RefusedRecord {
  return { ...refusal, attempts: 1, firstFailedAt: at, lastFailedAt: at };
}

function refusedByDatabase({
  row,
  ...rest
}: RejectedRow<RecordRow>): RefusedRecord {
  return { record: row.record, code: 'database_rejected', ...rest };
}
