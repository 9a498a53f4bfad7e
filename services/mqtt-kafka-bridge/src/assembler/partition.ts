import { setTimeout as delay } from 'node:timers/promises';
import { batchesOf } from '@homelab/kafka';
import type {
  ConsumedRecord,
  KafkaClient,
  OutgoingRecord,
  RecordBatch,
} from '@homelab/kafka';
import type { Backoff } from '@homelab/service-kit';
import { Unfinished } from '../group-member.ts';
import { createDeviceStates } from './device-states.ts';
import type { DeviceStates, StateLimits, TickState } from './device-states.ts';
import { parseObserved } from './observed-field.ts';

/**
 * One partition of the states topic, read by this bridge. An observation is committed once
 * Kafka has every reading it is part of, so that the next owner misses none.
 */
export interface Partition {
  /** Takes a batch; resolves when Kafka has the readings it completed. */
  onBatch(batch: RecordBatch): Promise<void>;
  /** Emits the states that are due by the clock; resolves when Kafka has them. */
  tick(): Promise<void>;
  /** Resolves when nothing is in progress. */
  idle(): Promise<void>;
  /** Why its observations wait; undefined when they do not. */
  failure(): string | undefined;
  readonly states: Pick<DeviceStates, 'bytes' | 'counts' | 'deviceCount'>;
}

/** What the partitions of an assembler share. */
export interface PartitionDeps {
  readonly topic: string;
  readonly limits: StateLimits;
  /** How long after a tick the clock emits its state; observations may arrive until then. */
  readonly graceMs: number;
  /** Reads records that another bridge, or this one before a restart, has processed. */
  readonly read: KafkaClient['read'];
  /** Makes the reading of a state; `undefined` when it has none. */
  readonly readingOf: (state: TickState) => OutgoingRecord | undefined;
  /** Resolves when every record is acknowledged by Kafka. */
  readonly send: (records: readonly OutgoingRecord[]) => Promise<void>;
  readonly backoff: Backoff;
  readonly stopping: AbortSignal;
  readonly onObserved: (count: number) => void;
  readonly onUnreadable: (offset: string) => void;
  /** Called with readings that Kafka has acknowledged. */
  readonly onSent: (records: readonly OutgoingRecord[]) => void;
  /** Called when Kafka fails; nothing is dropped, and the same is retried. */
  readonly onFailure: (error: unknown) => void;
  readonly now: () => number;
}

/** Creates a partition that has read nothing yet. */
export function createPartition(
  number: number,
  deps: PartitionDeps,
): Partition {
  const { topic, limits, stopping } = deps;
  const states = createDeviceStates(limits);
  /** Emitted, but Kafka does not have the readings yet. */
  let unsent: TickState[] = [];
  /** The offset after the last observation in the states. */
  let next = 0n;
  /** The group has committed at least this offset. */
  let committed: bigint | undefined;
  /** The latest batch, which commits offsets. */
  let latest: RecordBatch | undefined;
  /** The last read reached the end of the partition. */
  let isCaughtUp = false;
  let isTicking = false;
  let failure: string | undefined;
  let last: Promise<unknown> = Promise.resolve();

  /** Runs one action at a time; rejects only with {@link Unfinished}. */
  function inTurn(act: () => Promise<void>): Promise<void> {
    const done = last.then(act).then(
      () => {
        failure = undefined;
      },
      (error: unknown) => {
        if (error instanceof Unfinished) throw error;
        noteFailure(error);
        throw new Unfinished(error);
      },
    );
    last = done.catch(() => {});
    return done;
  }

  function noteFailure(error: unknown): void {
    failure = error instanceof Error ? error.message : String(error);
    deps.onFailure(error);
  }

  function takeAll(records: readonly ConsumedRecord[]): TickState[] {
    const completed: TickState[] = [];
    for (const record of records) {
      const offset = BigInt(record.offset);
      // After a rebalance, records are redelivered.
      if (offset < next) continue;
      next = offset + 1n;
      const observed = parseObserved(record);
      if (observed === undefined) {
        deps.onUnreadable(record.offset);
        continue;
      }
      const place = { offset, writtenAtMs: record.timestampMs };
      completed.push(...states.take(observed, place));
    }
    return completed;
  }

  /**
   * Reads the records between the states and the first batch of an assignment. Their readings
   * exist, because the group has committed an offset after them.
   */
  async function catchUp(offset: bigint): Promise<void> {
    if (next >= offset) return;
    isCaughtUp = false;
    await deps.read({
      topics: [topic],
      from: [{ topic, partition: number, offset: String(next) }],
      to: [{ topic, partition: number, offset: String(offset) }],
      onlyNamed: true,
      onRecords: async records => {
        takeAll(records);
        return stopping.aborted ? 'enough' : 'more';
      },
    });
    if (stopping.aborted) throw new Unfinished();
    states.settle();
    unsent = [];
    next = offset;
    committed = offset;
  }

  /** Sends the readings of emitted states; waits for Kafka as long as the partition is ours. */
  async function sendAll(batch: RecordBatch): Promise<void> {
    const records = unsent.flatMap(state => deps.readingOf(state) ?? []);
    for (const outgoing of batchesOf(records)) {
      while (!(await isSent(outgoing, batch)))
        await delay(deps.backoff.nextMs(), undefined, {
          signal: stopping,
        }).catch(() => {});
      deps.backoff.reset();
      deps.onSent(outgoing);
    }
    unsent = [];
  }

  async function isSent(
    records: readonly OutgoingRecord[],
    batch: RecordBatch,
  ): Promise<boolean> {
    throwIfLost(batch);
    try {
      // A process that was frozen learns here that another one has its partition: its own
      // readings are older and would overwrite the other's.
      await batch.heartbeat();
      throwIfLost(batch);
      await deps.send(records);
      return true;
    } catch (error) {
      if (error instanceof Unfinished) throw error;
      noteFailure(error);
      return false;
    }
  }

  function throwIfLost(batch: RecordBatch): void {
    if (batch.isStale() || stopping.aborted) throw new Unfinished();
  }

  /** Last: after any earlier failure the observations are read again, and give the same readings. */
  async function commit(batch: RecordBatch): Promise<void> {
    const done = states.pendingFrom() ?? next;
    if (committed !== undefined && done <= committed) return;
    await batch.commit(String(done - 1n));
    committed = done;
  }

  return {
    onBatch: batch =>
      inTurn(async () => {
        const [first] = batch.records;
        if (first === undefined) return;
        const offset = BigInt(first.offset);
        // A batch of an older assignment does not begin at the committed offset.
        throwIfLost(batch);
        committed ??= offset;
        await catchUp(offset);
        latest = batch;
        deps.onObserved(batch.records.length);
        unsent.push(...takeAll(batch.records));
        isCaughtUp = next >= BigInt(batch.highWatermark);
        await sendAll(batch);
        await commit(batch);
      }),
    async tick() {
      // Ticks must not pile up while Kafka refuses readings.
      if (isTicking || !isCaughtUp) return;
      isTicking = true;
      try {
        await inTurn(async () => {
          if (!isCaughtUp || latest === undefined || latest.isStale()) return;
          unsent.push(...states.due(deps.now() - deps.graceMs));
          await sendAll(latest);
          await commit(latest);
        });
      } finally {
        isTicking = false;
      }
    },
    async idle() {
      await last;
    },
    failure: () => failure,
    states,
  };
}
