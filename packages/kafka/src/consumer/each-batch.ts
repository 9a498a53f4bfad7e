import type {
  EachBatchPayload,
  IHeaders,
  KafkaMessage,
} from '@homelab/kafkajs';
import {
  isRebalance,
  KafkaError,
  kafkaClientCodes,
  toKafkaError,
} from '../connection/errors.ts';
import { FetchedRecords } from '../fetch-fast-path/fetched-record.ts';
import type {
  BatchHandler,
  ConsumedRecord,
  RecordBatch,
  TopicPartition,
} from '../types.ts';

interface EachBatchDeps {
  readonly onBatch: BatchHandler;
  readonly heartbeatIntervalMs: number;
  /** Batches of a partition that may be delivered while an earlier one is being handled. */
  readonly readAhead: number;
  readonly isStopping: () => boolean;
  /** Rises with every rebalance; a batch of an older generation is stale. */
  readonly generation: () => number;
  /** Whether the consumer has left its group and has not rejoined it yet. */
  readonly isJoining: () => boolean;
  /** Makes kafkajs read a partition from this offset. */
  readonly seek: (position: TopicPartition & { offset: string }) => void;
  /** Counts a handler in or out. */
  readonly onStart: () => void;
  readonly onEnd: () => void;
  /** The handler failed in a way that a retry cannot fix. */
  readonly onFatal: (error: unknown) => void;
}

/** A batch that is being handled. */
interface Work {
  readonly payload: EachBatchPayload;
  readonly generation: number;
  /** Resolves to whether the batch before it, if any, succeeded. */
  readonly earlier: Promise<boolean>;
  /** Its partition was reassigned or an earlier batch failed: it must not be committed. */
  lost: boolean;
  /** Resolves to whether the handler succeeded. */
  readonly done: Promise<boolean>;
}

/** kafkajs's name of the answer of a broker that does not coordinate the group. */
const notCoordinator = 'NOT_COORDINATOR_FOR_GROUP';

/** A failure to report to kafkajs while the membership in which it happened lasts. */
interface Failure {
  readonly error: unknown;
  readonly generation: number;
}

/**
 * Returns the function that kafkajs calls with each batch. It passes the batch to the
 * handler as a {@link RecordBatch}, keeps the membership alive meanwhile and translates
 * the handler's outcome for kafkajs. It returns, letting kafkajs read on, once no more
 * than `readAhead` batches of the partition are being handled.
 */
export function createEachBatch(
  deps: EachBatchDeps,
): (payload: EachBatchPayload) => Promise<void> {
  /** The batches of each partition that are being handled, in order. */
  const open = new Map<string, Work[]>();
  /** The failure to report to kafkajs at its next call. */
  let failure: Failure | undefined;
  /**
   * A failure that ends the membership, reported at every call until kafkajs has rejoined:
   * of the failures of several partitions it heeds only one, and until then what it reads
   * is behind what was abandoned.
   */
  let rebalance: Failure | undefined;

  function begin(payload: EachBatchPayload, works: Work[]): void {
    const generation = deps.generation();
    const before = works.at(-1);
    const ending = Promise.withResolvers<boolean>();
    const work: Work = {
      payload,
      generation,
      // After a rebalance reading started afresh; earlier failures no longer matter.
      earlier:
        before?.generation === generation ? before.done : Promise.resolve(true),
      lost: false,
      done: ending.promise,
    };
    works.push(work);
    deps.onStart();
    void handle(work, deps)
      .then(
        () => true,
        (error: unknown) => giveUp(work, works, error),
      )
      .then(succeeded => {
        works.splice(works.indexOf(work), 1);
        ending.resolve(succeeded);
        deps.onEnd();
      });
  }

  /** Discards what kafkajs has read since: it must resume at this batch. */
  async function giveUp(
    work: Work,
    works: readonly Work[],
    error: unknown,
  ): Promise<false> {
    for (const later of works.slice(works.indexOf(work))) later.lost = true;
    // Earlier batches must not be skipped, so wait for them; if one fails, reading
    // resumes there.
    if (!(await work.earlier)) return false;
    // After a rebalance kafkajs reads from what is committed, perhaps other partitions;
    // after a stop it reads nothing.
    if (work.generation !== deps.generation() || deps.isStopping())
      return false;
    const { generation } = work;
    const cause = toKafkaError(error);
    const endsMembership = isRebalance(cause);
    const { topic, partition, messages } = work.payload.batch;
    const offset = messages[0]?.offset;
    // A broker that was frozen forgets that it is the coordinator for a moment. It then
    // knows the member again, so that without a seek kafkajs would go on behind the batch.
    if (
      offset !== undefined &&
      (!endsMembership || cause.code === notCoordinator)
    )
      deps.seek({ topic, partition, offset });
    if (endsMembership)
      rebalance = { error: forKafkajs(error, deps.onFatal), generation };
    else if (failure?.generation !== generation)
      failure = { error: forKafkajs(error, deps.onFatal), generation };
    return false;
  }

  function throwFailure(): void {
    // When kafkajs has rejoined since, it reads from the committed offset. Reporting a
    // failure then would make it give up the new membership, and so on forever.
    const generation = deps.generation();
    if (rebalance?.generation === generation) throw rebalance.error;
    // An attempt to rejoin failed, and kafkajs reads on behind what was abandoned.
    if (deps.isJoining()) throw new NotJoined();
    const failed = failure;
    failure = undefined;
    if (failed?.generation === generation) throw failed.error;
  }

  function mayBegin(payload: EachBatchPayload, works: readonly Work[]) {
    const isBroken = works.some(
      ({ lost, generation }) => lost && generation === deps.generation(),
    );
    return !isBroken && !deps.isStopping() && !payload.isStale();
  }

  return async payload => {
    const { topic, partition, messages } = payload.batch;
    const last = messages.at(-1);
    if (last === undefined) return;
    const key = `${topic}/${partition}`;
    const works = open.get(key) ?? [];
    open.set(key, works);
    throwFailure();
    if (mayBegin(payload, works)) {
      begin(payload, works);
      payload.resolveOffset(last.offset);
      while (works.length > deps.readAhead) await works[0]?.done;
    } else {
      // It will be read again, but only after these have ended.
      const all = deps.isStopping() ? [...open.values()].flat() : works;
      await Promise.all(all.map(({ done }) => done));
    }
    throwFailure();
  };
}

