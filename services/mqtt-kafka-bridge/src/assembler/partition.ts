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
 * Kafka has every reading it is in: whoever reads on from there has missed none.
 */
export interface Partition {
  /** Takes a batch; resolves when Kafka has what it completed. */
  onBatch(batch: RecordBatch): Promise<void>;
  /** Hands out what the clock has completed; resolves when Kafka has it. */
  tick(): Promise<void>;
  /** Resolves when nothing is in hand. */
  idle(): Promise<void>;
  /** Why its observations wait; absent when they do not. */
  failure(): string | undefined;
  readonly states: Pick<DeviceStates, 'bytes' | 'counts' | 'deviceCount'>;
}

/** What the partitions of an assembler share. */
export interface PartitionDeps {
  readonly topic: string;
  readonly limits: StateLimits;
  /** How long after a tick the clock hands it out; observations may be under way until then. */
  readonly graceMs: number;
  /** Reads records that another bridge, or this one before a restart, is done with. */
  readonly read: KafkaClient['read'];
  /** The reading of a state; `undefined` when it holds none. */
  readonly readingOf: (state: TickState) => OutgoingRecord | undefined;
  /** Resolves when every record is acknowledged by Kafka. */
  readonly send: (records: readonly OutgoingRecord[]) => Promise<void>;
  readonly backoff: Backoff;
  readonly stopping: AbortSignal;
  readonly onObserved: (count: number) => void;
  readonly onUnreadable: (offset: string) => void;
  /** Called with readings that Kafka has acknowledged. */
  readonly onSent: (records: readonly OutgoingRecord[]) => void;
  /** Called when Kafka fails; nothing is thrown away, and the same is tried again. */
  readonly onFailure: (error: unknown) => void;
  readonly now: () => number;
}

/** Creates a partition of which nothing is read yet. */
export function createPartition(
  number: number,
  deps: PartitionDeps,
): Partition {
  const { topic, limits, stopping } = deps;
  const states = createDeviceStates(limits);
  /** Handed out, and Kafka does not have the readings yet. */
  let unsent: TickState[] = [];
  /** The offset behind the last observation in the states. */
  let next = 0n;
  /** What the group has stored is at least this. */
  let committed: bigint | undefined;
  /** The latest one: by it offsets are committed. */
  let latest: RecordBatch | undefined;
  /** There was nothing newer when it was read last. */
  let isCaughtUp = false;
  let isTicking = false;
  let failure: string | undefined;
  let last: Promise<unknown> = Promise.resolve();

  /** One thing at a time; rejects with {@link Unfinished} alone. */
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
      // After a rebalance, records come again.
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
   * Reads what lies between the states and the first batch of an assignment. Its readings
   * exist: else the group would not have stored an offset behind it.
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

  /** Sends the readings of what was handed out; waits for Kafka as long as the partition is ours. */
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
      // A process that was frozen learns here that another has its partition; its readings
      // are older than that one's and would overwrite them.
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

  /** Last: whatever breaks before it, the observations are read again, and give the same readings. */
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
        // One of an older assignment does not begin where the group stands.
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
      // While Kafka refuses readings, looks at the clock are not to pile up.
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
