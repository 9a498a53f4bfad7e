import { createLogLimiter } from '@homelab/service-kit';
import type {
  ConnectionState,
  ConsumedRecord,
  KafkaClient,
  Logger,
  RecordBatch,
  RecordProducer,
} from '@homelab/service-kit';
import { createCollector } from './collect-batches.ts';
import type { Config } from './config.ts';
import { portionsOf, toDeadLetter } from './dead-letter.ts';
import type { RefusedRecord } from './dead-letter.ts';
import type { SinkMetrics } from './metrics.ts';
import { readRecord } from './read-record.ts';
import type { RecordRow } from './read-record.ts';
import { createProgressRecorder } from './record-progress.ts';
import type { Route } from './routes.ts';
import { createRowStore, StoreAbandoned } from './store-rows.ts';
import type { RejectedRow } from './store-rows.ts';
import type { RowWriter } from './timescale-writer.ts';

// Enough for every partition of a stream, so that the collector can join them in one write.
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

/** Creates the sink of one stream. */
export function createStreamSink(deps: {
  route: Route;
  batch: Config['batch'];
  kafka: KafkaClient;
  deadLetters: Pick<RecordProducer, 'send'>;
  writer: RowWriter;
  metrics: SinkMetrics;
  /** Aborted when the process begins to stop. */
  signal: AbortSignal;
  logger: Logger;
}): StreamSink {
  const { route, batch: limits, kafka, deadLetters, writer, metrics, signal } = deps;
  const { stream } = route;
  const logger = deps.logger.child({ stream });
  const logLimiter = createLogLimiter();
  const progress = createProgressRecorder(stream, metrics);
  const consumer = kafka.consumer({
    groupId: route.group,
    fromBeginning: true,
    concurrency: partitionsAtOnce,
  });
  const store = createRowStore<RecordRow>({
    table: route.table,
    writer,
    signal,
    onWritten(rows, counts) {
      progress.written(rows, counts);
      if (counts.conflicts === 0) return;
      const { log, suppressed } = logLimiter.admit('conflict');
      if (log) {
        logger.warn(
          { event: 'reading-conflict', count: counts.conflicts, suppressed },
          'device and time were stored already with other values',
        );
      }
    },
    onRetry(reason, error) {
      metrics.retries.inc({ stream, reason });
      const { log, suppressed } = logLimiter.admit(`retry ${reason}`);
      if (log) {
        logger.warn(
          { event: 'write-retried', reason, suppressed, err: error },
          'write failed and will be tried again',
        );
      }
    },
  });
  const collector = createCollector<RecordRow, RejectedRow<RecordRow>>({
    maxItems: limits.maxRows,
    maxAgeMs: limits.maxAgeMs,
    refusedItem: rejected => rejected.row,
    async write(rows, isWanted) {
      const end = metrics.batchSeconds.startTimer({ stream });
      const rejected = await store.store(rows, isWanted);
      end();
      return rejected;
    },
  });

  /** Splits records into rows and those that nobody could read. */
  function readRecords(records: readonly ConsumedRecord[]) {
    const rows: RecordRow[] = [];
    const refused: RefusedRecord[] = [];
    for (const record of records) {
      const result = readRecord(stream, record);
      if (result.ok) {
        rows.push(result.row);
        metrics.implausible.inc({ stream }, result.outOfRange.length);
      } else {
        const at = new Date();
        const { code, message } = result;
        refused.push({
          record,
          code,
          message,
          attempts: 1,
          firstFailedAt: at,
          lastFailedAt: at,
        });
      }
    }
    return { rows, refused };
  }

  async function sendDeadLetters(refused: readonly RefusedRecord[], partition: number) {
    const letters = refused.map(one => toDeadLetter(one, route, partition));
    for (const portion of portionsOf(letters)) await deadLetters.send(portion);
    for (const { code } of refused) {
      metrics.deadLettered.inc({ stream, reason: code });
      const { log, suppressed } = logLimiter.admit(`dead letter ${code}`);
      if (log) {
        logger.warn(
          { event: 'record-dead-lettered', reason: code, partition, suppressed },
          'record put into the dead-letter topic',
        );
      }
    }
  }

  /** The commit is last: whatever breaks before it, the records are read again. */
  async function onBatch(batch: RecordBatch): Promise<void> {
    metrics.consumed.inc({ stream }, batch.records.length);
    const { rows, refused } = readRecords(batch.records);
    metrics.pendingRows.inc({ stream }, rows.length);
    try {
      requireHeld(batch);
      const rejected = await collector.add(rows, () => !batch.isStale());
      requireHeld(batch);
      await sendDeadLetters(
        [...refused, ...rejected.map(refusalOf)],
        batch.partition,
      );
      requireHeld(batch);
    } catch (error) {
      if (error instanceof StoreAbandoned) metrics.abandoned.inc({ stream });
      throw error;
    } finally {
      metrics.pendingRows.dec({ stream }, rows.length);
    }
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

/** After a rebalance the partition may be another member's, who reads the batch too. */
function requireHeld(batch: RecordBatch): void {
  if (batch.isStale()) {
    throw new StoreAbandoned(`partition ${batch.partition} of ${batch.topic} was taken away`);
  }
}

function refusalOf({ row, ...rest }: RejectedRow<RecordRow>): RefusedRecord {
  return { record: row.record, code: 'database_rejected', ...rest };
}
