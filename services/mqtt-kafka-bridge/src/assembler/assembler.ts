import { setTimeout as delay } from 'node:timers/promises';
import type { RecordConsumer } from '@homelab/kafka';
import type {
  Backoff,
  ConnectionState,
  Logger,
  LogLimiter,
} from '@homelab/service-kit';
import { createGroupMember } from '../group-member.ts';
import { createPartition } from './partition.ts';
import type { Partition, PartitionDeps } from './partition.ts';

/** Makes readings from the states topic, as a member of the group of all bridges. */
export interface Assembler {
  /** Starts, and keeps running whatever happens to Kafka. */
  start(): void;
  /** Finishes current batches. May be called twice. */
  stop(): Promise<void>;
  /** Not ok while observations are not turned into readings. */
  state(): ConnectionState;
  totals(): AssemblerTotals;
}

/** What the assembler of this bridge holds and has counted. */
export interface AssemblerTotals {
  readonly devices: number;
  readonly bytes: number;
  /** Observations read. */
  readonly observed: number;
  /** Records that were not observations. */
  readonly unreadable: number;
  readonly outdated: number;
  readonly expired: number;
  readonly forgotten: number;
}

interface AssemblerDeps extends Pick<
  PartitionDeps,
  'topic' | 'limits' | 'graceMs' | 'read' | 'readingOf' | 'send' | 'onSent'
> {
  readonly createConsumer: () => RecordConsumer;
  readonly createBackoff: () => Backoff;
  readonly logger: Logger;
  readonly logLimiter: LogLimiter;
  readonly now?: () => number;
}

/** How often due ticks are checked. */
const clockCheckMs = 250;
/** How long a stop waits for readings to reach Kafka. */
const stopTimeoutMs = 5_000;

/** Creates the assembler. */
export function createAssembler(deps: AssemblerDeps): Assembler {
  const { topic, logger, logLimiter, now = Date.now } = deps;
  const member = createGroupMember({
    createConsumer: deps.createConsumer,
    topic,
    onBatch: batch => partitionOf(batch.partition).onBatch(batch),
    onJoined() {
      joinFailure = undefined;
    },
    onFailure(error) {
      joinFailure = error instanceof Error ? error.message : String(error);
      noteFailure(error);
    },
    backoff: deps.createBackoff(),
    now,
  });
  const partitions = new Map<number, Partition>();
  const counts = { observed: 0, unreadable: 0 };
  /** Counts of partitions that went to other bridges. */
  const past = { outdated: 0, expired: 0, forgotten: 0 };
  let timer: NodeJS.Timeout | undefined;
  let joinFailure: string | undefined;

  function partitionOf(number: number): Partition {
    const known = partitions.get(number);
    if (known !== undefined) return known;
    const partition = createPartition(number, {
      ...deps,
      backoff: deps.createBackoff(),
      stopping: member.stopping,
      onObserved(count) {
        counts.observed += count;
      },
      onUnreadable: noteUnreadable,
      onFailure: noteFailure,
      now,
    });
    partitions.set(number, partition);
    return partition;
  }

  function checkClock(): void {
    const assigned = new Set(member.assigned());
    for (const [number, partition] of partitions) {
      if (!assigned.has(number)) leave(number, partition);
      // Whatever it could not finish is retried at a later tick.
      else partition.tick().catch(() => {});
    }
  }

  /** Another bridge has its states now; they are read back if the partition returns. */
  function leave(number: number, { states }: Partition): void {
    partitions.delete(number);
    past.outdated += states.counts.outdated;
    past.expired += states.counts.expired;
    past.forgotten += states.counts.forgotten;
  }

  function noteUnreadable(offset: string): void {
    counts.unreadable += 1;
    const { log, suppressed } = logLimiter.admit('observation-unreadable');
    if (!log) return;
    logger.warn(
      { event: 'observation-unreadable', topic, offset, suppressed },
      'a record is not an observation and was skipped',
    );
  }

  function noteFailure(error: unknown): void {
    const { log, suppressed } = logLimiter.admit('assembly-failed');
    if (!log) return;
    logger.warn(
      { event: 'assembly-failed', suppressed, err: error },
      'readings of states wait for Kafka',
    );
  }

  return {
    start() {
      member.start();
      timer = setInterval(checkClock, clockCheckMs);
    },
    async stop() {
      clearInterval(timer);
      await member.stop();
      const idle = [...partitions.values()].map(each => each.idle());
      await Promise.race([
        Promise.all(idle),
        delay(stopTimeoutMs, undefined, { ref: false }),
      ]);
    },
    state() {
      const failures = [...partitions.values()].map(each => each.failure());
      const failure = [joinFailure, ...failures].find(Boolean);
      const { ok, detail = failure } = member.state();
      return ok && failure === undefined
        ? { ok }
        : { ok: false, detail: `observations wait: ${failure ?? detail}` };
    },
    totals() {
      const sum = { ...counts, ...past, devices: 0, bytes: 0 };
      for (const { states } of partitions.values()) {
        sum.devices += states.deviceCount;
        sum.bytes += states.bytes;
        sum.outdated += states.counts.outdated;
        sum.expired += states.counts.expired;
        sum.forgotten += states.counts.forgotten;
      }
      return sum;
    },
  };
}
