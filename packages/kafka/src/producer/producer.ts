import type { ConnectionState, EventLogger } from '@homelab/service-kit';
import {
  KafkaError,
  kafkaClientCodes,
  toKafkaError,
} from '../connection/errors.ts';
import { createProducerConnection } from './producer-connection.ts';
import type { CreateLink } from './producer-connection.ts';
import type {
  OutgoingRecord,
  ProducerOptions,
  RecordProducer,
} from '../types.ts';
import { createStopSwitch, within } from '../connection/waiting.ts';

interface ProducerDeps extends ProducerOptions {
  readonly createLink: CreateLink;
  readonly brokers: readonly string[];
  readonly logger: EventLogger;
  readonly now?: () => number;
  readonly random?: () => number;
}

/** Fatal for a producer, but a new one may send the same records. */
const fatalToProducer: ReadonlySet<string> = new Set([
  'OUT_OF_ORDER_SEQUENCE_NUMBER',
  'UNKNOWN_PRODUCER_ID',
  'INVALID_PRODUCER_EPOCH',
  'INVALID_PRODUCER_ID_MAPPING',
  'DUPLICATE_SEQUENCE_NUMBER',
  'PRODUCER_FENCED',
]);

const overdueMs = 10_000;

/** Creates the producer described by {@link RecordProducer} over links that may break. */
export function createProducer(deps: ProducerDeps): RecordProducer {
  const {
    maxPendingRecords = 50_000,
    stopTimeoutMs = 3_000,
    now = Date.now,
  } = deps;
  const stopSwitch = createStopSwitch('The Kafka producer is stopped.');
  const connection = createProducerConnection({
    createLink: deps.createLink,
    logger: deps.logger,
    random: deps.random,
    now,
    stopSwitch,
  });
  let started = false;
  let pendingRecords = 0;
  let sendingSinceMs: number | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  let closing: Promise<void> | undefined;
  let lastFailure: string | undefined;

  async function sendOnce(records: readonly OutgoingRecord[]): Promise<void> {
    stopSwitch.throwIfStopped();
    const link = await connection.ready();
    try {
      await stopSwitch.race(link.send(records));
    } catch (error) {
      stopSwitch.throwIfStopped();
      // The records may have been written anyway. The broker might then take the next
      // ones for duplicates, because this link would reuse the sequence numbers; a new
      // producer id rules that out.
      const failure = sendFailure(error);
      connection.replace(link, failure.code);
      throw failure;
    }
  }

  async function enqueue(records: readonly OutgoingRecord[]): Promise<void> {
    // One send at a time keeps the order.
    const turn = queue.then(async () => {
      sendingSinceMs = now();
      try {
        await sendOnce(records);
        lastFailure = undefined;
      } catch (error) {
        const failure = toKafkaError(error);
        lastFailure = failure.message;
        throw failure;
      } finally {
        sendingSinceMs = undefined;
      }
    });
    queue = turn.catch(() => {});
    pendingRecords += records.length;
    try {
      await turn;
    } finally {
      pendingRecords -= records.length;
    }
  }

  async function close(): Promise<void> {
    const drained = await within(queue, stopTimeoutMs);
    stopSwitch.stop();
    await connection.close({ politely: drained });
  }

  return {
    async start() {
      started = true;
      await connection.start();
    },
    async send(records) {
      if (records.length === 0) return;
      if (closing !== undefined || !started) throw notRunning();
      if (pendingRecords + records.length > maxPendingRecords) {
        throw queueFull(pendingRecords, maxPendingRecords);
      }
      await enqueue(records);
    },
    stop() {
      closing ??= close();
      return closing;
    },
    state() {
      if (!started) return { ok: false, detail: 'not started' };
      if (closing !== undefined) return { ok: false, detail: 'stopped' };
      return stateOf({
        brokers: deps.brokers,
        connected: connection.isConnected(),
        waitedMs: sendingSinceMs === undefined ? 0 : now() - sendingSinceMs,
        failure: lastFailure ?? connection.failure(),
      });
    },
  };
}

function stateOf(seen: {
  brokers: readonly string[];
  connected: boolean;
  waitedMs: number;
  failure: string | undefined;
}): ConnectionState {
  const because = seen.failure === undefined ? '' : `: ${seen.failure}`;
  if (!seen.connected) {
    return {
      ok: false,
      detail: `no connection to ${seen.brokers.join(', ')}${because}`,
    };
  }
  if (seen.waitedMs <= overdueMs) return { ok: true };
  const waitedSeconds = Math.round(seen.waitedMs / 1_000);
  return {
    ok: false,
    detail: `no acknowledgement for ${waitedSeconds} s${because}`,
  };
}

function sendFailure(error: unknown): KafkaError {
  const failure = toKafkaError(error);
  return fatalToProducer.has(failure.code)
    ? new KafkaError(failure.message, {
        code: failure.code,
        retryable: true,
        cause: failure,
      })
    : failure;
}

function notRunning(): KafkaError {
  return new KafkaError(
    'The Kafka producer is not running; start it before sending.',
    { code: kafkaClientCodes.stopped, retryable: false },
  );
}

function queueFull(pending: number, limit: number): KafkaError {
  return new KafkaError(
    `The Kafka producer has ${pending} unacknowledged records, the limit is ${limit}; send more later.`,
    { code: kafkaClientCodes.queueFull, retryable: true },
  );
}
