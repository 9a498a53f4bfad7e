import type { EachBatchPayload, IHeaders, KafkaMessage } from 'kafkajs';
import { isRebalance, KafkaError, toKafkaError } from './errors.ts';
import type { BatchHandler, ConsumedRecord, RecordBatch } from './types.ts';

interface EachBatchDeps {
  readonly onBatch: BatchHandler;
  readonly heartbeatIntervalMs: number;
  readonly isStopping: () => boolean;
  /** Rises with every rebalance; a batch of an older generation is stale. */
  readonly generation: () => number;
  /** The handler failed in a way that no repetition mends. */
  readonly onFatal: (error: unknown) => void;
}

/**
 * Gives the function that kafkajs calls with each batch: it shows the batch to the
 * handler as a {@link RecordBatch}, keeps the membership alive meanwhile and turns
 * the handler's end into what kafkajs expects.
 */
export function createEachBatch(
  deps: EachBatchDeps,
): (payload: EachBatchPayload) => Promise<void> {
  return async payload => {
    const { batch } = payload;
    const last = batch.messages.at(-1);
    if (last === undefined) return;
    const shown = showBatch(payload, deps);
    const timer = setInterval(() => {
      // The handler learns of a rebalance through isStale() and its own calls.
      shown.heartbeat().catch(() => {});
    }, deps.heartbeatIntervalMs);
    try {
      await deps.onBatch(shown);
    } catch (error) {
      throw forKafkajs(error, deps.onFatal);
    } finally {
      clearInterval(timer);
    }
    payload.resolveOffset(last.offset);
  };
}

function showBatch(
  payload: EachBatchPayload,
  deps: EachBatchDeps,
): RecordBatch {
  const { batch } = payload;
  const { topic, partition } = batch;
  const bornInGeneration = deps.generation();
  let lost = false;

  async function asMember(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      const failure = toKafkaError(error);
      if (isRebalance(failure)) lost = true;
      throw failure;
    }
  }

  return {
    topic,
    partition,
    highWatermark: batch.highWatermark,
    records: batch.messages.map(toRecord),
    commit(
      throughOffset = batch.messages.at(-1)?.offset ?? batch.lastOffset(),
    ) {
      const offset = offsetAfter(throughOffset);
      return asMember(() =>
        payload.commitOffsetsIfNecessary({
          topics: [{ topic, partitions: [{ partition, offset }] }],
        }),
      );
    },
    heartbeat: () => asMember(() => payload.heartbeat()),
    isStale: () =>
      lost || payload.isStale() || deps.generation() !== bornInGeneration,
    isStopping: () => deps.isStopping(),
  };
}

/** The offset a group stores for "done through this one": the next to read. */
export function offsetAfter(offset: string): string {
  return (BigInt(offset) + 1n).toString();
}

function toRecord(message: KafkaMessage): ConsumedRecord {
  return {
    offset: message.offset,
    timestampMs: Number(message.timestamp),
    key: message.key,
    value: message.value,
    headers: toHeaders(message.headers),
  };
}

function toHeaders(headers: IHeaders | undefined): Record<string, Buffer> {
  const result: Record<string, Buffer> = {};
  for (const name in headers) {
    const given = headers[name];
    const value = Array.isArray(given) ? given.at(-1) : given;
    if (value !== undefined) {
      result[name] = typeof value === 'string' ? Buffer.from(value) : value;
    }
  }
  return result;
}

/**
 * kafkajs repeats a batch after a retriable error and ends the consumer after another.
 * Its own errors go back untouched, for it tells a rebalance by their type.
 */
function forKafkajs(
  error: unknown,
  onFatal: (error: unknown) => void,
): unknown {
  if (error instanceof KafkaError && error.retryable)
    return error.cause ?? error;
  if (isRetryable(error)) return new RepeatBatch(error);
  onFatal(error);
  return new EndConsumer();
}

function isRetryable(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'retryable' in error &&
    error.retryable === true
  );
}

class RepeatBatch extends Error {
  readonly retriable = true;
  constructor(error: unknown) {
    super(error instanceof Error ? error.message : 'The batch handler failed.');
    this.name = 'RepeatBatch';
  }
}

/** Without a cause: kafkajs would restart the consumer when it finds a retriable one. */
class EndConsumer extends Error {
  readonly retriable = false;
  constructor() {
    super('The batch handler failed and asked for no repetition.');
    this.name = 'EndConsumer';
  }
}