/** Runs the handler with heartbeats on a timer. */
async function handle(work: Work, deps: EachBatchDeps): Promise<void> {
  const shown = showBatch(work, deps);
  const timer = setInterval(() => {
    // The handler learns of a rebalance through isStale() and its own calls.
    shown.heartbeat().catch(() => {});
  }, deps.heartbeatIntervalMs);
  try {
    await deps.onBatch(shown);
  } finally {
    clearInterval(timer);
  }
}

function showBatch(work: Work, deps: EachBatchDeps): RecordBatch {
  const { payload } = work;
  const { batch } = payload;
  const { topic, partition } = batch;

  async function asMember(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      const failure = toKafkaError(error);
      if (isRebalance(failure)) work.lost = true;
      throw failure;
    }
  }

  const isStale = () =>
    work.lost || payload.isStale() || deps.generation() !== work.generation;
  return {
    topic,
    partition,
    highWatermark: batch.highWatermark,
    records: recordsOf(batch.messages),
    // A transaction's end marker may follow the last record; skip it so the lag reaches
    // 0.
    async commit(throughOffset = batch.lastOffset()) {
      // A commit covers everything before it.
      if (!(await work.earlier) || isStale())
        throw staleBatch(topic, partition);
      const offset = offsetAfter(throughOffset);
      await asMember(() =>
        payload.commitOffsetsIfNecessary({
          topics: [{ topic, partitions: [{ partition, offset }] }],
        }),
      );
    },
    heartbeat: () => asMember(() => payload.heartbeat()),
    isStale,
    isStopping: () => deps.isStopping(),
  };
}

function staleBatch(topic: string, partition: number): KafkaError {
  return new KafkaError(
    `The batch of partition ${partition} of ${topic} no longer belongs to this member, or an earlier batch failed.`,
    { code: kafkaClientCodes.staleBatch, retryable: true },
  );
}

/** The offset a group stores for "done through this one": the next to read. */
export function offsetAfter(offset: string): string {
  return (BigInt(offset) + 1n).toString();
}

function recordsOf(messages: KafkaMessage[]): readonly ConsumedRecord[] {
  // A handler gets an ordinary array, whose filter() visits every record.
  return messages instanceof FetchedRecords
    ? Array.from(messages)
    : messages.map(toRecord);
}

/** Converts a kafkajs message to a record. */
export function toRecord(message: KafkaMessage): ConsumedRecord {
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
 * Its own errors are passed back untouched, because it recognises a rebalance by type.
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

/** kafkajs recognises a rebalance by the type, and rejoins. */
class NotJoined extends Error {
  readonly type = 'REBALANCE_IN_PROGRESS';
  readonly retriable = true;
  constructor() {
    super('The consumer has not rejoined its group yet.');
    this.name = 'NotJoined';
  }
}

/** Without a cause: kafkajs would restart the consumer when it finds a retriable one. */
class EndConsumer extends Error {
  readonly retriable = false;
  constructor() {
    super('The batch handler failed with an error that is not retryable.');
    this.name = 'EndConsumer';
  }
}
